/** What people do with credentials, by every door: set, grant, try out, revoke. A value is told once, and never back. */
import type { Pool } from "pg";
import type { GuardedFetch } from "@holdfast/nodes/executors";
import { z } from "zod";
import type { Logger } from "../log/logger.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import {
  type CredentialGrants,
  grantCredential,
  requireCredential,
  setCredential,
  type StoredCredential,
} from "./credential-store.ts";
import { credentialValue, hostIn, hostsOf, namesItsHost, readCredential } from "./credential-value.ts";
import { allowsHost, hostPattern } from "./hosts.ts";
import type { KeyRing } from "./key-ring.ts";
import { unseal, UnreadableError } from "./seal.ts";
import { testCredential, type TestedCredential } from "./test-credential.ts";

export interface VaultOptions {
  readonly database: Pool;
  /** Absent: nothing can be sealed here. */
  readonly ring: KeyRing | undefined;
  /** The way out of flows, which tests take as well. */
  readonly fetch: GuardedFetch;
  readonly log: Logger;
  /** Is told every secret before it is used. */
  readonly learned: (secret: string) => void;
}

export const credentialName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, "a name is lower-case letters, digits and hyphens, such as payments");

const host = z
  .string()
  .max(300)
  .transform((text, context): string => {
    const pattern = hostPattern(text);
    if (pattern !== undefined) return pattern;
    context.addIssue("this must be a host such as api.example.com, api.example.com:8443 or *.example.com");
    return z.NEVER;
  });

const grantFields = {
  /** Ids of flows; null: every flow. */
  flows: z.array(z.string().min(1).max(200)).max(1_000).nullable().optional(),
  hosts: z.array(host).min(1).max(100).optional(),
  testUrl: z
    .string()
    .max(2_000)
    .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), "this must be an http or https address")
    .nullable()
    .optional(),
};

export const newCredential = z.strictObject({ value: credentialValue, ...grantFields });
export const newGrants = z.strictObject(grantFields);

/** Their values say whom to ask. */
const TESTED_BY_ITSELF: ReadonlySet<StoredCredential["type"]> = new Set([
  "smtp",
  "connectionString",
  "webhook",
  "oauth2",
]);

type Grants = z.output<typeof newGrants>;

export class Vault {
  readonly #options: VaultOptions;

  constructor(options: VaultOptions) {
    this.#options = options;
  }

  /** Whether anything can be stored here. */
  get open(): boolean {
    return this.#options.ring !== undefined;
  }

  /** @throws Problem 409 `no_secret_key`, 400 `hosts_missing` or `test_url_not_granted`, 409 `credential_type_differs`. */
  async set(
    caller: Caller,
    name: string,
    { value, ...grants }: z.output<typeof newCredential>,
  ): Promise<{ readonly version: number; readonly created: boolean }> {
    const { database, learned } = this.#options;
    const text = JSON.stringify(value);
    for (const secret of readCredential(text).secrets()) learned(secret);
    const own = namesItsHost(value.type) ? hostIn(value) : undefined;
    const told: Grants = own === undefined ? grants : { ...grants, hosts: [own], testUrl: null };
    this.#checkTestUrl(told.hosts, told.testUrl);
    return setCredential(database, this.#ring(), caller, { name, type: value.type, text, grants: defined(told) });
  }

  /** @throws Problem 404 `credential_not_found`, 400 `test_url_not_granted` or `hosts_of_value`. */
  async grant(caller: Caller, name: string, change: Grants): Promise<void> {
    const { database } = this.#options;
    const stored = await requireCredential(database, caller.workspace, name);
    if (change.hosts !== undefined && namesItsHost(stored.type)) {
      throw new Problem(400, "hosts_of_value", "Its value names the one host that it is for.", { pointer: "/hosts" });
    }
    this.#checkTestUrl(change.hosts ?? stored.hosts, change.testUrl === undefined ? stored.testUrl : change.testUrl);
    await grantCredential(database, caller, name, defined(change));
  }

  /** @throws Problem 404 `credential_not_found`, 409 `no_test_url`, 409 `no_secret_key` or `credential_unreadable`. */
  async test(caller: Caller, name: string): Promise<TestedCredential> {
    const { database, fetch, learned, log } = this.#options;
    const stored = await requireCredential(database, caller.workspace, name);
    const { hosts, testUrl } = stored;
    if (testUrl === null && !TESTED_BY_ITSELF.has(stored.type)) {
      throw new Problem(409, "no_test_url", "Tell first which address the test shall ask.", { pointer: "/testUrl" });
    }
    const credential = readCredential(this.#unseal(stored));
    for (const secret of credential.secrets()) learned(secret);
    credential.whenDerived(learned);
    return testCredential({ fetch, log }, { name, credential, hosts: hostsOf(credential, hosts), testUrl });
  }

  #unseal({ whose, sealed }: StoredCredential): string {
    try {
      return unseal(this.#ring(), whose, sealed);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      throw new Problem(409, "credential_unreadable", "It can't be read here: the key that sealed it is missing.");
    }
  }

  #ring(): KeyRing {
    const { ring } = this.#options;
    if (ring !== undefined) return ring;
    throw new Problem(409, "no_secret_key", "This server has no key to seal credentials with.", {
      hint: "set HOLDFAST_SECRET_KEYS or HOLDFAST_SECRET_KEYS_FILE, the same for every process",
    });
  }

  #checkTestUrl(hosts: readonly string[] | undefined, testUrl: string | null | undefined): void {
    if (typeof testUrl !== "string" || hosts === undefined) return;
    const { hostname, port, protocol } = new URL(testUrl);
    const usual = protocol === "http:" ? 80 : 443;
    if (allowsHost(hosts, { host: hostname, port: port === "" ? usual : Number(port) })) return;
    throw new Problem(400, "test_url_not_granted", "The test may only ask a host that the credential is for.", {
      pointer: "/testUrl",
    });
  }
}

const defined = ({ flows, hosts, testUrl }: Grants): Partial<CredentialGrants> => ({
  ...(flows === undefined ? {} : { flows }),
  ...(hosts === undefined ? {} : { hosts }),
  ...(testUrl === undefined ? {} : { testUrl }),
});
