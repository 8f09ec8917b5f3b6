/**
 * Starting runs: by hand, through the API, or by an event.
 */
import type pg from "pg";
import { ExpressionError, type Json, type JsonObject, walkNodes } from "@holdfast/dsl";
import { actorText } from "../actor/actor.ts";
import type { Clock } from "../clock/host-clock.ts";
import type { CompiledFlow } from "../host/compiled-flow.ts";
import { iso } from "../host/expression-roots.ts";
import { LIMITS } from "../host/limits.ts";
import { failpoint } from "../host/failpoint.ts";
import { type NewRun, startRow } from "../host/new-run.ts";
import { requesterOf } from "../host/requester.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { eventRoot } from "../looks/match.ts";
import { Problem } from "../problem/problem.ts";
import type { Refusal, StoredEvent } from "../store/events.ts";
import type { GroupWriter } from "../writer/group-writer.ts";
import type { Caller, StartRun } from "./services.ts";
import { isStorableText, storableText } from "./storable.ts";

export interface StartContext {
  readonly database: pg.Pool;
  readonly writer: GroupWriter;
  readonly clock: Clock;
  flowById(workspace: number, id: string, version?: number): Promise<CompiledFlow | undefined>;
  hasRoom(): boolean;
  adopt(run: NewRun): void;
  dispatch(runs: readonly string[]): void;
}

export interface Started {
  readonly runId: string;
  readonly created: boolean;
  /** The run as it was committed; absent where another one stands in its place. */
  readonly run?: NewRun;
}

/** @throws Problem */
export async function startRun(context: StartContext, caller: Caller, start: StartRun): Promise<Started> {
  const flow = await context.flowById(caller.workspace, start.flow, start.version);
  if (flow === undefined) throw await noSuchFlow(context.database, caller.workspace, start);
  if (start.idempotencyKey !== undefined && !isStorableText(start.idempotencyKey)) {
    throw new Problem(422, "invalid_text", "text with U+0000 or half a surrogate pair can't be stored", {
      pointer: "/idempotencyKey",
    });
  }
  const inputText = checkedInput(flow, start.input);
  const trigger: JsonObject = {
    type: "call",
    by: { kind: caller.actor.kind, id: caller.actor.id },
    at: iso(context.clock.now()),
  };
  const requester = requesterOf(flow, { input: start.input, trigger }) ?? caller.person?.email;
  if (requester === undefined && needsRequester(flow)) {
    throw new Problem(
      422,
      "no_requester",
      "The flow asks that the requester does not decide, and nobody is known as the requester.",
      {
        hint: "Start it as a person, or give settings.requester a value",
      },
    );
  }
  const run: NewRun = {
    id: uuid7(),
    workspace: caller.workspace,
    flow,
    input: start.input,
    inputText,
    trigger,
    ...(start.idempotencyKey === undefined ? {} : { idempotencyKey: start.idempotencyKey }),
    startedAt: null,
    actor: actorText(caller.actor),
    requester,
    take: context.hasRoom(),
  };
  const committed = await commit(context, run);
  if (committed !== undefined) return { runId: run.id, created: true, run: committed };
  const existing = await context.database.query<{ id: string }>(
    "select id from holdfast.runs where flow = $1 and idempotency_key = $2",
    [flow.flowRef, start.idempotencyKey ?? null],
  );
  const id = existing.rows[0]?.id;
  if (id === undefined) throw new Error("a run was neither started nor found");
  // Our own row: the first answer to the commit was lost, and the statement was sent again.
  if (id === run.id) goOn(context, run);
  return { runId: id, created: id === run.id };
}

/** Starts a run for an event that has a trigger. Undefined when it runs, now or before. */
export async function startByEvent(
  context: StartContext,
  event: StoredEvent,
  flow: CompiledFlow,
): Promise<Refusal | undefined> {
  const trigger = flow.triggers.find((candidate) => candidate.event === event.name);
  if (trigger === undefined) return undefined;
  let input: Json;
  let inputText: string;
  try {
    input = trigger.input === undefined ? event.data : trigger.input.evaluate({ event: eventRoot(event) });
    inputText = checkedInput(flow, input);
  } catch (error) {
    if (error instanceof ExpressionError) {
      return { flow: flow.id, code: "mapping_failed", pointer: error.pointer, message: error.message };
    }
    if (error instanceof Problem) {
      const [first] = error.issues;
      const pointer = (first?.pointer ?? error.pointer ?? "").replace(
        /^\/input/,
        trigger.input === undefined ? "/data" : "",
      );
      return { flow: flow.id, code: error.code, pointer, message: first?.message ?? error.message };
    }
    throw error;
  }
  const at = iso(event.acceptedAt);
  const [kind = "system", id = ""] = event.actor.split(":", 2);
  const triggerRoot: JsonObject = { type: "event", event: event.name, by: { kind, id }, at };
  const requester = requesterOf(flow, { input, trigger: triggerRoot });
  // Where the flow says who the requester is, an event that names none simply has none.
  if (requester === undefined && flow.requester === undefined && needsRequester(flow)) {
    return {
      flow: flow.id,
      code: "no_requester",
      pointer: "",
      message: "Nobody is known as the requester, and the flow asks that the requester does not decide.",
    };
  }
  const run: NewRun = {
    id: uuid7(),
    workspace: event.workspace,
    flow,
    input,
    inputText,
    trigger: triggerRoot,
    triggerEvent: event.id,
    startedAt: null,
    actor: event.actor,
    requester,
    take: context.hasRoom(),
  };
  await commit(context, run);
  return undefined;
}

/** Commits the start and goes on with it. Undefined when another row stands in its place. */
async function commit(context: StartContext, run: NewRun): Promise<NewRun | undefined> {
  if (run.take) failpoint("lease.before");
  const result = await context.writer.submit({
    runId: run.id,
    epoch: undefined,
    contested: run.idempotencyKey !== undefined || run.triggerEvent !== undefined,
    rows: [{ part: "starts", rows: [startRow(run)] }],
  });
  if (run.take) failpoint("lease.after");
  if (result.kind !== "written" || !result.inserted) return undefined;
  const committed = { ...run, startedAt: result.startedAt };
  goOn(context, committed);
  return committed;
}

function goOn(context: StartContext, run: NewRun): void {
  if (run.take) context.adopt(run);
  else context.dispatch([run.id]);
}

/** The flow stands in the address, which no pointer leads into; its version in the body. */
async function noSuchFlow(database: pg.Pool, workspace: number, { flow, version }: StartRun): Promise<Problem> {
  const notFound = (which: string): Problem => new Problem(404, "flow_not_found", `There is no ${which}.`);
  if (version === undefined || !isStorableText(flow)) return notFound(`published flow “${flow}”`);
  const { rowCount } = await database.query("select from holdfast.flows where workspace = $1 and id = $2", [
    workspace,
    flow,
  ]);
  return rowCount === 0
    ? notFound(`flow “${flow}”`)
    : new Problem(404, "flow_version_not_found", `There is no version ${version} of the flow “${flow}”.`, {
        pointer: "/version",
      });
}

/** JSON text of an input that fits. @throws Problem with every field that does not */
function checkedInput(flow: CompiledFlow, input: Json): string {
  const checked = flow.input?.validate(input) ?? { ok: true };
  if (!checked.ok) {
    throw new Problem(422, "invalid_input", `The input does not fit the flow “${flow.id}”.`, {
      pointer: `/input${checked.errors[0]?.pointer ?? ""}`,
      issues: checked.errors.map(({ pointer, message }) => ({
        code: "does_not_fit",
        pointer: `/input${pointer}`,
        message,
      })),
    });
  }
  return storableText(input, LIMITS.input, "/input");
}

const demanding = new WeakMap<CompiledFlow, boolean>();

/** Whether some task of the flow excludes the requester. */
function needsRequester(flow: CompiledFlow): boolean {
  let needs = demanding.get(flow);
  if (needs === undefined) {
    needs = [...walkNodes(flow.document)].some(({ node }) => {
      const inbox = node.params["inbox"];
      return typeof inbox === "object" && inbox !== null && !Array.isArray(inbox) && inbox["notRequester"] === true;
    });
    demanding.set(flow, needs);
  }
  return needs;
}
