/** Folding what others did to a run: closed waits, repairs, orders, ended children. */
import { factOf, resumptionOf, type RunEvent } from "@holdfast/engine";
import type { RunFacts } from "../store/load-run.ts";
import { completeOrFail, endFlowRun, foldResumption } from "./commands/outcome.ts";
import { LIMITS } from "./limits.ts";
import { type Observation, observe } from "./observe.ts";
import type { RunFile } from "./run-file.ts";

export function foldFacts(run: RunFile, facts: RunFacts): void {
  for (const observation of observe(run.state, facts, run.context.clock.now(), run.lastAt)) {
    const { event } = observation;
    run.lastAt = Math.max(run.lastAt, event.at);
    if (observation.kind === "plain") {
      notePlain(run, event);
      continue;
    }
    if (observation.kind === "resumption") {
      resume(run, observation);
      continue;
    }
    const { node, port, output, openedAt } = observation;
    const fact = factOf(run.state, node);
    const attempt = fact !== undefined && "attempt" in fact ? fact.attempt : 1;
    const call = observation.kind === "completed" ? "repair" : "main";
    // The step row of a wait tells all of it. That of an incident's answer does not: the state goes with it.
    if (observation.kind === "completed") run.draft.snapshot = true;
    completeOrFail(
      run,
      { node, call, attempt, startedAt: openedAt, maxBytes: LIMITS.waitOutput },
      { port, value: output },
      event,
    );
    run.draft.labels.push({ point: "checkpoint", type: run.identity.flow.nodes.get(node)?.type ?? "" });
    run.waits.delete(node);
  }
}

function notePlain(run: RunFile, event: RunEvent): void {
  const node = event.type === "children.ended" ? event.node : undefined;
  const waited = node !== undefined && resumptionOf(run.state, node) !== undefined;
  run.note(event);
  if (waited && resumptionOf(run.state, node) === undefined) endFlowRun(run, node, event.at);
}

/** A step goes on after a wait in its middle. */
function resume(run: RunFile, wait: Extract<Observation, { kind: "resumption" }>): void {
  const { node, call, port, output, openedAt, event } = wait;
  const result = { node, call, attempt: event.attempt, startedAt: openedAt, maxBytes: LIMITS.waitOutput };
  foldResumption(run, result, { port, value: output }, event);
  run.draft.labels.push({ point: "substep", type: run.identity.flow.nodes.get(node)?.type ?? "" });
  run.waits.delete(node);
}
