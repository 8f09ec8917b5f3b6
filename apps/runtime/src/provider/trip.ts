/**
 * The way to a provider and back. The browser keeps 256 random bits meanwhile, in a cookie of its own; state, nonce
 * and the verifier of PKCE are made from them. So nothing that opens a door is stored, and only the browser that left
 * can come back.
 */
import { createHmac } from "node:crypto";
import { isToken, newToken } from "../session/token.ts";
import { safeReturn } from "./safe-return.ts";

export interface Trip {
  readonly token: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The page that somebody came for. */
  readonly to: string;
}

const made = (token: string, purpose: string): string =>
  createHmac("sha256", token).update(purpose).digest("base64url");

const tripOf = (token: string, to: string): Trip => ({
  token,
  state: made(token, "state"),
  nonce: made(token, "nonce"),
  verifier: made(token, "verifier"),
  to,
});

export const newTrip = (to: string | undefined): Trip => tripOf(newToken(), safeReturn(to));

/** As the cookie has it. */
export const tripText = ({ token, to }: Trip): string => `${token}.${Buffer.from(to).toString("base64url")}`;

export function readTrip(text: string | undefined): Trip | undefined {
  const [token, to] = (text ?? "").split(".");
  if (token === undefined || to === undefined || !isToken(token)) return undefined;
  return tripOf(token, safeReturn(Buffer.from(to, "base64url").toString("utf8")));
}
