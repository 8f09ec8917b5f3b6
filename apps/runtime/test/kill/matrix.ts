/** Every failpoint with every node type: killed, or impossible for a reason. */
import { FAILPOINTS, type Failpoint } from "../../src/host/failpoint.ts";
import { SCENARIOS } from "./support/scenarios.ts";

export interface Combination {
  readonly point: Failpoint;
  readonly type: string;
}

const ACTIONS = [
  "http.request",
  "http.list",
  "email.send",
  "slack.message",
  "teams.message",
  "ai.object",
  "ai.text",
  "ai.classify",
  "ai.agent",
  "kill.durable",
  "postgres.query",
];
/** Actions that compute and reach nobody. */
const COMPUTING = ["rows.read", "rows.write"];
const PARENTS = ["invoke", "forEach", "repeat"];

/**
 * Where only some types pass a place: which, and why no other can. A place that is not here is passed by every type.
 */
const ONLY: ReadonlyMap<string, { readonly types: readonly string[]; readonly because: string }> = new Map([
  [
    "intent",
    {
      types: ["http.request", "email.send", "slack.message", "teams.message", "kill.durable"],
      because: "only an effect that its target can't know again is announced",
    },
  ],
  [
    "substep",
    {
      types: ["ai.object", "ai.text", "ai.classify", "ai.agent", "http.list", "kill.durable"],
      because: "it has no sub-steps",
    },
  ],
  [
    "transaction",
    { types: ["postgres.query"], because: "what it does is not part of a transaction of the runs' database" },
  ],
  ["effect.sent", { types: ACTIONS, because: "it sends nothing" }],
  [
    "effect",
    { types: [...ACTIONS, ...COMPUTING], because: "its behavior is a pure function, nothing leaves the process" },
  ],
  ["wait", { types: ["wait.event", "kill.durable"], because: "it does not wait for an event" }],
  [
    "timer",
    {
      types: ["sleep", "wait.event", "invoke", "repeat", ...ACTIONS],
      because: "it neither waits for a time nor is it tried again after a while",
    },
  ],
  ["child", { types: PARENTS, because: "it has no children" }],
]);

/** Why a type never passes a point; undefined: it does. */
export function impossible({ point, type }: Combination): string | undefined {
  const only = ONLY.get(point) ?? ONLY.get(point.slice(0, point.indexOf(".")));
  return only === undefined || only.types.includes(type) ? undefined : only.because;
}

export const COMBINATIONS: readonly Combination[] = FAILPOINTS.flatMap((point) =>
  [...SCENARIOS.keys()].map((type) => ({ point, type })),
);

export const POSSIBLE = COMBINATIONS.filter((combination) => impossible(combination) === undefined);

/** The fixed third that every change is tested with: of each point every third type, another one for each, at least one. */
export const THIRD = FAILPOINTS.flatMap((point, shift) => {
  const ofPoint = POSSIBLE.filter((combination) => combination.point === point);
  const third = ofPoint.filter((_, index) => (index + shift) % 3 === 0);
  return third.length > 0 ? third : ofPoint.slice(0, 1);
});

/** Moments that have no cell of their own: later passages of a point, and points of a child or of the start. */
export const MOMENTS: readonly (Combination & { readonly when: string; readonly failpoint: string })[] = [
  { when: "a start is about to be committed", point: "lease.before", type: "end", failpoint: "lease.before" },
  {
    when: "a start is committed, with its lease, and nothing has moved",
    point: "lease.after",
    type: "end",
    failpoint: "lease.after",
  },
  {
    when: "the last child has ended and its parent is not woken",
    point: "completion.after",
    type: "invoke",
    failpoint: "completion.after@end",
  },
  {
    when: "the last of some children has ended and its parent is not woken",
    point: "completion.after",
    type: "forEach",
    failpoint: "completion.after@end#3",
  },
  {
    when: "an iteration has ended and the loop is not woken",
    point: "completion.after",
    type: "repeat",
    failpoint: "completion.after@end",
  },
  {
    when: "the second iteration is about to be committed",
    point: "child.before",
    type: "repeat",
    failpoint: "child.before@repeat#2",
  },
  {
    when: "an effect in a loop has been answered",
    point: "effect.answered",
    type: "forEach",
    failpoint: "effect.answered@http.request#3",
  },
  {
    when: "a sleeper's time has come, and that is not committed",
    point: "timer.before",
    type: "sleep",
    failpoint: "timer.before@sleep#2",
  },
  {
    when: "a wait is resolved, and the step is not recorded",
    point: "checkpoint.before",
    type: "wait.event",
    failpoint: "checkpoint.before@wait.event#3",
  },
  {
    when: "the pause in the middle of a node is over, and that is not committed",
    point: "substep.before",
    type: "kill.durable",
    failpoint: "substep.before@kill.durable#2",
  },
  {
    when: "the pause in the middle of a node is over, and the node has not been entered again",
    point: "substep.after",
    type: "kill.durable",
    failpoint: "substep.after@kill.durable#2",
  },
  {
    when: "an event that a node waits for in its middle has come, and that is not committed",
    point: "substep.before",
    type: "kill.durable",
    failpoint: "substep.before@kill.durable#3",
  },
  {
    when: "the last sub-step of a node has been answered, and that is not committed",
    point: "substep.before",
    type: "kill.durable",
    failpoint: "substep.before@kill.durable#4",
  },
  {
    when: "the last sub-step of a node is committed, and the node is not",
    point: "substep.after",
    type: "kill.durable",
    failpoint: "substep.after@kill.durable#4",
  },
  {
    when: "the second attempt has been answered",
    // Its first attempt is refused.
    point: "timer.before",
    type: "http.request",
    failpoint: "effect.answered@http.request#2",
  },
];
