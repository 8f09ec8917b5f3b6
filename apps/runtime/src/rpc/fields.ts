/** Fields that the procedures of several nouns take. */
import { z } from "zod";
import type { DocumentChange, Json, JsonObject } from "@holdfast/dsl";
import { DEFAULT_LIMIT, MAX_LIMIT, type PageRequest } from "../read/cursor.ts";

export const idField = z.string().min(1).max(200);
export const byId = z.strictObject({ id: idField });
export const versionField = z.int().min(1).max(2_147_483_647);

export const pageFields = {
  limit: z.int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  cursor: z.string().max(500).nullish(),
  /** Sent along by clients that load pages one after the other; there is only this one. */
  direction: z.literal("forward").optional(),
} as const;

interface PageInput {
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

/** A page as readers take it. */
export const pageOf = ({ limit, cursor }: PageInput): PageRequest => ({
  limit,
  cursor: cursor ?? undefined,
});

/** A JSON value that somebody else checks. It came as JSON, so it is some. */
export const jsonField = z.custom<Json>((value) => value !== undefined, { error: "this must be there" });

export const objectField = z.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  { error: "this must be an object", params: { code: "wrong_type" } },
);

const MOST_CHANGES = 20_000;

const change = z.strictObject({
  path: z.array(z.string().max(500)).min(1).max(64).readonly(),
  before: jsonField.exactOptional(),
  after: jsonField.exactOptional(),
});

/** Changes of a document, as `changesBetween` tells them. */
export const changesField: z.ZodType<readonly DocumentChange[], readonly DocumentChange[]> = z
  .array(change)
  .max(MOST_CHANGES)
  .readonly();
