/** A node type that asks people and runs a flow in its middle, to be killed anywhere in it. */
import { defineNode, type StepContext } from "@holdfast/nodes";
import { z } from "zod";

export const middleNode = defineNode({
  type: "kill.middle",
  version: 1,
  title: "Asks and runs",
  description: "Tells its target, asks people, runs the flow “below”, and tells its target again.",
  icon: "footprints",
  category: "action",
  effect: "keyed",
  durable: true,
  params: z.strictObject({ url: z.string() }),
  output: z.object({ outcome: z.string(), below: z.string() }),
  sentence: "Ask and run for {url}",
  examples: [],
  async execute({ params, step, wait, runFlow, fetch }) {
    const tell =
      (path: string) =>
      async ({ key, signal }: StepContext): Promise<void> => {
        const headers = { "Idempotency-Key": key };
        await fetch(new URL(params.url + path), { method: "POST", headers, body: "{}", signal });
      };
    await step("first", tell("/first"));
    const { outcome = "" } = await wait({ inbox: { title: "Go on?" }, outcomes: [{ outcome: "yes" }] });
    const { status: below } = await runFlow("below", { flow: "below", input: null });
    await step("last", tell("/last"));
    return { outcome, below };
  },
});
