/**
 * The one page of the runtime itself: flows, the latest runs, and where to go from here. It shows data only in demo
 * mode to this computer; to anybody else it says no more than that Holdfast runs.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Context } from "hono";
import { html, raw } from "hono/html";
import type { FlowSummary } from "../read/flow-view.ts";
import { listFlows } from "../read/flows.ts";
import type { Queryable } from "../read/queryable.ts";
import type { RunSummary } from "../read/run-view.ts";
import { listRuns } from "../read/runs.ts";
import type { ApiEnvironment } from "../api/environment.ts";
import { statusMark } from "./status-mark.ts";

export interface PageLinks {
  /** The mails that the demo's shop has received. */
  readonly mails?: string;
  /** The demo's shop. */
  readonly shop?: string;
}

export interface PageOptions {
  readonly database: Queryable;
  /** Whether this request may see data. */
  readonly open: boolean;
  readonly links: PageLinks;
  readonly version: string;
}

/** The workspace of the demo. */
const WORKSPACE = 1;
const RUNS = 25;

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");
const STYLE = read("./tokens.css") + read("./page.css");
// Apart from the page's template: its policy names the hash of every character between the tags.
const STYLE_ELEMENT = `<style>${STYLE}</style>`;
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "img-src data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

type Html = ReturnType<typeof html>;

export async function plainPage(context: Context<ApiEnvironment>, options: PageOptions): Promise<Response> {
  const body = options.open ? await overview(options) : closed();
  context.header("Content-Security-Policy", POLICY);
  return context.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Holdfast</title>
          <link rel="icon" href="data:," />
          ${raw(STYLE_ELEMENT)}
        </head>
        <body class="${options.open ? "demo" : ""}">
          <header>
            <h1>${raw(LOGO)}Holdfast</h1>
            <nav aria-label="More">
              <a href="/api/v1/openapi.json">API description</a>
              ${options.open ? shopLinks(options.links) : ""}
            </nav>
          </header>
          <main>${body}</main>
          <footer>Holdfast ${options.version} · <a href="/healthz">alive</a> · <a href="/readyz">ready</a></footer>
        </body>
      </html>`,
  );
}

const LOGO =
  '<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 0v16" stroke="currentColor" stroke-width="1.75"/><rect x="4" y="4" width="8" height="8" fill="currentColor"/></svg>';

const closed = (): Html =>
  html`<h2>Holdfast is running</h2>
    <p>Programs talk to it through its API with a key. The command holdfast does the same from a terminal.</p>`;

const shopLinks = ({ mails, shop }: PageLinks): Html =>
  html`${mails === undefined ? "" : html`<a href="${mails}">Mails of the shop</a>`}
  ${shop === undefined ? "" : html`<a href="${shop}">The shop</a>`}`;

async function overview({ database }: PageOptions): Promise<Html> {
  const [flows, runs] = await Promise.all([
    listFlows(database, WORKSPACE, { limit: 100 }),
    listRuns(database, WORKSPACE, {}, { limit: RUNS }),
  ]);
  return html`<p class="demo-words">Demo: anyone on this computer can see this page.</p>
    <h2 id="flows">Flows</h2>
    ${flows.items.length === 0 ? html`<p>No flows yet. Publish one: holdfast deploy my.flow.json</p>` : flowTable(flows.items)}
    <h2 id="runs">Latest runs</h2>
    ${runs.items.length === 0 ? html`<p>No runs yet. They appear here when an event or a call starts one.</p>` : runTable(runs.items)}`;
}

const flowTable = (flows: readonly FlowSummary[]): Html =>
  html`<table>
    <caption>
      Flows
    </caption>
    <thead>
      <tr>
        <th scope="col">Flow</th>
        <th scope="col">Version</th>
        <th scope="col">Starts with</th>
      </tr>
    </thead>
    <tbody>
      ${flows.map(
        (flow) =>
          html`<tr>
            <th scope="row">${flow.name} <code>${flow.id}</code></th>
            <td data-label="Version">${flow.liveVersion === null ? "Not live" : html`${flow.liveVersion}, live`}</td>
            <td data-label="Starts with">
              ${flow.events.length === 0 ? "a call" : flow.events.map((event) => html`<code>${event}</code> `)}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;

const runTable = (runs: readonly RunSummary[]): Html =>
  html`<table>
    <caption>
      Latest runs
    </caption>
    <thead>
      <tr>
        <th scope="col">Status</th>
        <th scope="col">Flow</th>
        <th scope="col">Started</th>
        <th scope="col">Run</th>
      </tr>
    </thead>
    <tbody>
      ${runs.map(
        (run) =>
          html`<tr>
            <td>${statusMark(run.status)}</td>
            <td data-label="Flow">${run.flow}, version ${run.version}</td>
            <td data-label="Started"><time datetime="${run.startedAt}">${shortTime(run.startedAt)}</time></td>
            <th scope="row" class="id">${run.id}</th>
          </tr>`,
      )}
    </tbody>
  </table>`;

/** The server does not know the reader's zone: it says which one it means. */
const shortTime = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
