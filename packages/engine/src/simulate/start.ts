/** The run that a simulation begins with. */
import type { FlowDocument, Json, JsonObject, Roots } from "@holdfast/dsl";
import { isoTime } from "./iso-time.ts";
import type { SimulationSetup } from "./setup.ts";
import { SimRun } from "./sim-run.ts";
import type { World } from "./world.ts";

export function startRun(world: World): SimRun {
  const { setup, now } = world;
  const flow = world.library.load(setup.flow);
  const base = { input: inputOf(world), trigger: triggerOf(setup) };
  const requester = requesterOf(world, setup.flow, base);
  const about: JsonObject = {
    id: "run",
    flow: setup.flow.id,
    version: 0,
    startedAt: isoTime(now),
    ...(requester !== undefined && { requester }),
  };
  const run = new SimRun({ id: "run", flow, plan: flow.plan.root, at: now, roots: { ...base, run: about } });
  world.add(run);
  return run;
}

function inputOf(world: World): Json {
  const { flow, trigger, input } = world.setup;
  if (trigger === undefined) return input ?? {};
  const spec = flow.triggers.find((candidate) => candidate.type === "event" && candidate.event === trigger.event);
  if (spec?.type !== "event" || spec.input === undefined) return trigger.data;
  return world.library.template(spec.input, { event: { name: trigger.event, data: trigger.data } });
}

function triggerOf({ trigger, now }: SimulationSetup): JsonObject {
  if (trigger === undefined) return { type: "call", at: isoTime(now) };
  const by = trigger.by && { kind: trigger.by.kind ?? "person", id: trigger.by.id };
  return { type: "event", event: trigger.event, at: isoTime(now), ...(by !== undefined && { by }) };
}

function requesterOf(world: World, flow: FlowDocument, roots: Roots): Json | undefined {
  const requester = flow.settings?.requester;
  return requester === undefined ? undefined : world.library.template(requester, roots);
}
