/** Anthropic and Google on this machine: their protocols, streamed as the real ones are, with scripted answers. */
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import type { ServerResponse } from "node:http";
import { sendJson, startServer, type SeenRequest } from "./http-server.ts";

interface Said {
  readonly text?: string;
  readonly tool?: { readonly name: string; readonly input: JsonObject };
  /** As the protocol names it; default: that it is the end. */
  readonly stop?: string;
  readonly tokens?: {
    readonly fresh: number;
    readonly cached: number;
    readonly thought: number;
    readonly said: number;
  };
}

/** Or a refusal: a status, headers and a body. Or an error in the middle of the stream. */
export type Answer =
  | Said
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: Json }
  | { readonly breaks: Json };

interface OtherProvider extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  readonly bodies: readonly JsonObject[];
  readonly answers: Answer[];
}

const TOKENS = { fresh: 10, cached: 0, thought: 0, said: 5 };

type Frames = (said: Said, breaks: Json | undefined) => readonly string[];

async function startProvider(frames: Frames): Promise<OtherProvider> {
  const answers: Answer[] = [];
  const bodies: JsonObject[] = [];
  const server = await startServer((request, response) => {
    const body: unknown = JSON.parse(request.body);
    bodies.push(isJsonObject(body) ? body : {});
    const answer: Answer = answers.shift() ?? { status: 500, body: {} };
    if ("status" in answer) {
      for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
      sendJson(response, answer.status, answer.body);
    } else if ("breaks" in answer) stream(response, frames({ text: "This answer" }, answer.breaks));
    else stream(response, frames(answer, undefined));
  });
  return Object.assign(server, { answers, bodies });
}

function stream(response: ServerResponse, frames: readonly string[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end(frames.join(""));
}

/** Messages API. */
export const startAnthropic = (): Promise<OtherProvider> =>
  startProvider(({ text, tool, stop, tokens = TOKENS }, breaks) => {
    const event = (type: string, more: JsonObject): string =>
      `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
    const usage = {
      input_tokens: tokens.fresh,
      cache_read_input_tokens: tokens.cached,
      cache_creation_input_tokens: 0,
    };
    const message = {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "claude-sonnet-5-20260601",
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { ...usage, output_tokens: 1 },
    };
    const blocks = [
      ...(text === undefined
        ? []
        : [
            {
              block: { type: "text", text: "" },
              deltas: [text.slice(0, 5), text.slice(5)].map((part) => ({ type: "text_delta", text: part })),
            },
          ]),
      ...(tool === undefined
        ? []
        : [
            {
              block: { type: "tool_use", id: "toolu_1", name: tool.name, input: {} },
              deltas: [{ type: "input_json_delta", partial_json: JSON.stringify(tool.input) }],
            },
          ]),
    ];
    return [
      event("message_start", { message }),
      ...blocks.flatMap(({ block, deltas }, index) => [
        event("content_block_start", { index, content_block: block }),
        ...deltas.map((delta) => event("content_block_delta", { index, delta })),
        ...(breaks === undefined ? [event("content_block_stop", { index })] : []),
      ]),
      ...(breaks === undefined
        ? [
            event("message_delta", {
              delta: { stop_reason: stop ?? (tool === undefined ? "end_turn" : "tool_use"), stop_sequence: null },
              usage: {
                ...usage,
                output_tokens: tokens.said + tokens.thought,
                output_tokens_details: { thinking_tokens: tokens.thought },
              },
            }),
            event("message_stop", {}),
          ]
        : [event("error", { error: breaks })]),
    ];
  });

/** generateContent of the Gemini API. */
export const startGoogle = (): Promise<OtherProvider> =>
  startProvider(({ text, tool, stop = "STOP", tokens = TOKENS }, breaks) => {
    const data = (value: JsonObject): string => `data: ${JSON.stringify(value)}\r\n\r\n`;
    const parts: JsonObject[] = [
      ...(text === undefined ? [] : [{ text }]),
      ...(tool === undefined
        ? []
        : [{ functionCall: { name: tool.name, args: tool.input }, thoughtSignature: "c2lnbmF0dXJl" }]),
    ];
    const { fresh, cached, thought, said } = tokens;
    const usageMetadata = {
      promptTokenCount: fresh + cached,
      cachedContentTokenCount: cached,
      candidatesTokenCount: said,
      thoughtsTokenCount: thought,
      totalTokenCount: fresh + cached + said + thought,
    };
    return [
      ...parts.map((part) =>
        data({
          candidates: [{ content: { role: "model", parts: [part] }, index: 0 }],
          modelVersion: "gemini-3-flash-001",
        }),
      ),
      breaks === undefined
        ? data({
            candidates: [{ content: { role: "model", parts: [{ text: "" }] }, finishReason: stop, index: 0 }],
            usageMetadata,
            modelVersion: "gemini-3-flash-001",
          })
        : data({ error: breaks }),
    ];
  });
