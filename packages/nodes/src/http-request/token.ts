/**
 * Tokens of OAuth 2 servers, by client credentials (RFC 6749, 4.4). A token is kept by the process for as long as its
 * server says that it lasts, and shared by all steps that use the same client.
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import type { Credential } from "../credential.ts";
import { clientProof, type CredentialValue } from "../credential-value.ts";
import { NodeFailure } from "../failure.ts";
import { toJson } from "../json.ts";
import type { GuardedFetch } from "../outbound/guarded-fetch.ts";
import { OutboundError } from "../outbound/error.ts";
import { retryAfterOf } from "../retry-after.ts";

/** What getting a token needs. */
export interface TokenMeans {
  readonly fetch: GuardedFetch;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

type Client = Extract<CredentialValue, { type: "oauth2" }>;

interface Token {
  readonly text: string;
  /** From then on another one is asked for. Milliseconds since the epoch. */
  readonly until: number;
}

const tokens = new Map<string, Token>();
const underWay = new Map<string, Promise<Token>>();

/** Tokens that are kept; the oldest make room. */
const MOST_TOKENS = 500;
/** A token is not used in its last moments: it has to arrive before it is over. */
const MARGIN_MS = 30_000;
/** Where the server does not say how long a token lasts. */
const LASTING_MS = 300_000;
const PATIENCE_MS = 30_000;
const LONGEST_ANSWER = 100_000;

/**
 * A token for the client.
 * @param refused one that was not taken, and is not to be given again
 * @throws NodeFailure
 */
export async function tokenFor(
  credential: Credential,
  client: Client,
  means: TokenMeans,
  refused?: string,
): Promise<string> {
  const id = createHash("sha256").update(JSON.stringify(client)).digest("hex");
  const token = await sharedToken(id, client, means, refused);
  credential.derive(token.text);
  return token.text;
}

/**
 * Asks for a token, whether there is one or not: whether the server knows the client.
 * @throws NodeFailure
 */
export async function freshToken(credential: Credential, client: Client, means: TokenMeans): Promise<void> {
  const token = await ask(client, means);
  credential.derive(token.text);
}

async function sharedToken(id: string, client: Client, means: TokenMeans, refused: string | undefined): Promise<Token> {
  const fits = (token: Token | undefined): token is Token =>
    token !== undefined && token.text !== refused && token.until > means.now();
  const kept = tokens.get(id);
  if (fits(kept)) return kept;
  for (let pending = underWay.get(id); pending !== undefined; pending = underWay.get(id)) {
    // Somebody else's attempt may be broken off; this one then asks by itself.
    const shared = await pending.catch(() => undefined);
    if (fits(shared)) return shared;
  }
  const asked = ask(client, means);
  underWay.set(id, asked);
  try {
    const token = await asked;
    tokens.delete(id);
    tokens.set(id, token);
    for (const oldest of tokens.keys()) {
      if (tokens.size <= MOST_TOKENS) break;
      tokens.delete(oldest);
    }
    return token;
  } finally {
    if (underWay.get(id) === asked) underWay.delete(id);
  }
}

async function ask(client: Client, { fetch, signal, now }: TokenMeans): Promise<Token> {
  const { scope, audience } = client;
  const inBody = client.clientAuth === "body";
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    ...(scope !== undefined && scope !== "" && { scope }),
    ...(audience !== undefined && audience !== "" && { audience }),
    ...(inBody && { client_id: client.clientId, client_secret: client.clientSecret }),
  });
  try {
    const response = await fetch(client.tokenUrl, {
      method: "POST",
      headers: {
        accept: "application/json",
        "content-type": "application/x-www-form-urlencoded",
        ...(!inBody && { authorization: `Basic ${clientProof(client.clientId, client.clientSecret)}` }),
      },
      body: body.toString(),
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      maxResponseBytes: LONGEST_ANSWER,
      // A redirect could lead the secret elsewhere.
      maxRedirects: 0,
    });
    const answer = jsonOf(Buffer.from(await response.arrayBuffer()).toString());
    if (!response.ok) throw refusal(response, answer, now());
    return tokenIn(answer, now());
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    const kind = error.code === "address_refused" || error.code === "url_invalid" ? "fatal" : "error";
    const code = error.code === "aborted" ? "token_timeout" : error.code;
    throw new NodeFailure({ kind, code, message: `No token could be got. ${error.message}` }, { cause: error });
  }
}

function tokenIn(answer: JsonObject, now: number): Token {
  const { access_token: text, token_type: type, expires_in: seconds } = answer;
  const isBearer = type === undefined || (typeof type === "string" && type.toLowerCase() === "bearer");
  if (typeof text !== "string" || !/^[\u0021-\u007E]+$/.test(text) || !isBearer) {
    const message = "The server that gives the tokens answered without a bearer token.";
    throw new NodeFailure({ kind: "error", code: "token_invalid", message });
  }
  const lasts = Number(seconds);
  const known = seconds !== undefined && Number.isFinite(lasts) && lasts >= 0;
  return { text, until: now + (known ? Math.max(lasts * 1_000 - MARGIN_MS, lasts * 500) : LASTING_MS) };
}

/** Nothing was sent to the target, so that it can always be tried again, by a person at the latest. */
function refusal(response: Response, answer: JsonObject, now: number): NodeFailure {
  const { error } = answer;
  const why = typeof error === "string" && /^[\w.-]{1,60}$/.test(error) ? ` (${error})` : "";
  const retryAfter = retryAfterOf(response.headers, now);
  return new NodeFailure({
    kind: "error",
    code: response.status < 500 && response.status !== 429 ? "token_refused" : `token_http_${response.status}`,
    message: `The server that gives the tokens answered ${response.status}${why}.`,
    ...(retryAfter !== undefined && { retryAfter }),
    details: { status: response.status },
  });
}

function jsonOf(text: string): JsonObject {
  try {
    const answer: Json = toJson(JSON.parse(text));
    return isJsonObject(answer) ? answer : {};
  } catch {
    return {};
  }
}
