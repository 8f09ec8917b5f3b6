/** An OpenID provider on this computer, which does what it is told: also what no honest one would. */
import { hash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from "jose";

export const CLIENT = { id: "holdfast", secret: "a-secret-of-the-client" } as const;

interface Asked {
  readonly redirect: URL;
  readonly nonce: string;
  readonly challenge: string;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

export class OpenIdServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #codes = new Map<string, Asked>();
  readonly #keys: KeyPair;
  readonly #otherKeys: KeyPair;
  /** Who signs in. */
  person: JWTPayload = { sub: "ada", email: "ada@example.com", email_verified: true, name: "Ada" };
  /** What the token says instead of the truth. */
  lie: JWTPayload = {};
  /** Whether tokens are signed with a key that nobody knows. */
  forge = false;
  /** Claims that are told only to whoever asks for them with the access token. */
  apart = false;
  /** Whether it takes a code as often as it comes, and whatever verifier. */
  careless = false;
  /** What it was asked, by path. */
  readonly asked: {
    readonly path: string;
    readonly form: URLSearchParams;
    readonly headers: IncomingMessage["headers"];
  }[] = [];

  private constructor(server: Server, keys: KeyPair, otherKeys: KeyPair) {
    this.#server = server;
    this.#keys = keys;
    this.#otherKeys = otherKeys;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
  }

  static async start(): Promise<OpenIdServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new OpenIdServer(server, await generateKeyPair("RS256"), await generateKeyPair("RS256"));
  }

  get issuer(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("it does not listen");
    return `http://127.0.0.1:${address.port}`;
  }

  /** What the browser gets from the page where its person signs in: the way back. */
  signIn(url: string): URL {
    const asked = new URL(url).searchParams;
    const told = (name: string): string => asked.get(name) ?? "";
    const redirect = new URL(told("redirect_uri"));
    if (
      told("client_id") !== CLIENT.id ||
      told("response_type") !== "code" ||
      told("code_challenge_method") !== "S256"
    ) {
      throw new Error(`not a sign-in: ${url}`);
    }
    const code = randomUUID();
    this.#codes.set(code, { redirect, nonce: told("nonce"), challenge: told("code_challenge") });
    const back = new URL(redirect);
    back.search = new URLSearchParams({ code, state: told("state"), iss: this.issuer }).toString();
    return back;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    const form = new URLSearchParams(await text(request));
    this.asked.push({ path, form, headers: request.headers });
    if (path.startsWith("/authorize?")) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(this.#page(path));
      return;
    }
    const { status, body } = await this.#answerTo(path, request, form);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }

  async #answerTo(path: string, request: IncomingMessage, form: URLSearchParams): Promise<Answer> {
    switch (path) {
      case "/.well-known/openid-configuration":
        return { status: 200, body: this.#metadata() };
      case "/keys": {
        const key = { ...(await exportJWK(this.#keys.publicKey)), kid: "k", alg: "RS256", use: "sig" };
        return { status: 200, body: { keys: [key] } };
      }
      case "/token":
        return this.#token(request, form);
      case "/me":
        return { status: 200, body: this.person };
      default:
        return { status: 404, body: {} };
    }
  }

  /** Where its people sign in, in a browser. */
  #page(path: string): string {
    const back = this.signIn(this.issuer + path).href.replaceAll("&", "&amp;");
    return `<!doctype html><html lang="en"><title>Provider</title><h1>Provider</h1><a href="${back}">Continue</a>`;
  }

  #metadata(): object {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      userinfo_endpoint: `${issuer}/me`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      authorization_response_iss_parameter_supported: true,
    };
  }

  async #token(request: IncomingMessage, form: URLSearchParams): Promise<Answer> {
    const code = form.get("code") ?? "";
    const asked = this.#codes.get(code);
    if (!this.careless) this.#codes.delete(code);
    const basic = Buffer.from(request.headers.authorization?.slice("Basic ".length) ?? "", "base64").toString();
    const verified = hash("sha256", form.get("code_verifier") ?? "", "base64url") === asked?.challenge || this.careless;
    if (asked === undefined || !verified || form.get("redirect_uri") !== asked.redirect.href) {
      return { status: 400, body: { error: "invalid_grant" } };
    }
    if (decodeURIComponent(basic) !== `${CLIENT.id}:${CLIENT.secret}`) {
      return { status: 401, body: { error: "invalid_client" } };
    }
    const now = Math.floor(Date.now() / 1000);
    const claims: JWTPayload = {
      iss: this.issuer,
      aud: CLIENT.id,
      iat: now,
      exp: now + 60,
      nonce: asked.nonce,
      ...(this.apart ? { sub: this.person.sub ?? "" } : this.person),
      ...this.lie,
    };
    const key = this.forge ? this.#otherKeys.privateKey : this.#keys.privateKey;
    const token = await new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "k" }).sign(key);
    return { status: 200, body: { access_token: "t", token_type: "Bearer", expires_in: 60, id_token: token } };
  }
}
