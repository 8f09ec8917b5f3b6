import type { Credential } from "@holdfast/nodes/executors";

/** For what a credential is wanted. */
export interface CredentialUse {
  readonly workspace: number;
  /** The flow's id. */
  readonly flow: string;
}

/** A credential, for a use that it is granted to. */
export interface Granted {
  readonly name: string;
  readonly credential: Credential;
  /** Absent: the operator has set it, for wherever flows lead. */
  readonly hosts: readonly string[] | undefined;
}
