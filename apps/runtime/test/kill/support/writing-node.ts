/** A node type that tells what it is writing, is held up by its target in mid-answer, and then goes on. */
import { defineNode } from "@holdfast/nodes";
import { z } from "zod";

export const writingNode = defineNode({
  type: "kill.writing",
  version: 1,
  title: "Write",
  description: "Writes half of a text, asks its target, and writes the other half.",
  icon: "pen",
  category: "ai",
  effect: "repeatable",
  durable: true,
  params: z.strictObject({ url: z.string() }),
  output: z.string(),
  sentence: "Write",
  examples: [],
  execute: ({ params, step, ai, fetch }) =>
    step("ask", async ({ signal }) => {
      const text = ai.live("ask");
      text.write(`Process ${process.pid} begins`);
      await fetch(new URL(params.url), { method: "POST", body: "{}", signal });
      text.write(" and ends.");
      text.end("answered");
      return `Process ${process.pid} begins and ends.`;
    }),
});
