/** Takes secrets out of a text that comes in parts: a secret may be cut in two by where a part ends. */

export interface Hidden {
  /** Every text that must not be seen. */
  secrets(): readonly string[];
  redactText(text: string): string;
}

/**
 * Up to where a text can be shown by now: what is behind it may be the beginning of a secret, or is half a character.
 *
 * @returns a number of characters
 */
export function shownUpTo(text: string, secrets: readonly string[]): number {
  const half = /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length;
  return secrets.reduce((least, secret) => Math.min(least, half - begun(text.slice(0, half), secret)), half);
}

/** How many characters at the end of the text the secret begins with. All of it is not there any more: it was hidden. */
function begun(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}
