/** The executor of `http.list`. */
import { Buffer } from "node:buffer";
import type { Json, JsonObject } from "@holdfast/dsl";
import type { z } from "zod";
import type { DurableContext } from "../action.ts";
import type { Credential } from "../credential.ts";
import { defineNode } from "../define-node.ts";
import { failureOf, fatalFailure, NodeFailure } from "../failure.ts";
import { excerptOf, NotJsonError, readBody } from "../http-request/answer.ts";
import { findOutboundError, outboundError, statusError } from "../http-request/classify.ts";
import { proofOf, type Proof } from "../http-request/proof.ts";
import { headersOf, prove, RequestError, requestUrl } from "../http-request/request.ts";
import { output } from "../outcome.ts";
import { retryAfterOf } from "../retry-after.ts";
import { schemaChecker } from "../schema/checker.ts";
import { httpListInfo } from "./definition.ts";
import { at, firstPage, nextPage } from "./next-page.ts";

type Context = DurableContext<z.output<(typeof httpListInfo)["params"]>>;

/** What is kept of a page. */
interface Page extends JsonObject {
  readonly items: Json[];
  /** The address of the next one, without what proves who asks; null after the last. */
  readonly next: string | null;
}

/** A step's output has 8 MiB; a little is left for what stands around the items. */
const LARGEST_LIST = 8 * 1024 * 1024 - 1_024;

const check = schemaChecker();

/** `http.list` */
export const httpList = defineNode({
  ...httpListInfo,
  durable: true,
  async execute(context) {
    const { params, step, progress } = context;
    const items: Json[] = [];
    const asked = new Set<string>();
    let size = 0;
    let page = 0;
    let next: string | null = startOf(params);
    while (next !== null && page < params.maxPages) {
      const url = new URL(next);
      if (asked.has(url.href)) throw fatalFailure("pages_repeat", `Page ${page + 1} is one that was read before.`);
      asked.add(url.href);
      page += 1;
      const before = { page, total: items.length };
      const read: Page = await step(`page-${page}`, () => readPage(context, url, before));
      items.push(...read.items);
      size += Buffer.byteLength(JSON.stringify(read.items));
      if (size > LARGEST_LIST) {
        const message = `The list is larger than 8 MiB at page ${page}. Ask for less of it, or for fewer pages.`;
        throw fatalFailure("list_too_long", message);
      }
      next = read.next;
      progress(page / params.maxPages, `${items.length}`);
    }
    return output({ items, pages: page, more: next !== null });
  },
});

function startOf(params: Context["params"]): string {
  try {
    return firstPage(requestUrl(params, {}), params).href;
  } catch (error) {
    throw asFailure(error);
  }
}

async function readPage(
  context: Context,
  url: URL,
  { page, total }: { readonly page: number; readonly total: number },
): Promise<Page> {
  const { params } = context;
  try {
    const credential = await context.credential();
    const proof = await proofOf(credential, context);
    const response = await ask(context, url, proof);
    if (!response.ok) throw await refusal(context, response, credential);
    const link = response.headers.get("link");
    const body = await readBody(response, credential, "json");
    const items = itemsIn(body, params.itemsPath ?? "", page);
    checkItems(items, params.itemSchema, total);
    const next = nextPage(params, { url, link, body, count: items.length, total: total + items.length, page });
    return { items, next: next === undefined ? null : sameOrigin(next, url, proof).href };
  } catch (error) {
    throw asFailure(error);
  }
}

async function ask(context: Context, url: URL, proof: Proof): Promise<Response> {
  const { params, signal } = context;
  const headers = headersOf(params);
  const response = await context.fetch(requestUrl({ url: url.href }, proof), {
    headers,
    ...prove(headers, proof),
    signal,
  });
  if (response.status !== 401 || proof.renew === undefined) return response;
  await response.body?.cancel();
  return ask(context, url, await proof.renew());
}

async function refusal(context: Context, response: Response, credential: Credential | undefined): Promise<NodeFailure> {
  const { status, statusText, headers } = response;
  return new NodeFailure(
    statusError("repeatable", {
      status,
      statusText,
      retryAfter: retryAfterOf(headers, context.now()),
      excerpt: await excerptOf(response, credential),
    }),
  );
}

function itemsIn(body: Json, path: string, page: number): Json[] {
  const found = at(body, path);
  if (Array.isArray(found)) return found;
  // A service may say null where nothing fits, or leave the list out at the end; on the first page it would be a mistake.
  if (path !== "" && (found === null || (found === undefined && page > 1))) return [];
  const where = path === "" ? "The answer is no list" : `There is no list at “${path}”`;
  throw fatalFailure("response_invalid", `${where} (page ${page}).`);
}

function checkItems(items: readonly Json[], schema: JsonObject | undefined, before: number): void {
  if (schema === undefined) return;
  for (const [index, item] of items.entries()) {
    const problem = check(schema, item);
    if (problem === undefined) continue;
    throw new NodeFailure({
      kind: "fatal",
      code: "response_invalid",
      message: `Item ${before + index + 1} does not fit: ${problem.message}`,
      pointer: `/${before + index}${problem.pointer}`,
    });
  }
}

/** A link may not lead what proves who asks to another host, nor keep it among what is stored. */
function sameOrigin(next: URL, url: URL, { parameter }: Proof): URL {
  if (next.origin !== url.origin) {
    throw fatalFailure("next_page_elsewhere", `The next page is at ${next.host}, not at ${url.host}.`);
  }
  if (parameter === undefined) return next;
  const clean = new URL(next);
  clean.searchParams.delete(parameter.name);
  return clean;
}

/** Every failure of a page, said as the step fails with it. */
function asFailure(error: unknown): unknown {
  if (failureOf(error) !== undefined) return error;
  if (error instanceof RequestError) {
    return new NodeFailure({ kind: "fatal", code: "params_invalid", message: error.message, pointer: error.pointer });
  }
  if (error instanceof NotJsonError) return fatalFailure("response_invalid", error.message);
  const outbound = findOutboundError(error);
  return outbound === undefined ? error : new NodeFailure(outboundError("repeatable", outbound));
}
