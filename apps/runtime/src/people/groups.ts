/**
 * Groups are names that people carry and that flows assign tasks to. So a group is there as soon as somebody is in it.
 */
import type { Pool, PoolClient } from "pg";
import { noteOperation } from "../audit/note-operation.ts";
import { inTransaction } from "../database/transaction.ts";
import { Problem } from "../problem/problem.ts";
import type { Queryable } from "../read/queryable.ts";
import type { Caller } from "../services/services.ts";

export interface GroupRow {
  readonly name: string;
  readonly members: readonly { readonly id: string; readonly name: string }[];
  /** Flows whose live version names the group. */
  readonly flows: readonly { readonly id: string; readonly name: string }[];
}

interface LiveFlow {
  readonly id: string;
  readonly name: string;
  readonly document: string;
}

export async function listGroups(database: Queryable, workspace: number): Promise<readonly GroupRow[]> {
  const { rows } = await database.query<Omit<GroupRow, "flows">>(
    `select g as name, json_agg(json_build_object('id', p.id, 'name', p.name) order by lower(p.name)) as members
       from holdfast.people p, unnest(p.groups) g where p.workspace = $1 group by g order by lower(g)`,
    [workspace],
  );
  const live = await database.query<LiveFlow>(
    `select f.id, v.name, v.document from holdfast.flows f
       join holdfast.flow_versions v on v.flow = f.ref and v.version = f.live_version
      where f.workspace = $1 and v.document like '%"groups"%'`,
    [workspace],
  );
  const named = live.rows.map(({ id, name, document }) => ({ id, name, groups: groupsIn(JSON.parse(document)) }));
  return rows.map((row) => ({
    ...row,
    flows: named.filter(({ groups }) => groups.has(row.name)).map(({ id, name }) => ({ id, name })),
  }));
}

/** The texts of every list called `groups`, wherever it stands. */
function groupsIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== "object" || value === null) return found;
  for (const [key, item] of Object.entries(value)) {
    if (key === "groups" && Array.isArray(item)) {
      for (const each of item) if (typeof each === "string") found.add(each);
    }
    groupsIn(item, found);
  }
  return found;
}

/** @throws Problem 404 `group_not_found` or 409 `group_exists`. */
export async function renameGroup(pool: Pool, caller: Caller, from: string, to: string): Promise<void> {
  if (from === to) return;
  await inTransaction(pool, async (client) => {
    await lockPeople(client, caller);
    const there = await client.query("select from holdfast.people where workspace = $1 and $2 = any(groups) limit 1", [
      caller.workspace,
      to,
    ]);
    if (there.rowCount !== 0) {
      throw new Problem(409, "group_exists", `There is a group ${JSON.stringify(to)} already.`, { pointer: "/to" });
    }
    const { rowCount } = await client.query(
      "update holdfast.people set groups = array_replace(groups, $2, $3) where workspace = $1 and $2 = any(groups)",
      [caller.workspace, from, to],
    );
    if (rowCount === 0) throw new Problem(404, "group_not_found", `Nobody is in ${JSON.stringify(from)}.`);
    await noteOperation(client, caller, { action: "group.rename", target: `group:${to}`, before: { name: from } });
  });
}

/** Who is in it from now on; nobody: there is no such group any more. @throws Problem 404 `person_not_found`. */
export async function setMembers(pool: Pool, caller: Caller, name: string, members: readonly string[]): Promise<void> {
  await inTransaction(pool, async (client) => {
    await lockPeople(client, caller);
    const known = await client.query<{ id: string; member: boolean }>(
      `select id, $2 = any(groups) as member from holdfast.people
        where workspace = $1 and ($2 = any(groups) or id = any($3::uuid[]))`,
      [caller.workspace, name, members],
    );
    const missing = members.find((id) => !known.rows.some((row) => row.id === id));
    if (missing !== undefined) throw new Problem(404, "person_not_found", "there is no such person here");
    await client.query(
      `update holdfast.people
          set groups = case when id = any($3::uuid[]) then array_append(array_remove(groups, $2), $2)
                            else array_remove(groups, $2) end
        where workspace = $1 and ($2 = any(groups)) <> (id = any($3::uuid[]))`,
      [caller.workspace, name, members],
    );
    await noteOperation(client, caller, {
      action: "group.change",
      target: `group:${name}`,
      before: { members: known.rows.filter(({ member }) => member).map(({ id }) => id) },
      after: { members: [...members] },
    });
  });
}

/** Changes of people go one after the other. */
async function lockPeople(client: PoolClient, { workspace }: Caller): Promise<void> {
  await client.query("select from holdfast.workspaces where id = $1 for update", [workspace]);
}
