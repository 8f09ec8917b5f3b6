/**
 * Which person somebody from a provider is here. The subject decides; the first time, the verified e-mail address finds
 * a person who is here already, or makes one where the provider's people may join by themselves.
 */
import type { Pool, PoolClient } from "pg";
import { isRole, type Role } from "../access/rights.ts";
import type { ProviderSettings } from "../config/provider-settings.ts";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { isUniqueViolation } from "../database/is-unique-violation.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { changePerson } from "../people/change-people.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import type { ProviderIdentity } from "./open-id-provider.ts";

interface Found {
  readonly id: string;
  readonly disabled: boolean;
  readonly roles: readonly string[];
  readonly groups: readonly string[];
}

const PERSON = "p.id, p.disabled_at is not null as disabled, p.roles, p.groups";

/**
 * @returns The person's id, with the roles and groups that the provider gives.
 * @throws Problem 403 `email_unverified`, `nobody_here`, `identity_taken` or `person_disabled`.
 */
export async function personOf(
  pool: Pool,
  workspace: number,
  settings: ProviderSettings,
  identity: ProviderIdentity,
): Promise<string> {
  const caller: Caller = { workspace, actor: { kind: "system", id: "sign-in provider" }, door: "system" };
  const person = (await known(pool, workspace, identity)) ?? (await firstTime(pool, caller, settings, identity));
  if (person.disabled) throw new Problem(403, "person_disabled", "Your account here is disabled.");
  const change = granted(settings, identity, person);
  if (change !== undefined) await changePerson(pool, caller, person.id, change).catch(unlessLastAdministrator);
  return person.id;
}

async function known(pool: Pool, workspace: number, identity: ProviderIdentity): Promise<Found | undefined> {
  const { rows } = await pool.query<Found>(
    `update holdfast.sign_in_identities i set seen_at = clock_timestamp() from holdfast.people p
      where p.id = i.person and i.workspace = $1 and i.issuer = $2 and i.subject = $3 returning ${PERSON}`,
    [workspace, identity.issuer, identity.subject],
  );
  return rows[0];
}

async function firstTime(
  pool: Pool,
  caller: Caller,
  settings: ProviderSettings,
  identity: ProviderIdentity,
): Promise<Found> {
  const { email, emailVerified } = identity;
  if (email === undefined || !emailVerified) {
    throw new Problem(403, "email_unverified", `${settings.name} does not vouch for your e-mail address.`);
  }
  try {
    return await inTransaction(pool, async (client) => {
      const before = await byEmail(client, caller, email);
      const person = before ?? (await join(client, caller, settings, { ...identity, email }));
      if (person.disabled) return person;
      await client.query(
        "insert into holdfast.sign_in_identities (workspace, issuer, subject, person) values ($1, $2, $3, $4)",
        [caller.workspace, identity.issuer, identity.subject, person.id],
      );
      const target = `person:${person.id}`;
      if (before === undefined) {
        const after = { email, roles: [...person.roles], groups: [] };
        await noteOperation(client, caller, { action: "person.join", target, after });
      }
      await noteOperation(client, caller, {
        action: "person.link",
        target,
        after: { issuer: identity.issuer, subject: identity.subject, email },
      });
      return person;
    });
  } catch (error) {
    // Either the same one at the same moment, or somebody else with an address that has changed hands.
    const person = isUniqueViolation(error) ? await known(pool, caller.workspace, identity) : undefined;
    if (person !== undefined) return person;
    if (!isUniqueViolation(error)) throw error;
    throw new Problem(403, "identity_taken", `Another account of ${settings.name} belongs to ${email} here.`, {
      hint: "an administrator can detach it on the page of people",
    });
  }
}

async function byEmail(client: PoolClient, { workspace }: Caller, email: string): Promise<Found | undefined> {
  const { rows } = await client.query<Found>(
    `select ${PERSON} from holdfast.people p where p.workspace = $1 and lower(p.email) = lower($2) for update`,
    [workspace, email],
  );
  return rows[0];
}

async function join(
  client: PoolClient,
  caller: Caller,
  settings: ProviderSettings,
  { email, name }: ProviderIdentity & { readonly email: string },
): Promise<Found> {
  const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  if (!settings.newPeopleFrom.includes(domain)) {
    throw new Problem(403, "nobody_here", `Nobody here has the e-mail address ${email}.`, {
      hint: "ask an administrator for an invitation",
    });
  }
  const person = { id: uuid7(), email, name: (name ?? email).slice(0, 100), roles: settings.newPeopleRoles };
  await client.query(
    `insert into holdfast.people (id, workspace, email, name, roles, created_by)
     values ($1, $2, $3, $4, $5, 'system:sign-in provider')`,
    [person.id, caller.workspace, email, person.name, person.roles],
  );
  return { id: person.id, disabled: false, roles: person.roles, groups: [] };
}

/** What the provider gives and takes; nothing if that is how it is. */
function granted(
  { grants }: ProviderSettings,
  { groups: told }: ProviderIdentity,
  person: Found,
): { readonly roles: readonly Role[]; readonly groups: readonly string[] } | undefined {
  const settle = (kind: "role" | "group", has: readonly string[]): readonly string[] => {
    const ours = grants.filter((grant) => grant.kind === kind);
    const given = new Set(ours.filter(({ value }) => told.includes(value)).map(({ name }) => name));
    const others = has.filter((name) => !ours.some((grant) => grant.name === name));
    return [...new Set([...others, ...given])].toSorted();
  };
  const roles = settle("role", person.roles).filter(isRole);
  const groups = settle("group", person.groups);
  const same = (a: readonly string[], b: readonly string[]): boolean => a.join("\n") === [...b].toSorted().join("\n");
  return same(roles, person.roles) && same(groups, person.groups) ? undefined : { roles, groups };
}

/** The last administrator stays one, whatever the provider says: somebody must be able to repair it. */
function unlessLastAdministrator(error: unknown): void {
  if (!(error instanceof Problem) || error.code !== "last_administrator") throw error;
}
