import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { STYLE } from "./style.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const PAGES = [
  { path: "/", title: "Orders" },
  { path: "/mails", title: "Mails" },
];

/** The frame of every page. `path` is the page's own address. */
export function layout(path: string, title: string, content: Html): Html {
  const links = PAGES.map(
    (page) => html`<a href="${page.path}" ${page.path === path ? raw('aria-current="page"') : ""}>${page.title}</a>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} · Example shop</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <strong>Example shop</strong>
          <nav aria-label="Pages">${links}</nav>
        </header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;
}
