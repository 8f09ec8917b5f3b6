/**
 * The person behind an actor: itself, or the one a key belongs to.
 */
import type pg from "pg";
import type { Actor } from "../actor/actor.ts";
import { isUuid } from "../ids/uuid7.ts";
import type { Caller } from "../services/services.ts";

export async function personOf(database: pg.Pool, actor: Actor): Promise<Caller["person"]> {
  if (actor.kind !== "person" && actor.kind !== "key") return undefined;
  if (actor.kind === "person" && !isUuid(actor.id)) return undefined;
  const where =
    actor.kind === "person" ? "p.id = $1::uuid" : "p.id = (select k.person from holdfast.api_keys k where k.id = $1)";
  const found = await database.query<NonNullable<Caller["person"]>>(
    `select p.id, p.name, p.email, p.roles, p.groups from holdfast.people p where ${where} and p.disabled_at is null`,
    [actor.id],
  );
  return found.rows[0];
}
