/** Which of the stored credentials a node can sign in with, and how the one that it names stands. */
import type { Connection } from "../pages/settings/connections/connection.ts";

export interface CredentialUse {
  /** That the node type takes. */
  readonly kinds: readonly string[];
  readonly flow: string;
  readonly name: string | undefined;
}

export type CredentialStanding =
  | { readonly kind: "none" }
  /** Not stored here: the server's environment may have it. */
  | { readonly kind: "unknown" }
  | { readonly kind: "wrongKind" | "notGranted" | "fits"; readonly connection: Connection };

export const isGranted = ({ flows }: Connection, flow: string): boolean => flows === null || flows.includes(flow);

/** Those that this flow may use come first; else by name. */
export function fittingConnections(
  connections: readonly Connection[],
  { kinds, flow }: Pick<CredentialUse, "kinds" | "flow">,
): readonly Connection[] {
  const fitting = connections.filter(({ type }) => kinds.includes(type));
  return [...fitting.filter((each) => isGranted(each, flow)), ...fitting.filter((each) => !isGranted(each, flow))];
}

export function credentialStanding(
  connections: readonly Connection[],
  { kinds, flow, name }: CredentialUse,
): CredentialStanding {
  if (name === undefined) return { kind: "none" };
  const connection = connections.find((each) => each.name === name);
  if (connection === undefined) return { kind: "unknown" };
  if (!kinds.includes(connection.type)) return { kind: "wrongKind", connection };
  return { kind: isGranted(connection, flow) ? "fits" : "notGranted", connection };
}

/** How the server's environment names it. */
export const variableOf = (name: string): string => `HOLDFAST_CREDENTIAL_${name.replaceAll("-", "_").toUpperCase()}`;
