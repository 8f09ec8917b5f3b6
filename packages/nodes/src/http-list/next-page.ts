/** Where the next page is. */
import { isJsonObject, type Json } from "@holdfast/dsl";
import type { z } from "zod";
import type { httpListInfo } from "./definition.ts";

/** The params that say how pages follow each other. */
export type Paging = Pick<z.output<(typeof httpListInfo)["params"]>, "next" | "nextPath" | "param" | "first">;

/** A page that was read. */
export interface ReadPage {
  /** Its address, without what proves who asks. */
  readonly url: URL;
  readonly link: string | null;
  readonly body: Json;
  /** How many items it has. */
  readonly count: number;
  /** How many were read with it. */
  readonly total: number;
  /** From 1. */
  readonly page: number;
}

/** The address of the first page. */
export function firstPage(url: URL, { next, param, first }: Paging): URL {
  return next === "page" && param !== undefined ? withParam(url, param, String(first)) : url;
}

/** The address of the page after that; nothing, if it was the last. */
export function nextPage(paging: Paging, read: ReadPage): URL | undefined {
  const { next, nextPath = "", param = "", first } = paging;
  switch (next) {
    case "link":
      return addressOf(linkNext(read.link), read.url);
    case "body":
      return addressOf(markOf(at(read.body, nextPath)), read.url);
    case "cursor": {
      const mark = markOf(at(read.body, nextPath));
      return mark === undefined ? undefined : withParam(read.url, param, mark);
    }
    case "page":
      return read.count === 0 ? undefined : withParam(read.url, param, String(first + read.page));
    case "offset":
      return read.count === 0 ? undefined : withParam(read.url, param, String(read.total));
  }
}

/**
 * What stands at a path such as `data.items.0`. A name with a dot in it is found as well: `@odata.nextLink`.
 * @returns nothing, if nothing is there
 */
export function at(value: Json | undefined, path: string): Json | undefined {
  if (path === "" || value === undefined) return value;
  const own = (name: string): Json | undefined => {
    if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined;
    return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  };
  const whole = own(path);
  if (whole !== undefined) return whole;
  for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1)) {
    const found = at(own(path.slice(0, dot)), path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The target of `rel="next"` in a Link header (RFC 8288). */
function linkNext(header: string | null): string | undefined {
  for (const [, target, params = ""] of (header ?? "").matchAll(/<([^>]*)>((?:\s*;\s*[^,;"]+(?:"[^"]*")?)*)/g)) {
    if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(params)) return target;
  }
  return undefined;
}

/** An address or a mark; nothing, false and the empty text say that there is no further page. */
function markOf(value: Json | undefined): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function addressOf(text: string | undefined, base: URL): URL | undefined {
  return text === undefined ? undefined : (URL.parse(text, base.href) ?? undefined);
}

function withParam(url: URL, name: string, value: string): URL {
  const next = new URL(url);
  next.searchParams.set(name, value);
  return next;
}
