-- breaking
-- The audit: an append-only chain of every decision and operation.
--
-- Each workspace has a chain of its own: `seq` counts without gaps, and `hash` is the SHA-256 of the hash before it
-- (of the first: 32 zero bytes) followed by the entry as text. So whoever changes, drops or moves an entry has to make
-- every later one anew, and meets the signed heads that stand outside the database.
--
-- Lock order: the chain's lock comes last. Whoever notes an entry takes an advisory lock of the transaction and locks
-- nothing more after it, so no two transactions wait for each other. Steps and starts of runs write no entries.

alter table holdfast.operations
  -- Checking it would lock the workspace's row after the chain.
  drop constraint operations_workspace_fkey,
  -- The person behind the actor (itself, or whose key it is) and its name at the time: it may have another one later.
  add column person uuid,
  add column name text,
  add column seq bigint,
  add column hash bytea;

-- The text of an entry, as it is hashed: the columns in this order, jsonb as Postgres writes it (canonical for equal
-- values), the time in UTC.
create function holdfast.entry_text(o holdfast.operations) returns text
  language sql stable
  as $$
    select '{"workspace":' || o.workspace
      || ',"seq":' || o.seq
      || ',"at":"' || to_char(o.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
      || '","actor":' || to_json(o.actor)
      || ',"person":' || coalesce(to_json(o.person::text)::text, 'null')
      || ',"name":' || coalesce(to_json(o.name)::text, 'null')
      || ',"door":' || to_json(o.door)
      || ',"action":' || to_json(o.action)
      || ',"target":' || to_json(o.target)
      || ',"before":' || coalesce(o.before::text, 'null')
      || ',"after":' || coalesce(o.after::text, 'null')
      || '}'
  $$;

-- The chain of what was noted before there was one.
do $$
declare
  o holdfast.operations;
  chain int;
  link bytea;
  place bigint;
begin
  for chain in select distinct workspace from holdfast.operations loop
    place := 0;
    link := decode(repeat('00', 32), 'hex');
    for o in select * from holdfast.operations where workspace = chain order by id loop
      place := place + 1;
      o.seq := place;
      select p.id, p.name into o.person, o.name from holdfast.people p
       where o.actor = 'person:' || p.id or p.id = (select k.person from holdfast.api_keys k where o.actor = 'key:' || k.id);
      link := sha256(link || convert_to(holdfast.entry_text(o), 'UTF8'));
      update holdfast.operations set seq = place, hash = link, person = o.person, name = o.name where id = o.id;
    end loop;
  end loop;
end $$;

drop index holdfast.operations_target;
alter table holdfast.operations
  drop column id,
  alter column seq set not null,
  alter column hash set not null,
  add constraint operations_hash_check check (length(hash) = 32),
  add primary key (workspace, seq);
-- What lists ask for, the newest first.
create index operations_target on holdfast.operations (workspace, target, seq);
create index operations_person on holdfast.operations (workspace, person, seq) where person is not null;
create index operations_action on holdfast.operations (workspace, action, seq);
create index operations_at on holdfast.operations (workspace, at);

-- The one way to note something. Answers with its place in the chain.
create function holdfast.note(
  in_workspace int, in_actor text, in_door text, in_action text, in_target text, in_before jsonb, in_after jsonb
) returns bigint
  language plpgsql
  as $$
    declare
      o holdfast.operations;
      link bytea;
    begin
      select p.id, p.name into o.person, o.name from holdfast.people p
       where p.id = case
         when in_actor ~ '^person:[0-9a-f-]{36}$' then substr(in_actor, 8)::uuid
         when in_actor like 'key:%' then (select k.person from holdfast.api_keys k where k.id = substr(in_actor, 5))
       end;
      perform pg_advisory_xact_lock(hashtextextended('holdfast.audit', in_workspace));
      -- A statement of its own: its snapshot is younger than the lock.
      select seq, hash into o.seq, link from holdfast.operations where workspace = in_workspace order by seq desc limit 1;
      o.workspace := in_workspace;
      o.seq := coalesce(o.seq, 0) + 1;
      o.at := holdfast.now();
      o.actor := in_actor;
      o.door := in_door;
      o.action := in_action;
      o.target := in_target;
      o.before := in_before;
      o.after := in_after;
      o.hash := sha256(coalesce(link, decode(repeat('00', 32), 'hex')) || convert_to(holdfast.entry_text(o), 'UTF8'));
      insert into holdfast.operations (workspace, seq, at, actor, person, name, door, action, target, before, after, hash)
      values (o.workspace, o.seq, o.at, o.actor, o.person, o.name, o.door, o.action, o.target, o.before, o.after, o.hash);
      return o.seq;
    end
  $$;

-- Signed heads, as the file outside the database has them too: what is read here is only shown, the file is the proof.
create table holdfast.audit_heads (
  workspace int not null,
  seq bigint not null,
  hash bytea not null check (length(hash) = 32),
  -- By the wall clock, also in demo mode.
  at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  primary key (workspace, key_id, seq, at)
);

-- Nobody changes what was noted, the owner of the table neither, nor a session that replays.
create function holdfast.refuse_change() returns trigger
  language plpgsql
  as $$
    begin
      raise exception 'holdfast.% is append-only', tg_table_name using errcode = 'insufficient_privilege';
    end
  $$;
create trigger operations_append_only before update or delete or truncate on holdfast.operations
  for each statement execute function holdfast.refuse_change();
create trigger audit_heads_append_only before update or delete or truncate on holdfast.audit_heads
  for each statement execute function holdfast.refuse_change();
alter table holdfast.operations enable always trigger operations_append_only;
alter table holdfast.audit_heads enable always trigger audit_heads_append_only;
revoke update, delete, truncate on holdfast.operations, holdfast.audit_heads from public, current_user;

-- How people decide, in figures: tasks that were decided in a time.
create index tasks_decided on holdfast.tasks (workspace, closed_at) where status = 'decided';
