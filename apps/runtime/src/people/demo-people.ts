/**
 * The people of the demo. Their passwords are made up on the first start and stay the same: `DIR/demo.json` keeps
 * them, for people and scripts that try things out on this computer. Production has no such people and no such file.
 */
import type { Pool } from "pg";
import { SCOPES, type Role } from "../access/rights.ts";
import { parseApiKey, secretFits } from "../keys/api-key.ts";
import { createKey, findKey, type NewKey } from "../keys/key-store.ts";
import type { Caller } from "../services/services.ts";
import { hashPassword, newPassword, passwordFits } from "./password.ts";
import { putPerson } from "./person-store.ts";

export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly groups: readonly string[];
}

/** Whose key `demo.json` has. The wider roles let that one key drive everything a script may want to try. */
const MANAGER: DemoPerson = {
  name: "Marta Manager",
  email: "marta@demo.holdfast.local",
  roles: ["manager", "developer", "analyst"],
  groups: ["support"],
};

const DEMO_PEOPLE: readonly DemoPerson[] = [
  { name: "Sam Service", email: "sam@demo.holdfast.local", roles: ["viewer"], groups: ["customer-service"] },
  { name: "Ada Analyst", email: "ada@demo.holdfast.local", roles: ["analyst"], groups: [] },
  MANAGER,
  { name: "Milo Manager", email: "milo@demo.holdfast.local", roles: ["manager"], groups: ["support"] },
  { name: "Fay Finance", email: "fay@demo.holdfast.local", roles: ["viewer"], groups: ["finance"] },
  { name: "Ines Administrator", email: "ines@demo.holdfast.local", roles: ["administrator"], groups: [] },
];

/** What is kept between starts. */
export interface DemoSecrets {
  readonly apiKey?: string | undefined;
  /** The key of the demo's bank, which may send events and nothing else. */
  readonly bankKey?: string | undefined;
  /** By e-mail address. */
  readonly passwords: ReadonlyMap<string, string>;
}

export interface Demo {
  readonly apiKey: string;
  readonly bankKey: string;
  readonly people: readonly (DemoPerson & { readonly password: string })[];
}

const OPERATOR: Caller = { workspace: 1, actor: { kind: "system", id: "demo" }, door: "cli" };

/** Sees to it that the people and keys are there; what was kept stays good. */
export async function ensureDemo(database: Pool, kept: DemoSecrets): Promise<Demo> {
  const people: (DemoPerson & { password: string })[] = [];
  let manager = "";
  for (const person of DEMO_PEOPLE) {
    const password = kept.passwords.get(person.email) ?? newPassword();
    const id = await ensurePerson(database, person, password);
    if (person === MANAGER) manager = id;
    people.push({ ...person, password });
  }
  return {
    apiKey: await ensureKey(database, kept.apiKey, { person: manager, name: "Demo", scopes: SCOPES }),
    bankKey: await ensureKey(database, kept.bankKey, {
      person: manager,
      name: "The demo's bank",
      scopes: ["events:send"],
    }),
    people,
  };
}

async function ensurePerson(database: Pool, person: DemoPerson, password: string): Promise<string> {
  const found = await database.query<{ id: string; password_hash: string | null }>(
    "select id, password_hash from holdfast.people where workspace = $1 and lower(email) = lower($2) and disabled_at is null",
    [OPERATOR.workspace, person.email],
  );
  const row = found.rows[0];
  if (row !== undefined && row.password_hash !== null && (await passwordFits(password, row.password_hash))) {
    return row.id;
  }
  return putPerson(database, OPERATOR, { ...person, passwordHash: await hashPassword(password) });
}

async function ensureKey(database: Pool, kept: string | undefined, wanted: NewKey): Promise<string> {
  const parts = kept === undefined ? undefined : parseApiKey(kept);
  const key = parts === undefined ? undefined : await findKey(database, parts.id);
  const good =
    kept !== undefined &&
    parts !== undefined &&
    key !== undefined &&
    secretFits(parts.secret, key.hash) &&
    !key.revoked &&
    key.person.id === wanted.person &&
    wanted.scopes.every((scope) => key.scopes.includes(scope)) &&
    (key.expiresAt === null || key.expiresAt > Date.now());
  return good ? kept : (await createKey(database, OPERATOR, wanted)).text;
}
