/**
 * Named points on the way of a run at which tests kill the process. The process passes all of them but `effect.sent`:
 * that the request has arrived and its answer has not is known to the target alone, so a target of the test kills
 * there. Without the environment variable a point is a comparison with `undefined`.
 *
 * `HOLDFAST_FAILPOINT=checkpoint.before@http.request#2` kills at the second passage of that point with that node
 * type; `@type` and `#n` may be left out.
 */
export const FAILPOINTS = [
  "lease.before",
  "lease.after",
  "load.before",
  "load.after",
  "intent.before",
  "intent.after",
  "substep.before",
  "substep.after",
  "transaction.before",
  "transaction.after",
  "effect.before",
  "effect.sent",
  "effect.answered",
  "checkpoint.before",
  "checkpoint.after",
  "wait.before",
  "wait.after",
  "timer.before",
  "timer.after",
  "child.before",
  "child.after",
  "completion.before",
  "completion.after",
] as const;

export type Failpoint = (typeof FAILPOINTS)[number];

interface Armed {
  readonly point: string;
  readonly type: string | undefined;
  left: number;
}

function parse(text: string | undefined): Armed | undefined {
  const match = /^([a-z.]+)(?:@([A-Za-z.*-]+))?(?:#(\d+))?$/.exec(text ?? "");
  if (match?.[1] === undefined) return undefined;
  return { point: match[1], type: match[2], left: Number(match[3] ?? 1) };
}

const armed = parse(process.env["HOLDFAST_FAILPOINT"]);

/** `type`: the node type that is being carried, where there is one. */
export function failpoint(point: Failpoint, type?: string): void {
  if (armed === undefined || armed.point !== point) return;
  if (armed.type !== undefined && armed.type !== type) return;
  armed.left -= 1;
  if (armed.left === 0) process.kill(process.pid, "SIGKILL");
}
