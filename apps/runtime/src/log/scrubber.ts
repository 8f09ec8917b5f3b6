/**
 * Takes known secrets out of text by value, however they got in: as they are, in JSON, percent-encoded, or in base64
 * (also where they are a part of what was encoded, as in `user:password`).
 */
import { formsOf } from "@holdfast/nodes/executors";
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
    // A line of a log is JSON itself, where a backslash is two.
    for (const form of formsOf(value).flatMap((each) => [each, JSON.stringify(each).slice(1, -1)])) {
      if (form.length >= SHORTEST) this.#forms.add(form);
    }
    const longestFirst = [...this.#forms].toSorted((a, b) => b.length - a.length);
    this.#pattern = new RegExp(longestFirst.map(escapePattern).join("|"), "g");
  }

  scrub(text: string): string {
    const withoutKeys = text.replaceAll(API_KEY, SECRET_MARK);
    return this.#pattern === undefined ? withoutKeys : withoutKeys.replaceAll(this.#pattern, SECRET_MARK);
  }
}

const escapePattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
