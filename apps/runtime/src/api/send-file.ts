/** A file that somebody else has made: kept by whoever asks for it, never shown or carried out in place. */
import type { Context } from "hono";
import { servedType } from "../tasks/file-type.ts";
import type { Answer } from "./route.ts";

export function sendFile(context: Context, { name, type, content }: NonNullable<Answer["file"]>): Response {
  return context.body(new Uint8Array(content), 200, {
    "Content-Type": servedType(type),
    "Content-Disposition": `attachment; filename*=UTF-8''${encoded(name)}`,
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
  });
}

/** RFC 8187 */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.codePointAt(0)?.toString(16).toUpperCase() ?? ""}`);
