/** Files of a task as they go over the line, and what of them a page can show. */
import type { T } from "./answers.ts";

/** As the server takes it, at most. Bytes. */
export const LARGEST_FILE = 5 * 1024 * 1024;

/** Pictures that hold nothing but pixels; whatever may carry code is only downloaded. */
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const TEXTS = /^(text\/(plain|csv|markdown)|application\/json)\b/;
/** Pictures above this are not fetched for a thumbnail. Bytes. */
const LARGEST_THUMBNAIL = 1024 * 1024;

export interface FileFacts {
  readonly type: string;
  readonly size: number;
}

export const isPicture = ({ type }: Pick<FileFacts, "type">): boolean => PICTURES.has(type);
export const isText = ({ type }: Pick<FileFacts, "type">): boolean => TEXTS.test(type);
export const hasThumbnail = (file: FileFacts): boolean => isPicture(file) && file.size <= LARGEST_THUMBNAIL;

export const dataUrl = (type: string, base64: string): string => `data:${type};base64,${base64}`;

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.codePointAt(at) ?? 0;
  return bytes;
}

export const textOf = (base64: string): string => new TextDecoder().decode(bytesOf(base64));

export function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCodePoint(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}

/** "340 B", "12 KB", "4.2 MB" in the reader's writing. */
export function sizeText(bytes: number, t: T): string {
  const [unit, of] = sizeUnit(bytes);
  return t(unit, { n: new Intl.NumberFormat(t.language, { maximumFractionDigits: 1 }).format(bytes / of) });
}

function sizeUnit(bytes: number): readonly ["bytes" | "kilobytes" | "megabytes", number] {
  if (bytes < 1_024) return ["bytes", 1];
  return bytes < 1_048_576 ? ["kilobytes", 1_024] : ["megabytes", 1_048_576];
}

/** Saves it on the reader's device. */
export function download(name: string, type: string, base64: string): void {
  const url = URL.createObjectURL(new Blob([bytesOf(base64)], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
