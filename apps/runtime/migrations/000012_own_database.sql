-- not breaking
-- SQL of a flow in this very database is recorded as done in its own transaction.
--
-- It runs on a connection of its own, under a role that has no right on this schema. The schema `holdfast_door` is all
-- that such a role sees of Holdfast: two functions, which everybody may call and which do nothing without a pass that
-- only Holdfast can write. Locks: `keep` locks the run, as the last row of its transaction, and waits for nothing after it.

-- What passes are made with. It never leaves the database.
create table holdfast.door_secret (
  only_row boolean primary key default true check (only_row),
  secret bytea not null check (length(secret) = 32)
);
insert into holdfast.door_secret (secret)
values (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

-- Attempts that are in the middle of a transaction of their own. A row is seen by its own transaction alone: it is
-- taken out again before the commit.
create table holdfast.door_entries (
  transaction xid8 primary key,
  run uuid not null,
  epoch int not null,
  node text not null,
  call text not null,
  attempt int not null,
  -- The call of the step whose part this is: `main`, or `undo` of a compensation.
  part_of text not null
);

-- Twice hashed, so that nothing can be appended to what was signed.
create function holdfast.door_sign(message jsonb) returns text
  language sql stable
  as $$
    select encode(sha256(secret || sha256(secret || convert_to(message::text, 'UTF8'))), 'hex') from holdfast.door_secret
  $$;

create function holdfast.door_pass(run uuid, epoch int, node text, call text, attempt int, part_of text) returns text
  language sql stable
  as $$ select holdfast.door_sign(jsonb_build_array('enter', run, epoch, node, call, attempt, part_of)) $$;

revoke all on function holdfast.door_sign(jsonb), holdfast.door_pass(uuid, int, text, text, int, text) from public;

create schema holdfast_door;
grant usage on schema holdfast_door to public;

-- Proves to Holdfast that a connection leads to its own database: nobody else can answer.
create function holdfast_door.answer(challenge text) returns text
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select holdfast.door_sign(jsonb_build_array('answer', challenge)) $$;

-- Begins: says whose the transaction is. A worker that has lost the run does not even begin.
create function holdfast_door.enter(run uuid, epoch int, node text, call text, attempt int, part_of text, pass text)
  returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if sha256(convert_to(pass, 'UTF8'))
         is distinct from sha256(convert_to(holdfast.door_pass(run, epoch, node, call, attempt, part_of), 'UTF8')) then
        raise exception 'this is no pass' using errcode = 'HF000';
      end if;
      if not exists (select from holdfast.runs r where r.id = enter.run and r.epoch = enter.epoch) then
        raise exception 'another process has taken the run over' using errcode = 'HF001';
      end if;
      insert into holdfast.door_entries values (pg_current_xact_id(), run, epoch, node, call, attempt, part_of);
    end
  $$;

-- Ends: the fence, and the record. The row is that of the writer's statement. Right before the commit, in the same
-- message: the run's row is what every write, wake-up and renewal of its lease waits for, so nobody's SQL may hold it.
create function holdfast_door.keep(result json, payload uuid, payload_value json) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      e holdfast.door_entries;
    begin
      delete from holdfast.door_entries where transaction = pg_current_xact_id() returning * into e;
      if not found then
        raise exception 'this transaction has not begun, or is over' using errcode = 'HF000';
      end if;
      perform from holdfast.runs where id = e.run and epoch = e.epoch and finished_at is null for no key update;
      if not found then
        raise exception 'another process has taken the run over' using errcode = 'HF001';
      end if;
      -- Statements of their own: their snapshot is younger than the lock.
      if exists (select from holdfast.steps s
                  where s.run = e.run and s.node = e.node and s.call = e.call and s.status = 'completed') then
        raise exception 'it is done already' using errcode = 'HF002';
      end if;
      if exists (select from holdfast.steps s
                  where s.run = e.run and s.node = e.node and s.call in (e.call, e.part_of) and s.attempt = e.attempt) then
        raise exception 'the attempt is over' using errcode = 'HF001';
      end if;
      if payload is not null then
        insert into holdfast.payloads (id, run, value) values (payload, e.run, payload_value);
      end if;
      insert into holdfast.steps (run, node, call, attempt, seq, status, started_at, finished_at, output, has_output)
      select e.run, e.node, e.call, e.attempt, x.q, 'completed', holdfast.at(x.b), holdfast.at(x.e), x.o, coalesce(x.h, false)
        from json_to_record(result) as x(q int, b bigint, e bigint, o json, h boolean);
    end
  $$;
