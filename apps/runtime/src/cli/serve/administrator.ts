/** A fresh installation has nobody who could create a key: the first start makes one administrator, and its key. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Pool } from "pg";
import { SCOPES } from "../../access/rights.ts";
import { createKey } from "../../keys/key-store.ts";
import { nobodyYet, putPerson } from "../../people/person-store.ts";
import type { Caller } from "../../services/services.ts";

const OPERATOR: Caller = { workspace: 1, actor: { kind: "system", id: "first start" }, door: "cli" };

/**
 * @returns The file with the key, which its owner alone may read; nothing if there are people already.
 */
export async function ensureAdministrator(database: Pool, dir: string): Promise<string | undefined> {
  if (!(await nobodyYet(database, OPERATOR.workspace))) return undefined;
  const email = "administrator@localhost";
  const person = await putPerson(database, OPERATOR, {
    email,
    name: "Administrator",
    roles: ["administrator", "developer", "analyst"],
    groups: [],
  });
  const { text: apiKey } = await createKey(database, OPERATOR, { person, name: "First key", scopes: SCOPES });
  await mkdir(dir, { recursive: true });
  const file = join(dir, "administrator.json");
  await writeFile(file, `${JSON.stringify({ email, apiKey }, null, 2)}\n`, { mode: 0o600 });
  return file;
}
