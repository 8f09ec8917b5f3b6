/** The installation's language models. */
export interface AiSettings {
  /** Absent: the offline model answers for the models of this server. */
  readonly apiKey?: string;
  /** A server that speaks the OpenAI protocol; default: OpenAI's own. Trusted, because the operator sets it. */
  readonly baseUrl?: string;
  /** Used where the node names none. */
  readonly model?: string;
  /**
   * Which of OpenAI's two protocols the server speaks. Default: `responses` for OpenAI itself, `chat` for another
   * `baseUrl`, which hardly any compatible server lacks.
   */
  readonly api?: "responses" | "chat";
  /** For models that are named `anthropic/…`. */
  readonly anthropic?: ProviderKey;
  /** For models that are named `google/…`. */
  readonly google?: ProviderKey;
}

/** The way to a provider of its own protocol. */
export interface ProviderKey {
  readonly apiKey: string;
  /** Default: the provider's own address. Trusted, because the operator sets it. */
  readonly baseUrl?: string;
}

/** Every key: what must not show up in texts. */
export function keysOf({ apiKey, anthropic, google }: AiSettings): readonly string[] {
  return [apiKey, anthropic?.apiKey, google?.apiKey].filter((key) => key !== undefined);
}
