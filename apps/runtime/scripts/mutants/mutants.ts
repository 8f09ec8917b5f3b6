/**
 * What the promises hang on, each taken out by itself: the patch, and the tests that have to notice. A text that is not
 * found exactly once is a mutant that the source has left behind.
 */
export interface Mutant {
  readonly name: string;
  /** Below `apps/runtime`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Below `apps/runtime/test/kill`; with the names of tests, as a pattern, where not all are needed. */
  readonly tests: string;
  readonly named?: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: "the epoch in the fence",
    file: "src/writer/statement.ts",
    from: "where r.id = x.id and r.epoch = x.e for no key update",
    to: "where r.id = x.id for no key update",
    tests: "fence.test.ts",
  },
  {
    name: "the epoch in the fence, for a process that was stopped",
    file: "src/writer/statement.ts",
    from: "where r.id = x.id and r.epoch = x.e for no key update",
    to: "where r.id = x.id for no key update",
    tests: "stopped-worker.test.ts",
  },
  {
    name: "the row lock of the fence",
    file: "src/writer/statement.ts",
    from: "and r.epoch = x.e for no key update offset 0",
    to: "and r.epoch = x.e offset 0",
    tests: "fence.test.ts",
    named: "a takeover that comes first",
  },
  {
    name: "the unique key of steps",
    file: "migrations/000001_init.sql",
    from: "  jitter real,\n  primary key (run, node, call, attempt)",
    to: "  jitter real",
    tests: "lost-answer.test.ts",
    named: "holdfast_checkpoint",
  },
  {
    name: "the unique key of events",
    file: "migrations/000001_init.sql",
    from: "create unique index events_external_id",
    to: "create index events_external_id",
    tests: "events.test.ts",
    named: "that comes twice",
  },
  {
    name: "the unique key of starts",
    file: "migrations/000001_init.sql",
    from: "create unique index runs_idempotency",
    to: "create index runs_idempotency",
    tests: "matrix.test.ts",
    named: "checkpoint.after of data.set",
  },
  {
    name: "the unique key of decisions",
    file: "migrations/000004_tasks.sql",
    from: "create unique index task_decisions_one on",
    to: "create index task_decisions_one on",
    tests: "decisions.test.ts",
    named: "stands alone",
  },
  {
    name: "the unique key of votes",
    file: "migrations/000004_tasks.sql",
    from: "create unique index task_decisions_actor on",
    to: "create index task_decisions_actor on",
    tests: "decisions.test.ts",
    named: "stands alone",
  },
  {
    name: "the unique key of voices",
    file: "migrations/000004_tasks.sql",
    from: "create unique index task_decisions_voice on",
    to: "create index task_decisions_voice on",
    tests: "decisions.test.ts",
    named: "stands alone",
  },
  {
    name: "the intent",
    file: "src/host/commands/execute.ts",
    from: 'if (prepared.effect === "once") {',
    // Attempts count from 1: no intent is ever written, not even a first one.
    to: 'if (prepared.effect === "once" && prepared.attempt === 0) {',
    tests: "once.test.ts",
    named: "killed when the target has it",
  },
  {
    name: "the look of a wait back",
    file: "src/store/events.ts",
    from: "where w.id = $1 and w.status = 'open' and e.accepted_at >= w.look_from",
    to: "where w.id = $1 and w.status = 'never' and e.accepted_at >= w.look_from",
    tests: "looks.test.ts",
    named: "wait looks",
  },
  {
    name: "the look of an event for waits",
    file: "src/store/events.ts",
    from: "join holdfast.waits w on w.id = wk.wait and w.status = 'open'",
    to: "join holdfast.waits w on w.id = wk.wait and w.status = 'never'",
    tests: "looks.test.ts",
    named: "event looks",
  },
  {
    name: "the sweeper's look for runs",
    file: "src/jobs/sweeper.ts",
    from: "  options.dispatch(await strandedRuns(database, MAX_RUNS));\n",
    to: "  await strandedRuns(database, 0);\n",
    tests: "matrix.test.ts",
    named: "checkpoint.before of branch",
  },
  {
    name: "the sweeper's look for parents",
    file: "src/jobs/sweeper.ts",
    from: "  options.dispatch(await forgottenParents(database, MAX_RUNS));\n",
    to: "  await forgottenParents(database, 0);\n",
    tests: "matrix.test.ts",
    named: "the last child has ended and its parent is not woken",
  },
  {
    name: "the sweeper's looks for the events of the dead",
    file: "src/jobs/sweeper.ts",
    from: "  await looks.eventsAccepted(await eventsAcceptedBy(database, worker.id));\n",
    to: "  await eventsAcceptedBy(database, worker.id);\n",
    tests: "matrix.test.ts",
    named: "checkpoint.after of event.send",
  },
  {
    name: "the sweeper's looks for the waits of the dead",
    file: "src/jobs/sweeper.ts",
    from: "await looks.waitOpened(workspace, id);",
    to: "void [workspace, id];",
    tests: "matrix.test.ts",
    named: "wait.after of wait.event",
  },
  {
    name: "the condition of the update that resolves a wait",
    file: "src/store/waits.ts",
    from: "where w.id = $1 and w.run = locked.id and w.status = 'open'",
    to: "where w.id = $1 and w.run = locked.id",
    tests: "looks.test.ts",
    named: "a wait that both looks find",
  },
  {
    name: "the condition under which a lease is given up",
    file: "src/writer/statement.ts",
    from: "lease_owner = case when x.fin is not null or (x.rel and t.wake_seq = x.seen) then null",
    to: "lease_owner = case when x.fin is not null or x.rel then null",
    tests: "fence.test.ts",
    named: "is given up only by a holder that has seen every wake-up",
  },
  {
    name: "the epoch in the fence of a flow's own transaction",
    file: "migrations/000012_own_database.sql",
    from: "where id = e.run and epoch = e.epoch and finished_at is null for no key update",
    to: "where id = e.run and finished_at is null for no key update",
    tests: "door.test.ts",
    named: "after a takeover in its middle",
  },
  {
    name: "the row lock in the fence of a flow's own transaction",
    file: "migrations/000012_own_database.sql",
    from: "and epoch = e.epoch and finished_at is null for no key update",
    to: "and epoch = e.epoch and finished_at is null",
    tests: "door.test.ts",
    named: "a takeover waits until what is kept is committed",
  },
  {
    name: "the look whether a flow's own transaction was committed before",
    file: "migrations/000012_own_database.sql",
    from: "where s.run = e.run and s.node = e.node and s.call = e.call and s.status = 'completed'",
    to: "where false",
    tests: "door.test.ts",
    named: "a second time, in another attempt",
  },
  {
    name: "the pass of a flow's own transaction",
    file: "migrations/000012_own_database.sql",
    from: "      if sha256(convert_to(pass, 'UTF8'))\n         is distinct from",
    to: "      if sha256(convert_to(pass, 'UTF8')) is null and null is distinct from",
    tests: "door.test.ts",
    named: "is for one",
  },
  {
    name: "the record in a flow's own transaction",
    file: "src/host/own-database.ts",
    from: "await session.commitAfter(KEEP, [sealed.row, sealed.payload?.id ?? null, sealed.payload?.text ?? null]);",
    to: 'await session.query("commit");',
    tests: "own-database.test.ts",
    named: "counts once, killed at",
  },
  {
    name: "the sub-step that takes a failed call of a model along",
    file: "../../packages/nodes/src/ai/consult.ts",
    from: "if (last !== undefined) {",
    to: "if (last !== undefined && last.code === undefined) {",
    tests: "provider-failures.test.ts",
    named: "each ends as documented",
  },
];
