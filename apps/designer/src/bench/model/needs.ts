/** What a test run waits for now, and so what a person can do next. */
import type { InboxSpec, JsonObject, StepError, WaitOutcome } from "@holdfast/dsl";
import type { NodeState } from "@holdfast/engine";
import type { OpenIncident, Simulation } from "@holdfast/engine/simulate";
import type { Told, WaitSeen } from "./story.ts";

export type Need =
  | {
      readonly type: "answer";
      readonly run: string;
      readonly node: string;
      readonly attempt: number;
      readonly params: JsonObject;
      /** How many answers of the node have been used. */
      readonly used: number;
    }
  | {
      readonly type: "wait";
      readonly run: string;
      readonly node: string;
      readonly outcomes: readonly WaitOutcome[];
      readonly inbox?: InboxSpec;
      readonly deadline?: { readonly at: number; readonly port: string };
      readonly seen?: WaitSeen;
    }
  | {
      readonly type: "sleep";
      readonly run: string;
      readonly node: string;
      readonly until: number;
      readonly port: string;
    }
  | {
      readonly type: "incident";
      readonly run: string;
      readonly node: string;
      readonly incident: OpenIncident["incident"];
      readonly error: StepError;
    }
  | {
      readonly type: "retry";
      readonly run: string;
      readonly node: string;
      readonly at: number;
      readonly attempt: number;
      /** How many answers of the node have been used. */
      readonly used: number;
    }
  /** Between two iterations of a loop. */
  | { readonly type: "pause"; readonly run: string; readonly node: string; readonly at: number };

/** Incidents first, then questions, then waits in the order in which they began. */
export function needsOf(simulation: Simulation, told: Told): Need[] {
  return [
    ...simulation.incidents.map((incident): Need => ({ type: "incident", ...incident })),
    ...simulation.questions.map((question): Need => ({
      type: "answer",
      ...question,
      used: told.used.get(question.node) ?? 0,
    })),
    ...waitsOf(simulation, told),
    ...latersOf(simulation, told),
  ];
}

function waitsOf(simulation: Simulation, told: Told): Need[] {
  const open = simulation.waits;
  return simulation.pauses.flatMap(({ run, node, wait, deadline }): Need[] => {
    if (wait === "time") {
      return deadline === undefined ? [] : [{ type: "sleep", run, node, until: deadline.at, port: deadline.port }];
    }
    const found = open.find((one) => one.run === run && one.node === node);
    if (found === undefined) return [];
    const seen = told.waits.findLast((one) => one.run === run && one.node === node);
    return [
      {
        type: "wait",
        run,
        node,
        outcomes: found.outcomes,
        ...(found.inbox !== undefined && { inbox: found.inbox }),
        ...(deadline !== undefined && { deadline }),
        ...(seen !== undefined && { seen }),
      },
    ];
  });
}

/** Tries and iterations that are still to come. */
function latersOf(simulation: Simulation, told: Told): Need[] {
  return simulation.runs.flatMap((run) =>
    Object.entries(simulation.stateOf(run).nodes).flatMap(([node, fact]): Need[] => {
      const at = laterOf(fact);
      if (at === undefined || at.at <= simulation.now) return [];
      return [
        at.type === "retry"
          ? { type: "retry", at: at.at, run, node, attempt: fact.attempt + 1, used: told.used.get(node) ?? 0 }
          : { type: "pause", at: at.at, run, node },
      ];
    }),
  );
}

/** When a step goes on by itself, after a failed try or between two iterations. */
export function laterOf(fact: NodeState): { readonly type: "retry" | "pause"; readonly at: number } | undefined {
  if (fact.status === "scheduled") return { type: "retry", at: fact.notBefore };
  if (fact.status === "waiting" && fact.wait === "children" && fact.next < fact.first + fact.total) {
    return { type: "pause", at: fact.notBefore };
  }
  return undefined;
}
