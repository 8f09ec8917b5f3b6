/** What people, keys and the system do, held to its word by the database: no commit of a write without an entry. */

/**
 * Writes that are acts, by table. Runs, steps, waits, events and drafts are not among them: their rows have an actor of
 * their own, as nothing that is done thousands of times a second waits for the chain.
 */
const ACTS: readonly (readonly [table: string, when: string])[] = [
  ["absences", "insert or update or delete"],
  ["api_keys", "insert or delete or update of revoked_at, scopes, person, expires_at"],
  ["calendars", "insert or update or delete"],
  ["credentials", "insert or delete or update of value, flows, hosts, revoked_at"],
  ["flow_versions", "insert or delete or update of document"],
  ["flows", "insert or delete or update of live_version, archived_at"],
  ["inbox_views", "insert or update or delete"],
  ["incidents", "update of resolution"],
  ["password_links", "insert"],
  ["people", "insert or delete or update of email, name, roles, groups, password_hash, disabled_at"],
  ["sign_in_identities", "insert or delete or update of person"],
  ["task_comments", "insert or update or delete"],
  ["task_decisions", "insert or update or delete"],
  ["task_delegations", "insert or update or delete"],
  ["task_files", "insert or update or delete"],
  ["workspaces", "insert or delete or update of name, set_up_at"],
];

/**
 * From now on a transaction that does one of them and notes no entry is refused. What tests write themselves is let
 * through: their own connections, and people whom `system:test` has made.
 */
export const REQUIRE_ENTRIES = [
  `create function holdfast.require_entry() returns trigger language plpgsql as $$ begin
     if current_setting('application_name') not like 'holdfast %' or current_setting('application_name') = 'holdfast test'
        -- Forgotten together with its task, long after.
        or (tg_op = 'DELETE' and to_jsonb(old) ? 'task'
            and not exists (select from holdfast.tasks t where t.id = (to_jsonb(old) ->> 'task')::uuid))
        or (tg_table_name = 'people' and to_jsonb(coalesce(new, old)) ->> 'created_by' = 'system:test')
        or exists (select from holdfast.operations o where o.xmin = pg_current_xact_id()::xid) then
       return null;
     end if;
     raise exception '% of % is in no entry', tg_op, tg_table_name;
   end $$`,
  ...ACTS.map(
    ([table, when]) =>
      `create constraint trigger ${table}_require_entry after ${when} on holdfast.${table}
         deferrable initially deferred for each row execute function holdfast.require_entry()`,
  ),
].join(";\n");
