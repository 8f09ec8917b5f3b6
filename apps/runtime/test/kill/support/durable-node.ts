/** A node type of several sub-steps with waits between them, to be killed anywhere in it. */
import { defineNode, NodeFailure, type StepContext } from "@holdfast/nodes";
import { z } from "zod";

/** `first` and `second` reach the target; `announced`: the first without a key, so that it is announced. */
export const durableNode = defineNode({
  type: "kill.durable",
  version: 1,
  title: "Several steps",
  description: "Tells its target, waits for a time, waits for an event, and tells its target again.",
  icon: "footprints",
  category: "action",
  effect: "keyed",
  durable: true,
  params: z.strictObject({ url: z.string(), announced: z.boolean().default(false) }),
  output: z.object({ first: z.int(), told: z.string(), second: z.int() }),
  sentence: "Tell {url} twice",
  examples: [],
  async execute({ params, step, wait, fetch }) {
    const tell =
      (path: string, keyed = true) =>
      async ({ key, signal }: StepContext): Promise<number> => {
        const headers = keyed ? { "Idempotency-Key": key } : {};
        const response = await fetch(new URL(params.url + path), { method: "POST", headers, body: "{}", signal });
        if (!response.ok) throw new NodeFailure({ kind: "error", code: "refused", message: "The target refused." });
        return response.status;
      };
    const first = params.announced
      ? await step("first", tell("/tested", false), { effect: "once" })
      : await step("first", tell("/tested"));
    await wait({ for: "600ms" });
    const { outcome = "" } = await wait({ name: "told", event: "kill/told", match: { order: 1 }, timeout: "1h" });
    return { first, told: outcome, second: await step("second", tell("/second")) };
  },
});
