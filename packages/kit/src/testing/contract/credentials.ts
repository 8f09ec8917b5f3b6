/** Credentials with a secret that is known, of each type that a node takes. */
import type { NodeManifest } from "@holdfast/dsl";
import { CREDENTIAL_TYPES, type CredentialValue } from "@holdfast/nodes/executors";

/** With what JSON, addresses, pages and Base64 write otherwise. */
const SECRET = "canary/7f3a+91c4=e8&'";
const IN_ADDRESS = encodeURIComponent(SECRET);

export function credentialsOf({ credentials }: NodeManifest): readonly CredentialValue[] {
  return CREDENTIAL_TYPES.filter((type) => credentials.includes(type)).map(valueOf);
}

function valueOf(type: CredentialValue["type"]): CredentialValue {
  switch (type) {
    case "bearer":
      return { type, token: SECRET };
    case "basic":
      return { type, username: "u", password: SECRET };
    case "header":
      return { type, name: "X-Api-Key", value: SECRET };
    case "query":
      return { type, name: "api_key", value: SECRET };
    case "apiKey":
      return { type, key: SECRET };
    case "oauth2":
      return { type, tokenUrl: "https://login.invalid/token", clientId: "u", clientSecret: SECRET };
    case "connectionString":
      return { type, url: `postgres://u:${IN_ADDRESS}@db.invalid/shop` };
    case "smtp":
      return { type, url: `smtp://u:${IN_ADDRESS}@mail.invalid` };
    case "webhook":
      return { type, url: `https://hooks.invalid/${IN_ADDRESS}` };
  }
}
