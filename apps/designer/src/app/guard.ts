/** Who sees what: where a visitor is sent instead of the address they asked for. */

/** What of the session matters here. */
export interface Visitor {
  readonly signedIn: boolean;
  /** False: nobody has set this installation up yet. */
  readonly setUp: boolean;
}

export type Sent = { readonly to: "/welcome" } | { readonly to: "/sign-in"; readonly search: { readonly to?: string } };

/** For pages that need a session. Undefined: go on. */
export function guardPage({ signedIn, setUp }: Visitor, href: string): Sent | undefined {
  if (signedIn || isFront(href)) return undefined;
  if (!setUp) return { to: "/welcome" };
  return { to: "/sign-in", search: href === "/" ? {} : { to: href } };
}

/** Pages for those who have not signed in: somebody who is on the way there is not sent again. */
const isFront = (path: string): boolean => /^\/(?:sign-in|welcome)(?:[/?#]|$)/.test(path);

/** Only addresses of this installation: never another's, whatever the link says. */
export function safeTarget(to: string | undefined): string | undefined {
  if (to === undefined || !to.startsWith("/")) return undefined;
  const base = "http://holdfast.invalid";
  const url = URL.parse(to, base);
  if (url === null || url.origin !== base) return undefined;
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith("//") || isFront(path) ? undefined : path;
}

/** The first page: managers decide, everybody else draws and watches. */
export function homeOf(roles: readonly string[], pages: { readonly inbox: boolean }): "/inbox" | "/flows" {
  return pages.inbox && onlyDecides(roles) ? "/inbox" : "/flows";
}

/** Managers without other rights see the inbox and nothing else. */
export function onlyDecides(roles: readonly string[]): boolean {
  return roles.length > 0 && roles.every((role) => role === "manager");
}
