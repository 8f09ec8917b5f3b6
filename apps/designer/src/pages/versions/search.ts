import { z } from "zod";

/** What is compared: version numbers, or the draft. */
export const versionsSearch = z.object({
  a: z
    .union([z.int().min(1), z.literal("draft")])
    .optional()
    .catch(undefined),
  b: z
    .union([z.int().min(1), z.literal("draft")])
    .optional()
    .catch(undefined),
  /** The change that is looked at. */
  change: z.string().optional().catch(undefined),
});
export type VersionsSearch = z.infer<typeof versionsSearch>;
export type Side = number | "draft";
