/** From the params of the node to a mail. */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { z } from "zod";
import type { AttachedFile } from "../files.ts";
import { MOST_FILES, type emailSendInfo } from "./definition.ts";
import { htmlOfMarkdown, textOfHtml } from "./formatted.ts";

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
  readonly attachments: Attachment[];
}

/** A file of a mail. */
export interface Attachment {
  readonly filename: string;
  readonly content: Buffer;
  readonly contentType?: string;
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
 * @param given.sender the mailbox of the credential, used where the params name none
 * @param given.files those that people attached
 * @throws MessageError
 */
export function messageOf(
  params: Params,
  key: string,
  { sender, files }: { readonly sender: string | undefined; readonly files: readonly AttachedFile[] },
): Message {
  const from = single(params.from ?? sender, "/params/from");
  return {
    messageId: messageIdOf(key, from),
    from,
    to: addresses(params.to, "/params/to"),
    cc: addresses(params.cc ?? [], "/params/cc"),
    bcc: addresses(params.bcc ?? [], "/params/bcc"),
    ...(params.replyTo !== undefined && { replyTo: single(params.replyTo, "/params/replyTo") }),
    subject: oneLine(params.subject, "/params/subject"),
    ...bodyOf(params),
    attachments: attachmentsOf(params, files),
  };
}

/** Each mail has a plain text; one that is formatted has HTML beside it. */
function bodyOf({ text, markdown, html }: Params): Pick<Message, "text" | "html"> {
  const formatted = markdown === undefined ? html : htmlOfMarkdown(markdown);
  // A text that was left empty is none where there is another.
  const own = text === "" && formatted !== undefined ? undefined : text;
  const plain = own ?? (formatted === undefined ? undefined : textOfHtml(formatted));
  return { ...(plain !== undefined && { text: plain }), ...(formatted !== undefined && { html: formatted }) };
}

/** In Base64 they are a third longer, and few servers take more than 25 MB. */
export const LARGEST_MAIL = 15 * 1024 * 1024;
const TYPE = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

function attachmentsOf({ attachments = [] }: Params, files: readonly AttachedFile[]): Attachment[] {
  const own = attachments.map(({ name, content, encoding, type }, index): Attachment => {
    const pointer = `/params/attachments/${index}`;
    if (type !== undefined && !TYPE.test(type)) {
      throw new MessageError("Not a kind such as text/csv.", `${pointer}/type`);
    }
    return {
      filename: oneLine(name, `${pointer}/name`),
      content: encoding === "text" ? Buffer.from(content) : decoded(content, `${pointer}/content`),
      ...(type !== undefined && { contentType: type }),
    };
  });
  const attached = files.map(({ name, type, content }): Attachment => ({
    filename: name.replaceAll(/[\r\n\0\u2028\u2029]/g, " "),
    content: Buffer.from(content),
    ...(TYPE.test(type) && { contentType: type }),
  }));
  const all = [...attached, ...own];
  if (all.length > MOST_FILES) throw new MessageError(`A mail has at most ${MOST_FILES} files.`, "/params/attachments");
  if (all.reduce((size, { content }) => size + content.length, 0) > LARGEST_MAIL) {
    throw new MessageError(
      `The files of a mail have at most ${LARGEST_MAIL / 1024 / 1024} MiB.`,
      "/params/attachments",
    );
  }
  return all;
}

function decoded(text: string, pointer: string): Buffer {
  const compact = text.replaceAll(/\s/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 !== 0) {
    throw new MessageError("Not Base64.", pointer);
  }
  return Buffer.from(compact, "base64");
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
