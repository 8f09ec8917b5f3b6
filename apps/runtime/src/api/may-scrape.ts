import { timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { hashSecret } from "../keys/api-key.ts";
import type { Secret } from "../log/secret.ts";
import type { ApiEnvironment } from "./environment.ts";
import { isFromLoopback } from "./loopback.ts";

/** Metrics tell how much goes on here: only whoever has the token, or without one only this computer, may read them. */
export function mayScrape(context: Context<ApiEnvironment>, token: Secret | undefined): boolean {
  if (token === undefined) return isFromLoopback(context);
  const offered = /^Bearer +(\S+) *$/i.exec(context.req.header("authorization") ?? "")?.[1];
  return offered !== undefined && timingSafeEqual(hashSecret(offered), hashSecret(token.reveal()));
}
