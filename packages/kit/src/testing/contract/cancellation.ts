/** Told to stop while its target is silent, a node ends. */
import type { ActionNode } from "@holdfast/nodes";
import type { Answer, SeenRequest } from "../target.ts";
import { testNode } from "../test-node.ts";
import { optionsOf, type CheckCase, type Found } from "./case.ts";

/** Which of its requests is left without an answer, from 0. More than these are alike. */
const MOST = 10;

export async function checkCancellation(node: ActionNode, one: CheckCase, patience: number): Promise<Found[]> {
  for (let silentAt = 0; silentAt < MOST; silentAt += 1) {
    const ended = await stopped(node, one, { silentAt, patience });
    if (ended === "before") return [];
    if (ended === "stopped") continue;
    const message = `${patience} ms after it was told to stop it is still at work. Give \`signal\` to what it calls, and look at it where it waits by itself.`;
    return [{ code: "cancellation_ignored", message }];
  }
  return [];
}

/** `before`: it was over before it came to the request, and had nothing to be interrupted in. */
async function stopped(
  node: ActionNode,
  one: CheckCase,
  { silentAt, patience }: { readonly silentAt: number; readonly patience: number },
): Promise<"before" | "stopped" | "deaf"> {
  const abort = new AbortController();
  const asked = Promise.withResolvers<"asked">();
  let requests = 0;
  const target = (request: SeenRequest): Answer | Promise<Answer> => {
    requests += 1;
    if (requests <= silentAt) return one.target(request);
    asked.resolve("asked");
    return "silence";
  };
  const over = testNode(node, { ...optionsOf(node, one), target, signal: abort.signal }).then(
    () => "over" as const,
    () => "over" as const,
  );
  if ((await Promise.race([asked.promise, over, after(patience)])) === "over") return "before";
  abort.abort(new DOMException("canceled", "AbortError"));
  return (await Promise.race([over, after(patience)])) === "over" ? "stopped" : "deaf";
}

const after = (milliseconds: number): Promise<"late"> =>
  new Promise((resolve) => setTimeout(() => resolve("late"), milliseconds).unref());
