/** The installation's language model. */
export interface AiSettings {
  /** Absent: the offline model answers. */
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
}
