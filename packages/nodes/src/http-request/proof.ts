/** What a credential adds to a request, so that its target knows who asks. */
import { Buffer } from "node:buffer";
import type { Credential } from "../credential.ts";
import { NodeFailure } from "../failure.ts";
import { tokenFor, type TokenMeans } from "./token.ts";

/** A header or a parameter of the address. */
export interface Proof {
  readonly header?: { readonly name: string; readonly value: string };
  readonly parameter?: { readonly name: string; readonly value: string };
  /** Another one, where this one was refused and another may be taken. */
  readonly renew?: () => Promise<Proof>;
}

/** @throws NodeFailure where a token is needed and none is given, or the credential is of another kind. */
export async function proofOf(credential: Credential | undefined, means: TokenMeans, refused?: string): Promise<Proof> {
  const value = credential?.reveal();
  switch (value?.type) {
    case "bearer":
      return { header: { name: "authorization", value: `Bearer ${value.token}` } };
    case "basic": {
      const pair = Buffer.from(`${value.username}:${value.password}`).toString("base64");
      return { header: { name: "authorization", value: `Basic ${pair}` } };
    }
    case "header":
      return { header: { name: value.name, value: value.value } };
    case "apiKey":
      return { header: { name: "x-api-key", value: value.key } };
    case "query":
      return { parameter: { name: value.name, value: value.value } };
    case "oauth2": {
      if (credential === undefined) return {};
      const token = await tokenFor(credential, value, means, refused);
      return {
        header: { name: "authorization", value: `Bearer ${token}` },
        // A token that was refused at its second try is not the token's fault.
        ...(refused === undefined && { renew: () => proofOf(credential, means, token) }),
      };
    }
    case undefined:
      return {};
    case "smtp":
    case "connectionString":
    case "webhook":
      throw new NodeFailure({
        kind: "fatal",
        code: "params_invalid",
        message: "The credential is none for HTTP.",
        pointer: "/credential",
      });
  }
}
