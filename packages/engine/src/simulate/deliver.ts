/** Events find waits, and waits look back for events. */
import { compileSchema, isJsonObject } from "@holdfast/dsl";
import type { InboxSpec, Json, JsonObject } from "@holdfast/dsl";
import { isoTime } from "./iso-time.ts";
import { outcomeFor, sameJson } from "./matching.ts";
import { complete } from "./results.ts";
import { rootsOf } from "./roots.ts";
import type { SimulatedActor } from "./setup.ts";
import type { EventWait, SimRun } from "./sim-run.ts";
import { SimulationError } from "./simulation-error.ts";
import type { LoggedEvent, World } from "./world.ts";

/** An event to be accepted. */
export interface NewEvent {
  readonly name: string;
  readonly data: Json;
  readonly by?: SimulatedActor;
}

/** Accepts an event: it is stored, and resolves every open wait that it fits. */
export function sendEvent(world: World, event: NewEvent, from?: SimRun): LoggedEvent {
  const logged: LoggedEvent = {
    id: `event-${world.events.length + 1}`,
    name: event.name,
    data: event.data,
    at: world.now,
    ...(event.by !== undefined && { by: actor(event.by) }),
    usedBy: new Set(),
  };
  world.events.push(logged);
  if (from !== undefined) world.note(from, { type: "event.sent", detail: { name: event.name, data: event.data } });
  for (const run of world.runs) for (const [node, wait] of run.waits) offer(world, run, { node, wait }, logged);
  return logged;
}

/** What was accepted since the root run began, and has not resolved another wait of it. */
export function lookBack(world: World, run: SimRun, node: string, wait: EventWait): void {
  const since = Math.max(run.root.state.startedAt, wait.lookBack === undefined ? 0 : world.now - wait.lookBack);
  for (const event of world.events) {
    if (event.at < since || event.usedBy.has(run.root)) continue;
    if (offer(world, run, { node, wait }, event)) return;
  }
}

/** A decision in the inbox. */
export interface Decided {
  readonly node: string;
  readonly outcome: string;
  readonly data?: JsonObject;
  readonly comment?: string;
  readonly by?: SimulatedActor;
}

/** A wait with its inbox section. */
export interface OpenTask {
  readonly wait: EventWait;
  readonly inbox: InboxSpec;
}

/** @throws SimulationError `decision_invalid`, `not_allowed` */
export function decideTask(world: World, run: SimRun, { wait, inbox }: OpenTask, decided: Decided): void {
  if (!wait.outcomes.some(({ port }) => port === decided.outcome)) {
    throw new SimulationError("decision_invalid", `“${decided.node}” has no outcome “${decided.outcome}”`);
  }
  const by = actor(decided.by ?? { id: "tester" });
  const requester = rootsOf(run, world.now)["run"];
  if (inbox.notRequester && isJsonObject(requester) && sameJson(requester["requester"], by["id"])) {
    throw new SimulationError("not_allowed", `Who asked for it may not decide “${decided.node}”`);
  }
  const data = { ...inbox.prefill, ...decided.data };
  const problem = formProblem(inbox, data);
  if (problem !== undefined) {
    throw new SimulationError("decision_invalid", `The decision on “${decided.node}” does not fit: ${problem}`);
  }
  const earlier = decided.by === undefined ? undefined : inbox.notDecidersOf.find((node) => hasDecided(run, node, by));
  if (earlier !== undefined) {
    throw new SimulationError("not_allowed", `Who decided “${earlier}” may not decide “${decided.node}”`);
  }
  const value = decisionValue(decided.outcome, data, {
    ...(decided.comment !== undefined && { comment: decided.comment }),
    by,
    via: "test",
    at: isoTime(world.now),
  });
  complete(world, run, { node: decided.node, attempt: wait.attempt, port: decided.outcome, value });
}

interface Place {
  readonly node: string;
  readonly wait: EventWait;
}

/** Whether the event resolved the wait. */
function offer(world: World, run: SimRun, { node, wait }: Place, event: LoggedEvent): boolean {
  const outcome = outcomeFor(world.library, wait.outcomes, event, rootsOf(run, world.now));
  if (outcome === undefined) return false;
  const result =
    wait.inbox === undefined ? messageOf(outcome.port, event) : decisionOf(outcome.port, event, wait.inbox);
  if (typeof result === "string") {
    world.note(run, { type: "event.refused", node, port: outcome.port, detail: { name: event.name, why: result } });
    return false;
  }
  event.usedBy.add(run.root);
  complete(world, run, { node, attempt: wait.attempt, port: outcome.port, value: result });
  return true;
}

function messageOf(outcome: string, { data, id, name, at }: LoggedEvent): JsonObject {
  return { outcome, data, event: { id, name }, at: isoTime(at) };
}

/** A decision by the event's sender, or why it is none. */
function decisionOf(outcome: string, event: LoggedEvent, inbox: InboxSpec): JsonObject | string {
  const data = isJsonObject(event.data) ? { ...inbox.prefill, ...event.data } : event.data;
  const problem = formProblem(inbox, data);
  if (problem !== undefined) return problem;
  const by = event.by ?? { kind: "system", id: "event" };
  return decisionValue(outcome, data, { by, via: "event", at: isoTime(event.at) });
}

/** One act decides, also where several people would be needed: it stands for all of them. */
function decisionValue(outcome: string, data: Json, given: JsonObject): JsonObject {
  return { outcome, data, ...given, comments: [], files: [], decisions: [{ outcome, ...given }] };
}

function hasDecided(run: SimRun, node: string, by: JsonObject): boolean {
  const output = run.outputs.get(node);
  return isJsonObject(output) && isJsonObject(output["by"]) && sameJson(output["by"]["id"], by["id"]);
}

function formProblem(inbox: InboxSpec, data: Json): string | undefined {
  const checked = compileSchema(inbox.form ?? true).validate(data);
  if (checked.ok) return undefined;
  return checked.errors.map(({ pointer, message }) => `${pointer || "it"} ${message}`).join("; ");
}

function actor({ kind = "person", id, name }: SimulatedActor): JsonObject {
  return { kind, id, ...(name !== undefined && { name }) };
}
