/** Writes replies onto the wire. */
import type { ServerResponse } from "node:http";
import { envelope, type Sender } from "./envelope.ts";
import { breakdownFrames, frames } from "./frames.ts";
import { usageOf, type Reply, type ReplyUsage, type WholeReply } from "./reply.ts";

/** Whom an answer goes to. */
export interface Receiver {
  readonly response: ServerResponse;
  readonly sender: Sender;
  readonly streams: boolean;
  /** Notes what was told about tokens. */
  readonly tell: (usage: ReplyUsage) => void;
}

/** What stands for any good answer where only a part of it arrives. */
const SOME: WholeReply = { kind: "text", text: "This answer does not come to its end." };

export async function give(receiver: Receiver, reply: Reply): Promise<void> {
  const { response } = receiver;
  switch (reply.kind) {
    case "text":
    case "json":
    case "refusal":
    case "tools":
      return answer(receiver, reply);
    case "mislabeled":
      return answer(receiver, reply.reply, reply.contentType);
    case "error":
      problem(response, reply);
      break;
    case "breakdown":
      return breakdown(receiver, reply.message, usageOf(reply));
    case "raw":
      send(response, reply.status ?? 200, reply.body, {
        "content-type": reply.contentType ?? "application/json",
      });
      break;
    case "reset":
      if (reply.at === "middle") await half(receiver);
      response.socket?.destroy();
      break;
    case "cut":
      await half(receiver, true);
      response.end();
      break;
    case "stall":
      return stall(receiver, reply.until);
    case "slow":
      await reply.until;
      return give(receiver, reply.reply);
  }
}

async function answer(receiver: Receiver, reply: WholeReply, contentType?: string): Promise<void> {
  const { response, tell, streams } = receiver;
  const sender = { ...receiver.sender, model: reply.model ?? receiver.sender.model };
  const usage = usageOf(reply);
  // What does not get through is not told.
  if (usage !== undefined) response.once("finish", () => tell(usage));
  if (!streams) {
    send(response, 200, JSON.stringify(envelope(sender, reply)), { "content-type": contentType ?? JSON_TYPE });
    return;
  }
  begin(response, contentType);
  const { before, text, after } = frames(sender, reply);
  await write(response, before.join(""));
  for (const [index, piece] of text.entries()) {
    await reply.pace?.(index);
    await write(response, piece);
  }
  response.end(after.join(""));
}

async function breakdown(
  { response, sender, streams, tell }: Receiver,
  message: string,
  usage: ReplyUsage | undefined,
): Promise<void> {
  if (!streams) {
    problem(response, { status: 500, message });
    return;
  }
  if (usage !== undefined) tell(usage);
  begin(response);
  const { before, text } = frames(sender, SOME);
  response.end([...before, ...text, ...breakdownFrames(sender, message, usage)].join(""));
}

async function stall(receiver: Receiver, until: Promise<unknown>): Promise<void> {
  const { response, sender, streams } = receiver;
  await half(receiver, true);
  await until;
  const { text, after } = frames(sender, SOME);
  response.end(streams ? [...text.slice(1), ...after].join("") : JSON.stringify(envelope(sender, SOME)).slice(HALF));
}

const HALF = 60;

/** Only what has left this process can be cut off after it. `open`: no length is announced. */
async function half({ response, sender, streams }: Receiver, open = false): Promise<void> {
  if (streams) {
    begin(response);
    const { before, text } = frames(sender, SOME);
    return write(response, [...before, ...text.slice(0, 1)].join(""));
  }
  const body = JSON.stringify(envelope(sender, SOME));
  const length = open ? {} : { "content-length": Buffer.byteLength(body) };
  response.writeHead(200, { "content-type": JSON_TYPE, ...length });
  return write(response, body.slice(0, HALF));
}

function begin(response: ServerResponse, contentType = "text/event-stream; charset=utf-8"): void {
  response.writeHead(200, { "content-type": contentType, "cache-control": "no-cache" });
}

function write(response: ServerResponse, text: string): Promise<void> {
  return new Promise((resolve) => void response.write(text, () => resolve()));
}

/** An error in the protocol's own form. */
export function problem(response: ServerResponse, error: Omit<Extract<Reply, { kind: "error" }>, "kind">): void {
  const { status, message = `Status ${status}.`, code = null, headers = {} } = error;
  send(response, status, JSON.stringify({ error: { message, type: "fake", param: null, code } }), headers);
}

const JSON_TYPE = "application/json";

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": JSON_TYPE, ...headers }).end(body);
}
