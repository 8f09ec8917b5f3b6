/**
 * Where a request comes from, and how its session is kept. A cookie travels only over https, or within this computer:
 * anybody on the way could take it otherwise.
 */
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { serialize } from "hono/utils/cookie";
import type { ApiEnvironment } from "../api/environment.ts";
import { isFromLoopback, isLoopbackAddress } from "../api/loopback.ts";
import { Problem } from "../problem/problem.ts";
import { SESSION_SECONDS } from "./session-store.ts";

const LONGEST_AGENT = 300;

/** Signing in at a provider may take a second factor and a look for the phone. */
const TRIP_SECONDS = 15 * 60;

export interface Visit {
  /** What tries to sign in are counted for. */
  readonly address: string;
  /** Whether it comes from this computer and means this computer. */
  readonly local: boolean;
  /** Where the pages are, where that is known for sure. */
  readonly origin: string | undefined;
  /** The token that came along. */
  readonly token: string | undefined;
  /** What the browser calls itself. */
  readonly agent: string | undefined;
  /** What the browser has kept since it left for a provider. */
  readonly trip: string | undefined;
  /** Keeps a token; null: no more. */
  keep(token: string | null): void;
  /** Keeps what is needed to come back from a provider; null: no more. */
  keepTrip(text: string | null): void;
  /** @throws Problem 403 `https_needed` where a session could be overheard. */
  requireSafety(): void;
}

/**
 * @param publicUrl Where people reach this Holdfast, if that has been told: then a proxy stands before it.
 * @param setCookie Adds a `Set-Cookie` to the answer.
 */
export function visitOf(
  context: Context<ApiEnvironment>,
  publicUrl: URL | undefined,
  setCookie: (cookie: string) => void,
): Visit {
  const url = new URL(context.req.url);
  const safe = publicUrl !== undefined || isLoopbackAddress(url.hostname);
  const secure = publicUrl !== undefined;
  // On this computer every port has the same cookies.
  const name = secure ? "__Host-holdfast" : `holdfast-${url.port === "" ? "80" : url.port}`;
  const keep = (cookie: string, text: string | null, seconds: number): void => {
    const maxAge = text === null ? 0 : seconds;
    setCookie(serialize(cookie, text ?? "", { path: "/", httpOnly: true, sameSite: "Lax", secure, maxAge }));
  };
  return {
    address: addressOf(context, publicUrl !== undefined),
    local: publicUrl === undefined && isFromLoopback(context),
    origin: publicUrl?.origin ?? (safe ? url.origin : undefined),
    token: safe ? getCookie(context, name) : undefined,
    agent: context.req.header("user-agent")?.slice(0, LONGEST_AGENT),
    trip: safe ? getCookie(context, `${name}-trip`) : undefined,
    keep: (token) => keep(name, token, SESSION_SECONDS),
    keepTrip: (text) => keep(`${name}-trip`, text, TRIP_SECONDS),
    requireSafety: () => {
      if (safe) return;
      throw new Problem(403, "https_needed", "Signing in needs https here: anybody on the way could read along.", {
        hint: "set HOLDFAST_PUBLIC_URL to the https address that leads here, or open the page on the server itself",
      });
    },
  };
}

/** Behind a proxy, what the nearest one says. Of an IPv6 address its network: a home has 2^64 of them. */
function addressOf(context: Context<ApiEnvironment>, proxied: boolean): string {
  const told = proxied ? context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  const address = told ?? context.env?.incoming?.socket.remoteAddress ?? "unknown";
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  return address.includes(":") ? networkOf(address) : address;
}

/** The first 64 bits. */
function networkOf(address: string): string {
  const [before = "", after] = address.toLowerCase().split("::");
  const head = before === "" ? [] : before.split(":");
  const tail = after === undefined || after === "" ? [] : after.split(":");
  const zeros = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  return [...head, ...Array.from({ length: zeros }, () => "0"), ...tail].slice(0, 4).join(":");
}
