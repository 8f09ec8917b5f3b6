import type { AppRouter } from "@holdfast/runtime/rpc";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

export type Connection = inferRouterOutputs<AppRouter>["credentials"]["list"]["items"][number];
export type ConnectionType = Connection["type"];
export type ConnectionValue = inferRouterInputs<AppRouter>["credentials"]["set"]["value"];

/** In the order in which people look for them. */
export const TYPES = [
  "bearer",
  "apiKey",
  "basic",
  "header",
  "query",
  "oauth2",
  "webhook",
  "smtp",
  "connectionString",
] as const satisfies readonly ConnectionType[];

/** Whether the value itself names the one server that it is for. */
export const namesItsHost = (type: ConnectionType): boolean => ITS_HOST.has(type);

const ITS_HOST: ReadonlySet<ConnectionType> = new Set(["smtp", "connectionString", "webhook"]);

/** Whether nothing can be tried out before somebody says which address to ask. */
export const needsTestUrl = (type: ConnectionType): boolean => !namesItsHost(type) && type !== "oauth2";

/** What the fields of every type hold; each type asks for some of them. */
export interface Typed {
  /** The token, key, password, value or address. */
  readonly secret: string;
  /** The user's, the client's, the header's or the parameter's name. */
  readonly name: string;
  /** Of clients that get tokens. */
  readonly tokenUrl: string;
  readonly scope: string;
  readonly audience: string;
  readonly clientAuth: "basic" | "body";
}

export const NOTHING_TYPED: Typed = {
  secret: "",
  name: "",
  tokenUrl: "",
  scope: "",
  audience: "",
  clientAuth: "basic",
};

/** What is sent. */
export function valueOf(type: ConnectionType, typed: Typed): ConnectionValue {
  const { secret, name } = typed;
  switch (type) {
    case "bearer":
      return { type, token: secret };
    case "apiKey":
      return { type, key: secret };
    case "basic":
      return { type, username: name, password: secret };
    case "header":
    case "query":
      return { type, name, value: secret };
    case "oauth2": {
      const [scope, audience] = [typed.scope.trim(), typed.audience.trim()];
      return {
        type,
        tokenUrl: typed.tokenUrl.trim(),
        clientId: name,
        clientSecret: secret,
        ...(scope !== "" && { scope }),
        ...(audience !== "" && { audience }),
        clientAuth: typed.clientAuth,
      };
    }
    case "smtp":
    case "webhook":
    case "connectionString":
      return { type, url: secret };
  }
}

/** "a.example, b.example" → two. */
export const listFrom = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,\s]+/)
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  ),
];
