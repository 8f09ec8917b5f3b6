/**
 * An OpenID provider: authorization code with PKCE, state and nonce, by `openid-client`. It is looked up when somebody
 * first needs it, so that Holdfast starts, and people sign in otherwise, while the provider is away.
 */
import type { GuardedFetch } from "@holdfast/nodes/executors";
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  type ClientAuth,
  type Configuration,
  customFetch,
  type CustomFetchOptions,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
} from "openid-client";
import type { ProviderSettings } from "../config/provider-settings.ts";
import type { Trip } from "./trip.ts";

/** Who somebody is there, as the provider vouches for it. */
export interface ProviderIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly name: string | undefined;
  /** What they belong to. */
  readonly groups: readonly string[];
}

/** Where the provider sends people back to. */
export const RETURN_PATH = "/sign-in/return";

/** Milliseconds after which the provider's addresses are looked up again. */
const LOOKUP_MS = 60 * 60 * 1000;

const PATIENCE_SECONDS = 15;

const MAX_ANSWER_BYTES = 1024 * 1024;

export class OpenIdProvider {
  readonly settings: ProviderSettings;
  readonly #fetch: GuardedFetch;
  #found: { readonly at: number; readonly configuration: Promise<Configuration> } | undefined;

  /** @param fetch The door out, which lets through to the issuer's host. */
  constructor(settings: ProviderSettings, fetch: GuardedFetch) {
    this.settings = settings;
    this.#fetch = fetch;
  }

  /**
   * Where the browser goes to sign in.
   * @param origin Where the pages are.
   * @throws Error if the provider can't be looked up.
   */
  async leave(origin: string, trip: Trip): Promise<URL> {
    const configuration = await this.#configuration();
    return buildAuthorizationUrl(configuration, {
      redirect_uri: origin + RETURN_PATH,
      scope: this.settings.scopes,
      response_type: "code",
      code_challenge: await calculatePKCECodeChallenge(trip.verifier),
      code_challenge_method: "S256",
      state: trip.state,
      nonce: trip.nonce,
    });
  }

  /**
   * Who came back. State, issuer, audience, nonce, time and signature have been checked.
   * @param url The address under which the browser came back, with our own origin.
   * @throws Error of `openid-client`, which tells what did not fit.
   */
  async arrive(url: URL, trip: Trip): Promise<ProviderIdentity> {
    const configuration = await this.#configuration();
    const tokens = await authorizationCodeGrant(configuration, url, {
      pkceCodeVerifier: trip.verifier,
      expectedState: trip.state,
      expectedNonce: trip.nonce,
      idTokenExpected: true,
    });
    const claims: Readonly<Record<string, unknown>> | undefined = tokens.claims();
    const subject = claims?.["sub"];
    if (claims === undefined || typeof subject !== "string") throw new Error("the provider told nobody's identity");
    const { userinfo_endpoint: more } = configuration.serverMetadata();
    const told =
      typeof claims["email"] === "string" || more === undefined
        ? claims
        : { ...(await fetchUserInfo(configuration, tokens.access_token, subject)), ...claims };
    return this.#identity(configuration.serverMetadata().issuer, subject, told);
  }

  #identity(issuer: string, subject: string, claims: Readonly<Record<string, unknown>>): ProviderIdentity {
    const text = (name: string): string | undefined => {
      const value = claims[name];
      return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
    };
    const groups = claims[this.settings.groupsClaim];
    return {
      issuer,
      subject,
      email: text("email"),
      // Some providers tell it as text.
      emailVerified: claims["email_verified"] === true || claims["email_verified"] === "true",
      name: text("name") ?? text("preferred_username"),
      groups: (Array.isArray(groups) ? groups : [groups]).filter((group): group is string => typeof group === "string"),
    };
  }

  async #configuration(): Promise<Configuration> {
    const now = performance.now();
    if (this.#found === undefined || now - this.#found.at > LOOKUP_MS) {
      this.#found = { at: now, configuration: this.#lookUp() };
    }
    const { configuration } = this.#found;
    try {
      return await configuration;
    } catch (error) {
      // The next one tries again.
      if (this.#found?.configuration === configuration) this.#found = undefined;
      throw error;
    }
  }

  #lookUp(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    return discovery(
      issuer,
      clientId,
      undefined,
      clientSecret === undefined ? None() : secretAuth(clientSecret.reveal()),
      {
        // The configuration lets plain http be on this computer alone.
        // oxlint-disable-next-line typescript/no-deprecated -- marked so that it stands out
        execute: [enableNonRepudiationChecks, ...(issuer.protocol === "http:" ? [allowInsecureRequests] : [])],
        timeout: PATIENCE_SECONDS,
        [customFetch]: (url: string, options: CustomFetchOptions) => this.#call(url, options),
      },
    );
  }

  #call(url: string, { method, headers, body, signal }: CustomFetchOptions): Promise<Response> {
    if (body instanceof ReadableStream || body instanceof ArrayBuffer) throw new TypeError("an unexpected body");
    return this.#fetch(url, {
      method,
      headers,
      body: body instanceof URLSearchParams ? body.toString() : (body ?? undefined),
      signal,
      // A provider's own addresses lead nowhere else; a redirect would carry the secret along.
      maxRedirects: 0,
      maxResponseBytes: MAX_ANSWER_BYTES,
    });
  }
}

/** In the body where the provider takes it so; else in the header, which each has to take. */
function secretAuth(secret: string): ClientAuth {
  const inBody = ClientSecretPost(secret);
  const inHeader = ClientSecretBasic(secret);
  return (server, client, body, headers) => {
    const takes = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    (takes.includes("client_secret_basic") ? inHeader : inBody)(server, client, body, headers);
  };
}
