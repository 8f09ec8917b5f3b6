/** Gives a node the credential that it names: from the store, else from the environment. Read anew for every send. */
import type { NodeManifest } from "@holdfast/dsl";
import { type Credential, CredentialError, MAIL_CREDENTIAL } from "@holdfast/nodes/executors";
import type { Logger } from "../log/logger.ts";
import type { Queryable } from "../read/queryable.ts";
import { findCredential, type StoredCredential } from "./credential-store.ts";
import { hostsOf, readCredential } from "./credential-value.ts";
import type { CredentialUse, Granted } from "./granted.ts";
import type { KeyRing } from "./key-ring.ts";
import { unseal, UnreadableError } from "./seal.ts";

/** Where credentials come from. */
export interface CredentialSource {
  readonly database: Queryable;
  readonly log: Logger;
  /** Absent: nothing sealed can be read here. */
  readonly ring: KeyRing | undefined;
  /** Of the environment, by the name in documents. */
  readonly environment: ((name: string) => Credential | undefined) | undefined;
  /** Is told every secret before it is used, so that no log has it. */
  readonly learned: (secret: string) => void;
}

/**
 * @returns Nothing where the node names none and its type has no default here.
 * @throws CredentialError where there is none of that name, or this use is not granted it.
 */
export async function resolveCredential(
  source: CredentialSource,
  named: string | undefined,
  manifest: NodeManifest,
  use: CredentialUse,
): Promise<Granted | undefined> {
  const name = named ?? (manifest.credentials.includes("smtp") ? MAIL_CREDENTIAL : undefined);
  if (name === undefined) return undefined;
  const stored = await findCredential(source.database, use.workspace, name);
  const granted = stored === undefined ? fromEnvironment(source, name) : fromStore(source, name, stored, use);
  if (granted === undefined) {
    if (named === undefined) return undefined;
    throw new CredentialError("credential_missing", `There is no credential “${name}”. It may have been revoked.`);
  }
  if (!manifest.credentials.includes(granted.credential.type)) {
    throw new CredentialError(
      "credential_wrong_type",
      `The credential “${name}” is of the type ${granted.credential.type}; ${manifest.type} takes ${manifest.credentials.join(", ")}.`,
    );
  }
  granted.credential.whenDerived(source.learned);
  if (stored !== undefined) noteUse(source, stored, use.flow);
  return granted;
}

function fromEnvironment({ environment }: CredentialSource, name: string): Granted | undefined {
  const credential = environment?.(name);
  return credential === undefined ? undefined : { name, credential, hosts: undefined };
}

function fromStore(source: CredentialSource, name: string, stored: StoredCredential, use: CredentialUse): Granted {
  if (stored.flows !== null && !stored.flows.includes(use.flow)) {
    throw new CredentialError("credential_not_granted", `The flow ${use.flow} may not use the credential “${name}”.`);
  }
  const credential = unsealed(source, name, stored);
  for (const secret of credential.secrets()) source.learned(secret);
  return { name, credential, hosts: hostsOf(credential, stored.hosts) };
}

function unsealed({ ring, log }: CredentialSource, name: string, { whose, sealed }: StoredCredential): Credential {
  try {
    if (ring === undefined) throw new UnreadableError("this process has no keys");
    return readCredential(unseal(ring, whose, sealed));
  } catch (error) {
    log.error(
      { credential: name, reason: error instanceof UnreadableError ? error.message : "broken" },
      "a credential can't be read",
    );
    throw new CredentialError(
      "credential_unreadable",
      `The credential “${name}” can't be read here: its key is missing.`,
    );
  }
}

function noteUse({ database, log }: CredentialSource, { whose }: StoredCredential, flow: string): void {
  database
    .query(
      `update holdfast.credentials set used_at = clock_timestamp(), used_by_flow = $2
        where id = $1 and (used_at is null or used_at < clock_timestamp() - interval '1 minute')`,
      [whose.id, flow],
    )
    .catch((error: unknown) => log.warn({ err: error }, "the use of a credential was not noted"));
}
