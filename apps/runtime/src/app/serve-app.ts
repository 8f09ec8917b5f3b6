/**
 * The pages: every address that is nothing else is the designer's, which finds its own way. Its policy lets run what
 * was built and nothing besides.
 */
import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import type { ApiEnvironment } from "../api/environment.ts";
import type { DesignerFiles, Encoding } from "./designer-files.ts";

/**
 * A style element needs the nonce of its page, which the page tells its own scripts in a `meta` element: the editor of
 * expressions and the select boxes make such elements. Scripts come from files alone.
 */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Holdfast</title>
<h1>The pages are not built</h1>
<p>Holdfast is running, and programs can use its <a href="/api/v1/openapi.json">API</a>. Build the pages with</p>
<pre>npm run build -w @holdfast/designer</pre>
<p>and load this page again. <code>npm start</code> does that by itself.</p>
`;

/** What is never a page, also where there is nothing. */
const NO_PAGE = /^\/(?:api|rpc|assets|healthz|readyz|metrics)(?:\/|$)/;

/** @returns Nothing where there is none. */
export async function serveApp(
  context: Context<ApiEnvironment>,
  files: DesignerFiles,
  publicUrl: URL | undefined,
): Promise<Response | undefined> {
  const { path } = context.req;
  const file = await files.file(path);
  if (file !== undefined) {
    context.set("route", path.startsWith("/assets/") ? "/assets/*" : path);
    // The names of what was built tell its content.
    context.header("Cache-Control", path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    context.header("ETag", file.etag);
    context.header("Vary", "Accept-Encoding");
    if (context.req.header("if-none-match") === file.etag) return context.body(null, 304);
    const encoding = encodingFor(context);
    const content = await file.content(encoding);
    if (encoding !== "identity" && content !== (await file.content("identity"))) {
      context.header("Content-Encoding", encoding);
    }
    return context.body(content, 200, { "Content-Type": file.type });
  }
  if (NO_PAGE.test(path) || (path !== "/" && !(context.req.header("accept") ?? "").includes("text/html"))) {
    return undefined;
  }
  context.set("route", "/*");
  if (publicUrl !== undefined) context.header("Strict-Transport-Security", "max-age=31536000");
  const index = await files.index();
  return index === undefined ? context.html(NOT_BUILT, 503) : page(context, index);
}

function page(context: Context<ApiEnvironment>, index: string): Response {
  const nonce = randomBytes(16).toString("base64");
  context.header("Content-Security-Policy", policy(nonce));
  return context.html(index.replace("<head>", `<head>\n    <meta name="csp-nonce" content="${nonce}" />`));
}

function encodingFor(context: Context<ApiEnvironment>): Encoding {
  const accepted = new Set(
    (context.req.header("accept-encoding") ?? "").split(",").map((part) => part.split(";")[0]?.trim()),
  );
  if (accepted.has("br")) return "br";
  return accepted.has("gzip") ? "gzip" : "identity";
}
