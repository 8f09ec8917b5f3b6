/** A run's record as its page reads it: nodes with names, what is open at each, and the input of the timeline. */
import { START, bodyOf, isJsonObject, type FlowDocument, type NodeManifest } from "@holdfast/dsl";
import type { RunDetails } from "../../rpc/outputs.ts";
import { earlierPassages } from "./earlier-passages.ts";
import type { RunStep } from "./run-step.ts";
import type { NodeStatus, Progress, TimelineInput, TimelineStep, TimelineWait } from "./timeline.ts";
import { failureText } from "../../words/step-errors.ts";

export type RunWait = RunDetails["run"]["waits"][number];
type Standing = NonNullable<RunDetails["derived"]>["nodes"][string];

/** The graph that this run walks: of a loop's iteration it is the loop's body. */
export function graphOf(details: RunDetails, flow: FlowDocument): Pick<FlowDocument, "nodes" | "edges"> {
  const known = details.derived?.nodes ?? {};
  if (Object.keys(known).every((id) => Object.hasOwn(flow.nodes, id))) return flow;
  return bodies(flow).find(({ nodes }) => Object.keys(known).every((id) => Object.hasOwn(nodes, id))) ?? flow;
}

function bodies({ nodes }: Pick<FlowDocument, "nodes">): Pick<FlowDocument, "nodes" | "edges">[] {
  return Object.values(nodes).flatMap((node) => {
    const body = bodyOf(node);
    return body === undefined ? [] : [body, ...bodies(body)];
  });
}

/** How a node stands; one that waits for a repair stands apart. */
export function statusOf(details: RunDetails, node: string): NodeStatus {
  const standing: Standing | undefined = details.derived?.nodes[node];
  if (standing === undefined) return "pending";
  return standing.wait === "incident" || standing.undo === "incident" ? "incident" : standing.status;
}

/** Of a step that goes on by itself: it is being done, or will be tried again. */
export const UNDER_WAY: ReadonlySet<NodeStatus> = new Set(["running", "scheduled"]);

/** The nodes at work, in the order of the graph. */
export const atWork = ({ derived }: Pick<RunDetails, "derived">): readonly string[] =>
  Object.entries(derived?.nodes ?? {}).flatMap(([id, { status }]) => (status === "running" ? [id] : []));

/** How far the attempt under way says it is. */
export function progressOf(details: RunDetails, node: string): Progress | undefined {
  if (statusOf(details, node) !== "running") return undefined;
  const said = details.steps.findLast((step) => step.node === node && step.status === "running")?.meta?.["progress"];
  if (said === undefined || !isJsonObject(said)) return undefined;
  const { part, note } = said;
  return typeof part === "number" ? { part, note: typeof note === "string" ? note : null } : undefined;
}

/** Calls that are an attempt of the step itself, and no part or compensation of it. */
const ATTEMPTS: ReadonlySet<string> = new Set(["main", "repair"]);

/** Attempts of a node, in their order; compensation is not among them. */
export function stepsOf(details: RunDetails, node: string): readonly RunStep[] {
  return details.steps.filter((step) => step.node === node && ATTEMPTS.has(step.call) && step.status !== "skipped");
}

/** Sub-steps of a node, and the waits in its middle that have ended. */
export function partsOf(details: RunDetails, node: string): readonly RunStep[] {
  return details.steps.filter(
    ({ node: of, call }) => of === node && !ATTEMPTS.has(call) && call !== "undo" && !call.startsWith("undo~"),
  );
}

export const undoOf = (details: RunDetails, node: string): RunStep | undefined =>
  details.steps.findLast((step) => step.node === node && step.call === "undo");

export const waitOf = (details: RunDetails, node: string): RunWait | undefined =>
  details.run.waits.find((wait) => wait.node === node);

const ms = (iso: string): number => Date.parse(iso);

export function timelineInput(
  details: RunDetails,
  { flow, manifests, now }: { flow: FlowDocument; manifests: readonly NodeManifest[]; now: number },
): TimelineInput {
  const { nodes, edges } = graphOf(details, flow);
  const waiting = new Set(
    Object.entries(nodes).flatMap(([id, { type }]) => {
      const manifest = manifests.find((each) => each.type === type);
      return manifest !== undefined && ["wait", "loop", "flow"].includes(manifest.category) ? [id] : [];
    }),
  );
  const firstPort = new Map<string, string>();
  for (const { from, port } of details.derived?.edges ?? []) if (!firstPort.has(from)) firstPort.set(from, port);
  const steps = details.steps.filter(({ call }) => ATTEMPTS.has(call));
  const earlier = earlierPassages(details.steps);
  return {
    startedAt: ms(details.run.startedAt),
    ...(details.run.finishedAt === null ? {} : { finishedAt: ms(details.run.finishedAt) }),
    now,
    nodes: orderOf(details, Object.keys(nodes)).map((id) => ({
      id,
      name: nodes[id]?.name ?? id,
      status: statusOf(details, id),
      ...progressIn(details, id),
    })),
    edges: (details.derived?.edges ?? edges.map(({ from, port = "out", to }) => ({ from, port, to }))).map((edge) => ({
      ...edge,
      first: edge.from === START || firstPort.get(edge.from) === edge.port,
    })),
    steps: [
      ...steps
        .filter(({ node, status }) => !waiting.has(node) && status !== "waiting" && hasBegun(status))
        .map(timelineStep),
      ...earlier.parts,
    ],
    waits: [...closedWaits(steps, waiting), ...earlier.waits, ...details.run.waits.map(openWait)],
  };
}

function progressIn(details: RunDetails, node: string): { readonly progress?: Progress } {
  const progress = progressOf(details, node);
  return progress === undefined ? {} : { progress };
}

const hasBegun = (status: RunStep["status"]): boolean => !["skipped", "scheduled"].includes(status);

/** As the engine lists them: in topological order. */
function orderOf(details: RunDetails, ids: readonly string[]): readonly string[] {
  const order = Object.keys(details.derived?.nodes ?? {});
  const place = new Map(order.map((id, index) => [id, index]));
  return ids.toSorted((a, b) => (place.get(a) ?? ids.length) - (place.get(b) ?? ids.length));
}

function timelineStep(step: RunStep): TimelineStep {
  return {
    id: step.id,
    node: step.node,
    call: step.call,
    attempt: step.attempt,
    status: step.status,
    startedAt: ms(step.startedAt),
    ...(step.finishedAt === null ? {} : { finishedAt: ms(step.finishedAt) }),
    ...(step.error === null ? {} : { error: failureText(step.error) }),
  };
}

/** What a step of a waiting kind took was waiting. */
function closedWaits(steps: readonly RunStep[], waiting: ReadonlySet<string>): TimelineWait[] {
  return steps
    .filter(({ node, finishedAt, status }) => waiting.has(node) && finishedAt !== null && status !== "skipped")
    .map(({ node, startedAt, finishedAt }) => ({
      node,
      kind: "event",
      openedAt: ms(startedAt),
      ...(finishedAt === null ? {} : { closedAt: ms(finishedAt) }),
    }));
}

function openWait({ node, kind, openedAt, deadline }: RunWait): TimelineWait {
  return { node, kind, openedAt: ms(openedAt), ...(deadline === null ? {} : { deadline: ms(deadline) }) };
}
