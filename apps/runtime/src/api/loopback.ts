/** Whether a request comes from this computer, and means this computer. */
import type { Context } from "hono";
import type { ApiEnvironment } from "./environment.ts";

const NAMES: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]", "::1"]);

/** Whether a server that listens on this address can be reached from this computer only. */
export const isLoopbackAddress = (host: string): boolean =>
  NAMES.has(host.toLowerCase()) || /^127(?:\.\d{1,3}){3}$/.test(host) || /^::ffff:127(?:\.\d{1,3}){3}$/i.test(host);

/**
 * The name in `Host` counts too: a page elsewhere whose name was made to point here (DNS rebinding) comes under that
 * name. What a proxy hands on comes from wherever the proxy's clients are.
 */
export function isFromLoopback(context: Context<ApiEnvironment>): boolean {
  if (context.req.header("x-forwarded-for") !== undefined || context.req.header("forwarded") !== undefined) {
    return false;
  }
  const address = context.env?.incoming?.socket.remoteAddress;
  if (address !== undefined && !isLoopbackAddress(address)) return false;
  return isLoopbackAddress(new URL(context.req.url).hostname);
}
