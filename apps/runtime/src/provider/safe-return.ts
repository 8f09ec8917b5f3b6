/** Where somebody lands after signing in: a page of ours, whatever the link says. */
const BASE = "http://holdfast.invalid";

const LONGEST = 1_000;

export function safeReturn(to: string | undefined): string {
  if (to === undefined || !to.startsWith("/") || to.length > LONGEST) return "/";
  const url = URL.parse(to, BASE);
  if (url === null || url.origin !== BASE) return "/";
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith("//") || /^\/(?:api|rpc|sign-in|welcome)(?:[/?#]|$)/.test(path) ? "/" : path;
}
