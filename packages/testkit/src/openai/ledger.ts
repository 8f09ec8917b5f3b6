/** What the fake provider was asked. */

/** Which of the two protocols a request used. */
export type Protocol = "responses" | "chat";

/** One request. */
export interface LedgerEntry {
  readonly protocol: Protocol;
  readonly authorization: string | undefined;
  readonly model: string;
  /** All messages, whatever their form in the protocol. */
  readonly messages: readonly { readonly role: string; readonly text: string }[];
  /** The JSON Schema the answer is to have, and whether strictly. */
  readonly schema?: unknown;
  readonly strict?: boolean;
  readonly temperature?: number;
  readonly maxOutputTokens?: number;
  /** Names of the tools that are offered. */
  readonly tools?: readonly string[];
  /** The body as it came. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Reads a request of either protocol. */
export function ledgerEntry(
  protocol: Protocol,
  authorization: string | undefined,
  body: Record<string, unknown>,
): LedgerEntry {
  const format =
    protocol === "chat"
      ? record(record(body["response_format"])["json_schema"])
      : record(record(body["text"])["format"]);
  const maxOutputTokens = body["max_output_tokens"] ?? body["max_completion_tokens"] ?? body["max_tokens"];
  const list = protocol === "chat" ? body["messages"] : body["input"];
  return {
    protocol,
    authorization,
    model: String(body["model"]),
    messages: [
      ...(typeof body["instructions"] === "string" ? [{ role: "system", text: body["instructions"] }] : []),
      ...(Array.isArray(list) ? list.map(message) : []),
    ],
    ...(format["schema"] !== undefined && { schema: format["schema"] }),
    ...(typeof format["strict"] === "boolean" && { strict: format["strict"] }),
    ...(typeof body["temperature"] === "number" && { temperature: body["temperature"] }),
    ...(typeof maxOutputTokens === "number" && { maxOutputTokens }),
    ...(Array.isArray(body["tools"]) && { tools: body["tools"].map(toolName) }),
    body,
  };
}

const toolName = (tool: unknown): string => String(record(tool)["name"] ?? record(record(tool)["function"])["name"]);

function message(entry: unknown): { role: string; text: string } {
  const { role, content, type, output } = record(entry);
  const given: unknown[] = Array.isArray(content) ? content : [content];
  // What a tool gave, in the newer protocol, is no message.
  const parts =
    type === "function_call_output" ? [output] : given.filter((part) => part !== undefined && part !== null);
  return {
    role: typeof role === "string" ? role : String(type),
    text: parts.map((part) => (typeof part === "string" ? part : String(record(part)["text"]))).join(""),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
