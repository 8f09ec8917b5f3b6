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
  "smtp",
  "connectionString",
] as const satisfies readonly ConnectionType[];

/** Whether the value itself names the one server that it is for. */
export const namesItsHost = (type: ConnectionType): boolean => type === "smtp" || type === "connectionString";

/** What the fields of every type hold; each type asks for some of them. */
export interface Typed {
  /** The token, key, password, value or address. */
  readonly secret: string;
  /** The user's or the header's name. */
  readonly name: string;
}

/** What is sent. */
export function valueOf(type: ConnectionType, { secret, name }: Typed): ConnectionValue {
  switch (type) {
    case "bearer":
      return { type, token: secret };
    case "apiKey":
      return { type, key: secret };
    case "basic":
      return { type, username: name, password: secret };
    case "header":
      return { type, name, value: secret };
    case "smtp":
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
