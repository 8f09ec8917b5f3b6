/** What follows from a redirect. */

/** One request of a chain. */
export interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | Uint8Array | undefined;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Headers that prove who we are; they stay with the origin they were meant for. */
const CREDENTIAL_HEADERS = ["authorization", "proxy-authorization", "cookie"];

const BODY_HEADERS = ["content-type", "content-length", "content-encoding", "content-language", "content-location"];

/**
 * The next request of the chain, or `undefined` if the answer is no redirect. As the fetch standard has it: after
 * 303, and after 301 and 302 of a POST, the body is left behind and the method becomes GET.
 * @param secretHeaders names of headers that carry a credential besides the usual ones
 */
export function nextHop(
  hop: Hop,
  status: number,
  location: string | null,
  secretHeaders: readonly string[],
): Hop | undefined {
  if (!REDIRECTS.has(status) || location === null || !URL.canParse(location, hop.url.href)) return undefined;
  const url = new URL(location, hop.url);
  const headers = new Headers(hop.headers);
  if (url.origin !== hop.url.origin) {
    for (const name of [...CREDENTIAL_HEADERS, ...secretHeaders]) headers.delete(name);
  }
  const becomesGet =
    (status === 303 && hop.method !== "GET" && hop.method !== "HEAD") ||
    ((status === 301 || status === 302) && hop.method === "POST");
  if (!becomesGet) return { url, method: hop.method, headers, body: hop.body };
  for (const name of BODY_HEADERS) headers.delete(name);
  return { url, method: "GET", headers, body: undefined };
}
