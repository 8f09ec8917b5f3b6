/** From formatted text to HTML, and from HTML to the plain text beside it. */
import MarkdownIt from "markdown-it";

/** HTML in the text stays text, and links lead to no script; a line break stays one. */
const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true });

const STYLE = "font-family: system-ui, -apple-system, 'Segoe UI', sans-serif; font-size: 15px; line-height: 1.5";

/** What a mailbox shows of a text in Markdown. */
export function htmlOfMarkdown(text: string): string {
  return `<div style="${STYLE}">\n${markdown.render(text)}</div>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** What is read where HTML is not shown: the same words, with the addresses of links behind them. */
export function textOfHtml(html: string): string {
  return decode(
    html
      .replaceAll(/<!--[\s\S]*?-->|<(head|style|script|title)\b[\s\S]*?<\/\1\s*>/gi, "")
      .replaceAll(/\s+/g, " ")
      .replaceAll(/<a\b[^>]*\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>(.*?)<\/a\s*>/gi, linkText)
      .replaceAll(/ ?<br\b[^>]*> ?/gi, "\n")
      .replaceAll(/ ?<li\b[^>]*> ?/gi, "\n- ")
      .replaceAll(/ ?<hr\b[^>]*> ?/gi, "\n\n---\n\n")
      .replaceAll(/ ?<\/?(?:p|h[1-6]|ul|ol|table|blockquote|pre)\b[^>]*> ?/gi, "\n\n")
      .replaceAll(/ ?<\/?(?:div|tr)\b[^>]*> ?/gi, "\n")
      .replaceAll(/<\/t[dh]\s*>/gi, " ")
      .replaceAll(/<[^>]*>/g, "")
      .replaceAll(/[ \t]*\n[ \t]*/g, "\n")
      .replaceAll(/\n{3,}/g, "\n\n")
      .replaceAll(/\n\n(?=- )/g, "\n")
      .trim(),
  );
}

function linkText(_: string, quoted: string | undefined, single: string | undefined, words: string): string {
  const address = quoted ?? single ?? "";
  const target = address.replace(/^mailto:/i, "");
  return words.trim() === target || target === "" ? words : `${words} (${target})`;
}

function decode(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (found, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? found;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : found;
  });
}
