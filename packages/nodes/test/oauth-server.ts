/** An OAuth 2 server for client credentials, and a service behind it that takes its tokens, as RFC 6749 and 6750 have it. */
import type { CredentialValue } from "../src/credential-value.ts";
import { sendJson, startServer, type SeenRequest, type TestServer } from "./http-server.ts";

/** Both, on one address: `/token` gives tokens, everything else takes them. */
export interface OauthServer extends AsyncDisposable {
  readonly server: TestServer;
  /** Every token that was given, the oldest first. */
  readonly given: string[];
  /** Takes none of the tokens that it gave until now. */
  withdraw(): void;
  /** What its next answers are, instead of a token. */
  refusal: { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> } | undefined;
}

/** The client that it knows. */
export const CLIENT = { id: "holdfast client", secret: "canary/OAUTH+of=5&x%8" } as const;

let servers = 0;

/** @param lasts Seconds, as `expires_in` tells; left out if undefined. */
export async function startOauth(lasts: number | undefined = 3_600): Promise<OauthServer> {
  servers += 1;
  const prefix = `token-${servers}-canary`;
  let valid = new Set<string>();
  const oauth: Omit<OauthServer, "server" | typeof Symbol.asyncDispose> = {
    given: [],
    withdraw: () => void (valid = new Set()),
    refusal: undefined,
  };
  const server = await startServer((request, response) => {
    if (request.path !== "/token") {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
      if (valid.has(token)) sendJson(response, 200, { seen: request.headers });
      else sendJson(response, 401, { seen: request.headers }, { "WWW-Authenticate": 'Bearer error="invalid_token"' });
      return;
    }
    if (oauth.refusal !== undefined) {
      sendJson(response, oauth.refusal.status, oauth.refusal.body, oauth.refusal.headers);
    } else if (!knows(request)) {
      sendJson(response, 401, { error: "invalid_client", error_description: `not ${request.body}` });
    } else {
      const token = `${prefix}-${oauth.given.length + 1}`;
      oauth.given.push(token);
      valid.add(token);
      const expires = lasts === undefined ? {} : { expires_in: lasts };
      sendJson(response, 200, { access_token: token, token_type: "Bearer", ...expires });
    }
  });
  return Object.assign(oauth, { server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() });
}

/** What a flow signs in with there. */
export function clientOf(
  { server }: Pick<OauthServer, "server">,
  more: Partial<Extract<CredentialValue, { type: "oauth2" }>> = {},
): Extract<CredentialValue, { type: "oauth2" }> {
  return {
    type: "oauth2",
    tokenUrl: `${server.url}/token`,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    ...more,
  };
}

/** By Basic, whose two parts are encoded as in a form, or in the body. */
function knows({ method, headers, body }: SeenRequest): boolean {
  const form = new URLSearchParams(body);
  if (method !== "POST" || form.get("grant_type") !== "client_credentials") return false;
  const basic = /^Basic (.+)$/.exec(headers.authorization ?? "")?.[1];
  if (basic === undefined) return form.get("client_id") === CLIENT.id && form.get("client_secret") === CLIENT.secret;
  const [id = "", secret = ""] = Buffer.from(basic, "base64").toString().split(":");
  const plain = (text: string): string | undefined => new URLSearchParams(`x=${text}`).get("x") ?? undefined;
  return plain(id) === CLIENT.id && plain(secret) === CLIENT.secret;
}
