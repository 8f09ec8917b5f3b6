/**
 * `rightToDecide` for many tasks at once, as SQL: what lists and counts say of a task is what its card says. A test
 * holds the two together; the decision itself never asks here.
 */
import type { Caller } from "../services/services.ts";

export type InboxPerson = Pick<NonNullable<Caller["person"]>, "id" | "email" | "roles" | "groups">;

/**
 * Columns of a select from `tasks t`: `may` (whether the person may decide it), `through_group` (it is for a role or
 * group of theirs), `free` (nobody else has taken it).
 */
export function mayDecideSql(values: { add(value: unknown): string }, person: InboxPerson): string {
  const { id, email } = person;
  const names = `${values.add([id.toLowerCase(), email.toLowerCase(), `person:${id.toLowerCase()}`])}::text[]`;
  const roles = `${values.add(person.roles)}::text[]`;
  const groups = `${values.add(person.groups)}::text[]`;
  const list = (of: "people" | "roles" | "groups"): string => `coalesce(t.assign_to -> '${of}', '[]')`;
  const named = (json: string): string =>
    `exists (select from jsonb_array_elements_text(${json}) n where lower(btrim(n)) = any(${names}))`;
  const anybody = `(${list("people")} = '[]' and ${list("roles")} = '[]' and ${list("groups")} = '[]')`;
  const through = `(${list("roles")} ?| ${roles} or ${list("groups")} ?| ${groups})`;
  const asked = `(t.not_requester and lower(btrim(coalesce(t.requester, ''))) = any(${names}))`;
  return `
    ((${anybody} or ${named(list("people"))} or ${through}) and not ${asked}) as may,
    ${through} as through_group,
    true as free`;
}
