/**
 * Takes known secrets out of text by value, however they got in: as they are, in JSON, percent-encoded, or in base64
 * (also where they are a part of what was encoded, as in `user:password`).
 */
import { SECRET_MARK, type Secret } from "./secret.ts";

/** Shorter values are words of everyday text: taking them out would make logs unreadable and hide nothing. */
const SHORTEST = 6;

/** API keys are recognized by their form, so that nobody has to know them. */
const API_KEY = /hold_live_[0-9a-f]{8,}_[0-9a-f]{16,}/g;

export class Scrubber {
  readonly #forms = new Set<string>();
  #pattern: RegExp | undefined;

  add(secret: Secret | string): void {
    const value = typeof secret === "string" ? secret : secret.reveal();
    if (value.length < SHORTEST || this.#forms.has(value)) return;
    for (const form of formsOf(value)) this.#forms.add(form);
    const longestFirst = [...this.#forms].toSorted((a, b) => b.length - a.length);
    this.#pattern = new RegExp(longestFirst.map(escapePattern).join("|"), "g");
  }

  scrub(text: string): string {
    const withoutKeys = text.replaceAll(API_KEY, SECRET_MARK);
    return this.#pattern === undefined ? withoutKeys : withoutKeys.replaceAll(this.#pattern, SECRET_MARK);
  }
}

const escapePattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

function formsOf(value: string): readonly string[] {
  const percent = encodeURIComponent(value);
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    percent,
    percent.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    new URLSearchParams([["", value]]).toString().slice(1),
    ...base64Forms(value),
  ];
  return forms.filter((form) => form.length >= SHORTEST);
}

/**
 * Base64 of the value at each of its three possible alignments, without the characters at either end that depend on
 * what stands beside it.
 */
function base64Forms(value: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor((bytes.length * 8) / 6);
    const form = bytes.toString("base64").slice(first, last);
    return [form, form.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
