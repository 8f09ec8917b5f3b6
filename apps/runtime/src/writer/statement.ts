/**
 * The one statement of a checkpoint batch: whatever all runs of the process have ready, in one round trip and one
 * commit. It is composed of the parts that the batch has, so a batch of plain steps is planned and sent without
 * the rest. Prepared under a name per combination.
 *
 * Invariants
 * W1 Every row but a start of a root run joins the fence `f`: a run whose epoch has moved on writes nothing.
 * W2 The fence takes a row lock (`for no key update`). Comparing the epoch in a join is no fence: under READ
 *    COMMITTED a takeover that commits meanwhile would let the stale row in.
 * W3 Batches lock runs in the order of their ids; other rows are locked after their run.
 * W4 Running the same batch twice writes the same as running it once: the answer to a COMMIT can be lost. For starts
 *    and steps that needs the statement's careful form; the other one fails as a whole on a row that is there already.
 * W5 Rows to be changed are looked up by `= any(array(…))`: a plan made while a table is small, and kept, would
 *    otherwise hash the whole of it for every batch.
 * W6 A batch changes a run's row once: of two changes that one statement makes to a row Postgres keeps the first and
 *    says nothing. So a write that cancels children, which may have writes of their own ready, is a batch by itself.
 */
import type { Part } from "./run-write.ts";

const START = `
  s as (
    insert into holdfast.runs (id, workspace, flow, flow_version, status, epoch, lease_owner, lease_until, started_at,
      actor, requester, trigger, trigger_event, idempotency_key, input, root, parent, parent_node, iteration, body, body_roots,
      parent_call)
    select x.id, x.w, x.f, x.v, case when x.take then 'running' else 'queued' end, case when x.take then 1 else 0 end,
      case when x.take then $worker end, case when x.take then clock_timestamp() + $lease end,
      coalesce(holdfast.at(x.at), (select clock_timestamp() + ahead from holdfast.clock)),
      x.actor, x.req, x.trig, x.te, x.ik, x.inp, x.root, x.par, x.pn, x.it, coalesce(x.body, false), x.br,
      x.pc
    from json_to_recordset($json) as x(id uuid, w int, f int, v int, take boolean, at bigint, actor text, req text,
      trig json, te uuid, ik text, inp json, root uuid, par uuid, pn text, it int, body boolean, br json, pc text)
    where x.par is null or exists (select from f where f.id = x.par)
    $again
    returning id, started_at
  )`;

/** Closes whatever a node has open in a table. */
const closing = (table: "waits" | "tasks" | "incidents", name: string): string => `
  ${name}x as materialized (
    select * from json_to_recordset($json) as x(r uuid, n text, s text, at bigint)
  ), ${name} as (
    update holdfast.${table} t set status = x.s, closed_at = holdfast.at(x.at)
    from ${name}x x join f on f.id = x.r
    where t.run = any(array(select r from ${name}x)) and t.run = f.id and t.node = x.n and t.status = 'open'
    returning t.id
  )`;

/** Each part's CTE. `$json` is its parameter, `f` the fence. */
const SQL: { readonly [part in Part]: string } = {
  starts: START,
  steps: `
  st as (
    insert into holdfast.steps (run, node, call, attempt, seq, status, port, started_at, finished_at, input, output,
      has_output, error, meta, jitter)
    select x.r, x.n, x.c, x.a, x.q, x.s, x.p, holdfast.at(x.b), holdfast.at(x.e), x.i, x.o, coalesce(x.h, false), x.x, x.m, x.j
    from json_to_recordset($json) as x(r uuid, n text, c text, a int, q int, s text, p text, b bigint, e bigint,
      i json, o json, h boolean, x json, m json, j real)
    join f on f.id = x.r
    $again
  )`,
  intents: `
  it as (
    insert into holdfast.intents (run, node, call, attempt, key)
    select x.r, x.n, x.c, x.a, x.k from json_to_recordset($json) as x(r uuid, n text, c text, a int, k text)
    join f on f.id = x.r
    on conflict do nothing
  )`,
  payloads: `
  pl as (
    insert into holdfast.payloads (id, run, value)
    select x.id, x.r, x.v from json_to_recordset($json) as x(id uuid, r uuid, v json)
    join f on f.id = x.r
    on conflict do nothing
  )`,
  waits: `
  w as (
    insert into holdfast.waits (id, run, node, kind, status, opened_at, deadline, opened_by, look_from, outcomes, in_step)
    select x.id, x.r, x.n, x.k, 'open', holdfast.at(x.at), holdfast.at(x.d), $worker,
      case when x.k = 'event' then greatest(holdfast.at(x.l), (
        select coalesce(e.accepted_at, o.started_at)
        from holdfast.runs o left join holdfast.events e on e.id = o.trigger_event where o.id = x.root)) end, x.o, x.s
    from json_to_recordset($json) as x(id uuid, r uuid, root uuid, n text, k text, at bigint, d bigint, l bigint, o json, s text)
    join f on f.id = x.r
    on conflict do nothing
  )`,
  waitKeys: `
  wk as (
    insert into holdfast.wait_keys (key, wait)
    select holdfast.event_key(x.w, x.e, x.p, x.v::jsonb[]), x.id
    from json_to_recordset($json) as x(r uuid, id uuid, w int, e text, p text[], v text[])
    join f on f.id = x.r
    on conflict do nothing
  )`,
  waitCloses: `${closing("waits", "wc")}, wcd as (
    delete from holdfast.wait_keys k where k.wait = any(array(select id from wc))
  )`,
  timers: `
  tm as (
    insert into holdfast.timers (run, name, due_at)
    select x.r, x.n, holdfast.at(x.at) from json_to_recordset($json) as x(r uuid, n text, at bigint)
    join f on f.id = x.r
    on conflict (run, name) do update set due_at = excluded.due_at, queued_at = null
  )`,
  timerDrops: `
  tdx as materialized (
    select * from json_to_recordset($json) as x(r uuid, n text)
  ), td as (
    delete from holdfast.timers t using tdx x, f
    where t.run = any(array(select r from tdx)) and f.id = x.r and t.run = f.id and (x.n is null or t.name = x.n)
  )`,
  events: `
  ev as (
    insert into holdfast.events (id, workspace, name, data, actor, via, accepted_at, accepted_by)
    select x.id, x.w, x.n, x.d, x.actor, 'flow', holdfast.at(x.at), $worker
    from json_to_recordset($json) as x(r uuid, id uuid, w int, n text, d jsonb, actor text, at bigint)
    join f on f.id = x.r
    on conflict do nothing
    returning id, workspace, name, data
  ), evk as (
    insert into holdfast.event_keys (key, event)
    select k.key, ev.id from ev join holdfast.match_shapes m on m.workspace = ev.workspace and m.event = ev.name
    cross join lateral (select holdfast.event_key(ev.workspace, ev.name, m.paths, holdfast.values_at(ev.data, m.paths)) as key) k
    where k.key is not null
    on conflict do nothing
  )`,
  tasks: `
  tk as (
    insert into holdfast.tasks (id, workspace, run, wait, node, status, title, description, context, assign_to, outcomes,
      form, prefill, columns, requester, not_requester, not_deciders_of, needs, reason_for, files_allowed, ai_offline,
      opened_at, expires_at,
      due_at, priority, link, escalation, missing_calendars, outcome_titles, ai_facts)
    select x.id, x.w, x.r, x.wait, x.n, 'open', x.t, x.d, x.c, x.a, x.o, x.form, x.pre, x.cols, x.req, x.nr, x.nd, x.needs, x.rf,
      x.fa, coalesce(x.off, false),
      holdfast.at(x.at), holdfast.at(x.exp), holdfast.at(x.due), coalesce(x.prio, 'normal'),
      coalesce(x.link, 'shows'), coalesce(x.esc, '[]'), coalesce(x.miss, '{}'), coalesce(x.ot, '{}'), coalesce(x.ai, '{}')
    from json_to_recordset($json) as x(id uuid, w int, r uuid, wait uuid, n text, t text, d text, c jsonb, a jsonb,
      o text[], form jsonb, pre jsonb, cols text[], req text, nr boolean, nd text[], needs jsonb, rf text[], fa boolean, off boolean, at bigint, exp bigint,
      due bigint, prio text, link text, esc jsonb, miss text[], ot jsonb, ai text[])
    join f on f.id = x.r
    on conflict do nothing
    returning id, workspace, run, assign_to, requester, not_requester, not_deciders_of, opened_at
  ), tkn as (
    insert into holdfast.notifications (workspace, person, task, kind, at, mail_at)
    select tk.workspace, p.id, tk.id, 'assigned', tk.opened_at,
      case when coalesce(p.notify ->> 'mail', 'now') = 'now' then tk.opened_at end
    from tk
    cross join lateral holdfast.told_of(tk.workspace, tk.run, tk.assign_to, tk.requester, tk.not_requester, tk.not_deciders_of) told
    join holdfast.people p on p.id = told
  )`,
  taskCloses: closing("tasks", "tc"),
  incidents: `
  ic as (
    insert into holdfast.incidents (id, workspace, run, node, kind, of, attempt, key, error, status, opened_at)
    select x.id, x.w, x.r, x.n, x.k, x.of, x.a, x.key, x.x, 'open', holdfast.at(x.at)
    from json_to_recordset($json) as x(id uuid, w int, r uuid, n text, k text, of text, a int, key text, x json, at bigint)
    join f on f.id = x.r
    on conflict do nothing
  )`,
  incidentCloses: closing("incidents", "icc"),
  childCancels: `
  ccx as materialized (
    select * from json_to_recordset($json) as x(r uuid, n text)
  ), cc as (
    update holdfast.runs c set cancel_mode = coalesce(c.cancel_mode, 'cancel'), wake_seq = c.wake_seq + 1
    from ccx x join f on f.id = x.r
    where c.parent = any(array(select r from ccx)) and c.parent = f.id and c.parent_node = x.n and c.finished_at is null
    returning c.id
  )`,
  runs: `
  ux as materialized (
    select * from json_to_recordset($json) as x(id uuid, s text, st json, q int, fin bigint, o json, x json, rt boolean, rel boolean, seen int)
  ), u as (
    update holdfast.runs t set
      status = case when x.rel and t.wake_seq <> x.seen then 'running' else x.s end,
      state = coalesce(x.st, t.state), state_seq = coalesce(x.q, t.state_seq),
      finished_at = holdfast.at(x.fin), output = x.o, error = x.x,
      retry_wanted = case when x.rt then false else t.retry_wanted end,
      undo_wanted = t.undo_wanted and x.fin is null,
      seen_seq = case when x.fin is not null then t.wake_seq when x.rel then x.seen else t.seen_seq end,
      lease_owner = case when x.fin is not null or (x.rel and t.wake_seq = x.seen) then null else t.lease_owner end,
      lease_until = case when x.fin is not null or (x.rel and t.wake_seq = x.seen) then null else t.lease_until end
    from ux x join f on f.id = x.id
    where t.id = any(array(select id from ux)) and t.id = f.id
    returning t.id, t.lease_owner is null as released
  )`,
};

export interface Statement {
  readonly name: string;
  readonly text: string;
}

const cache = new Map<string, Statement>();

/**
 * The statement for a combination of parts.
 *
 * `careful`: a row may be there already, and is left as it is. `on conflict` makes Postgres look into every unique
 * index before it inserts, which is a tenth of the whole statement: without need it is left out.
 *
 * Parameters: $1 worker id, $2 lease length, $3 and $4 ids and epochs of the fenced runs, then one JSON array per part
 * in order.
 * Rows: `{i, wake_seq, released?}` per run that passed the fence (`i`: its position, from 1), `{id, at}` per started run.
 */
export function checkpointStatement(parts: readonly Part[], careful: boolean): Statement {
  const key = `${careful ? "careful" : ""}_${parts.join("_")}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  // $1 and $2 are named so that they have a type also in combinations that don't use them.
  const ctes = [
    `
  f as materialized (
    select x.i::int as i, r.id, r.wake_seq
    from unnest($3::uuid[], $4::int[]) with ordinality as x(id, e, i)
    cross join lateral (
      select r.id, r.wake_seq from holdfast.runs r where r.id = x.id and r.epoch = x.e for no key update offset 0
    ) r
    where $1::int is not null and $2::interval is not null
  )`,
    ...parts.map((part, index) =>
      SQL[part]
        .replace("$json", `$${index + 5}::json`)
        .replace("$again", careful ? "on conflict do nothing" : "")
        .replaceAll("$worker", "$1::int")
        .replaceAll("$lease", "$2::interval"),
    ),
  ];
  const ends = parts.includes("runs");
  const begins = parts.includes("starts");
  const text = `with ${ctes.join(",")}
  select f.i, f.wake_seq${ends ? ", coalesce(u.released, false) as released" : ""}${begins ? ", null::uuid as id, null::bigint as at" : ""}
  from f ${ends ? "left join u on u.id = f.id" : ""}
  ${begins ? `union all select null, null, ${ends ? "null, " : ""}s.id, holdfast.ms(s.started_at) from s` : ""}`;
  const statement = { name: `holdfast_checkpoint_${cache.size}`, text };
  cache.set(key, statement);
  return statement;
}
