/** From the params of the node to a mail. */
import { createHash } from "node:crypto";
import type { z } from "zod";
import type { emailSendInfo } from "./definition.ts";

type Params = z.output<(typeof emailSendInfo)["params"]>;

/** A mail as nodemailer takes it. */
export interface Message {
  readonly messageId: string;
  readonly from: string;
  readonly to: string[];
  readonly cc: string[];
  readonly bcc: string[];
  readonly replyTo?: string;
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
}

/** A field that could smuggle in headers or recipients, or that is no address; `pointer` says which. */
export class MessageError extends Error {
  readonly pointer: string;

  constructor(message: string, pointer: string) {
    super(message);
    this.name = "MessageError";
    this.pointer = pointer;
  }
}

/**
 * The mail of a step.
 * @param sender the mailbox of the credential, used where the params name none
 * @throws MessageError
 */
export function messageOf(params: Params, key: string, sender: string | undefined): Message {
  const from = single(params.from ?? sender, "/params/from");
  return {
    messageId: messageIdOf(key, from),
    from,
    to: addresses(params.to, "/params/to"),
    cc: addresses(params.cc ?? [], "/params/cc"),
    bcc: addresses(params.bcc ?? [], "/params/bcc"),
    ...(params.replyTo !== undefined && { replyTo: single(params.replyTo, "/params/replyTo") }),
    subject: oneLine(params.subject, "/params/subject"),
    ...(params.text !== undefined && { text: params.text }),
    ...(params.html !== undefined && { html: params.html }),
  };
}

/**
 * Made from the key alone, so that a mail that is sent again is known again. The key itself stays inside: it tells
 * run and node.
 */
export function messageIdOf(key: string, from: string): string {
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? "holdfast.invalid";
  return `<${createHash("sha256").update(key).digest("hex").slice(0, 40)}@${domain.toLowerCase()}>`;
}

/** `name@host` or `Name <name@host>`; the name may be quoted. Deliberately narrower than RFC 5322. */
const ADDRESS = /^(?:(?:"[^"\\\r\n]*"|[^"<>@,;:\\\r\n]*)\s*<([^\s<>@,;]+@[^\s<>@,;]+)>|[^\s<>@,;"]+@[^\s<>@,;"]+)$/;

function addresses(value: string | readonly string[], pointer: string): string[] {
  const list = typeof value === "string" ? splitList(oneLine(value, pointer)) : value;
  return list.map((entry, index) => address(entry, typeof value === "string" ? pointer : `${pointer}/${index}`));
}

/** A text may hold several addresses, with commas between them; a comma inside a quoted name is none. */
function splitList(text: string): string[] {
  return text.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((entry) => entry.trim());
}

function single(value: string | undefined, pointer: string): string {
  if (value === undefined) {
    throw new MessageError("The mail has no sender: neither the node nor the credential names one.", pointer);
  }
  return address(value, pointer);
}

function address(value: string, pointer: string): string {
  const text = oneLine(value, pointer).trim();
  if (!ADDRESS.test(text)) throw new MessageError("Not a mail address.", pointer);
  return text;
}

function oneLine(value: string, pointer: string): string {
  // A header ends at a line break; whatever follows would be a header, or a mail, of somebody else's making.
  if (/[\r\n\0\u2028\u2029]/.test(value)) throw new MessageError("A line break can't stand here.", pointer);
  return value;
}
