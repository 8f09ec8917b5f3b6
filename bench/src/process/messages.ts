/** What the benchmark and its child processes say to each other. Values travel as JSON text. */
import { z } from "zod";

export const callSchema = z.object({ id: z.int(), method: z.string(), argument: z.string() });
export type Call = z.infer<typeof callSchema>;

export const answerSchema = z.union([
  z.object({ id: z.int(), result: z.string() }),
  z.object({ id: z.int(), error: z.string() }),
]);
export type Answer = z.infer<typeof answerSchema>;
