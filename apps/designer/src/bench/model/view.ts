/** A session as it is shown. */
import type { Json, StepError } from "@holdfast/dsl";
import { bodyOf, walkNodes } from "@holdfast/dsl";
import type { RunStatus } from "@holdfast/engine";
import { type Clock, clockOf } from "./clock.ts";
import { type EdgeLook, type NodeLook, looksOf } from "./looks.ts";
import { type Need, needsOf } from "./needs.ts";
import type { Played, World } from "./play.ts";
import { type StoryEntry, tellStory } from "./story.ts";

export interface BenchView {
  readonly status: RunStatus;
  readonly over: boolean;
  readonly output: Json;
  readonly error?: StepError;
  /** Nothing more happens until it is told something or its clock is moved. */
  readonly rests: boolean;
  readonly broken?: { readonly code: string; readonly message: string };
  readonly story: readonly StoryEntry[];
  readonly nodes: ReadonlyMap<string, NodeLook>;
  readonly edges: ReadonlyMap<string, EdgeLook>;
  readonly clock: Clock;
  readonly needs: readonly Need[];
  readonly reached: ReadonlySet<string>;
  /** How many answers of each node have been used. */
  readonly used: ReadonlyMap<string, number>;
  /** The run that is shown of each loop. */
  readonly shown: ReadonlyMap<string, string>;
}

/** By loop: the number of the iteration to show. */
export type Chosen = { readonly [loop: string]: number };

export function viewOf(world: World, played: Played, chosen: Chosen = {}): BenchView {
  const { simulation, session, rests, broken } = played;
  const told = tellStory(played, askedNodes(world, session.answers));
  const needs = needsOf(simulation, told);
  const runs = shownRuns(world, simulation.runs, needs, chosen);
  const looks = looksOf(simulation, told, ["run", ...runs.values()]);
  const { status, output, error, reached } = simulation;
  const visible = new Set(["run", ...runs.values()]);
  return {
    status,
    over: status === "completed" || status === "failed" || status === "canceled",
    output,
    ...(error !== undefined && { error }),
    rests,
    ...(broken !== undefined && { broken }),
    story: told.entries.filter(({ run, kind }) => visible.has(run) || kind === "incident"),
    ...looks,
    clock: clockOf(simulation, session, told),
    needs,
    reached,
    used: told.used,
    shown: runs,
  };
}

/** Actions, and whatever answers stand in for. */
function askedNodes(world: World, answers: { readonly [node: string]: unknown }): (node: string) => boolean {
  const asked = new Set(
    [...walkNodes(world.flow)].flatMap(({ id, node }) =>
      Object.hasOwn(answers, id) || !world.controls.has(node.type) ? [id] : [],
    ),
  );
  return (node) => asked.has(node);
}

/** Of each loop the chosen iteration; else the one that needs something, else the last. */
function shownRuns(
  world: World,
  runs: readonly string[],
  needs: readonly Need[],
  chosen: Chosen,
): ReadonlyMap<string, string> {
  const shown = new Map<string, string>();
  const known = new Set(runs);
  for (const { id, within } of loopsOf(world)) {
    const parent = within === undefined ? "run" : shown.get(within);
    if (parent === undefined) continue;
    const prefix = `${parent}/${id}.`;
    const own = runs.filter((run) => run.startsWith(prefix) && !run.slice(prefix.length).includes("/"));
    const wanted = `${prefix}${chosen[id] ?? -1}`;
    const needy = own.find((run) => needs.some((need) => need.run === run || need.run.startsWith(`${run}/`)));
    const run = known.has(wanted) ? wanted : (needy ?? own.at(-1));
    if (run !== undefined) shown.set(id, run);
  }
  return shown;
}

interface Loop {
  readonly id: string;
  /** The loop around it. */
  readonly within?: string;
}

/** Outer ones before inner ones. */
function loopsOf({ flow }: World): Loop[] {
  return [...walkNodes(flow)].flatMap(({ id, node, loop }): Loop[] =>
    bodyOf(node) === undefined ? [] : [{ id, ...(loop !== undefined && { within: loop }) }],
  );
}
