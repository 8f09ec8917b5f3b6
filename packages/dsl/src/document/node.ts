/** Nodes, edges, and the bodies that loops hold. */
import { z } from "zod";
import { DURATION_PATTERN, isDuration } from "./duration.ts";
import { jsonObjectField } from "./json-field.ts";
import { CREDENTIAL_NAME, NODE_ID, NODE_TYPE, PORT_NAME, isReservedId } from "./names.ts";

/** A duration as it is written; lengths are in `parseDuration`. */
export const durationField = z
  .string()
  .refine(isDuration, {
    error: "must be a duration: 30s, 15m, 2h, 7d, or ISO 8601 without years and months",
    params: { code: "invalid_duration" },
  })
  .meta({ pattern: DURATION_PATTERN.source });

/** What people call a flow or a node. */
export const nameField = z
  .string()
  .min(1, { error: "must not be empty" })
  .max(200, { error: "must have 200 characters at most" });

export const nodeIdField = z
  .string()
  .regex(NODE_ID, { error: "must start with a lower-case letter and hold letters, digits and _ only, at most 63" })
  .refine((id) => !isReservedId(id), { error: "is a reserved word", params: { code: "reserved_node_id" } });

const credentialField = z
  .string()
  .regex(CREDENTIAL_NAME, { error: "must be lower-case letters, digits and hyphens, such as “payments”" });

const typeField = z.string().regex(NODE_TYPE, { error: "must be a node type such as “http.request”" });

/** How a step is tried again. What is left out is in {@link DSL_DEFAULTS}. */
export const retrySchema = z.strictObject({
  /** All attempts, the first included; 0 is without end. */
  maxAttempts: z.int().min(0).max(1_000_000).exactOptional(),
  initialInterval: durationField.exactOptional(),
  /** Each interval is the one before times this. */
  backoff: z.number().min(1).max(100).exactOptional(),
  maxInterval: durationField.exactOptional(),
  /** `full`: a random part of the interval. */
  jitter: z.enum(["full", "none"]).exactOptional(),
});
export type RetrySpec = z.infer<typeof retrySchema>;

/** What undoes a completed step when its run fails or is canceled. */
export const compensateSchema = z.strictObject({
  type: typeField,
  params: jsonObjectField,
  credential: credentialField.exactOptional(),
});
export type CompensateSpec = z.infer<typeof compensateSchema>;

export const nodeSchema = z.strictObject({
  type: typeField,
  name: nameField.exactOptional(),
  params: jsonObjectField,
  retry: retrySchema.exactOptional(),
  /** Of each attempt. */
  timeout: durationField.exactOptional(),
  /** Of all attempts and the pauses between them. */
  totalTimeout: durationField.exactOptional(),
  /** What happens when retries are exhausted and no `error` port is connected. */
  onExhausted: z.enum(["incident", "fail"]).exactOptional(),
  /** What happens when nobody can know whether an effect took place. */
  onUnknown: z.enum(["ask", "resend"]).exactOptional(),
  /** For how long the target remembers our idempotency key. */
  keyRetention: durationField.exactOptional(),
  join: z.enum(["all", "any"]).exactOptional(),
  credential: credentialField.exactOptional(),
  compensate: compensateSchema.exactOptional(),
});
export type NodeSpec = z.infer<typeof nodeSchema>;

export const edgeSchema = z.strictObject({
  /** A node, or `start`. */
  from: z.string().min(1).max(63),
  /** The port it leaves by; `out` if it isn't written. */
  port: z.string().regex(PORT_NAME, { error: "must be the name of a port" }).exactOptional(),
  /** A node, or `end`. */
  to: z.string().min(1).max(63),
});
export type Edge = z.infer<typeof edgeSchema>;

export const nodesField = z.record(nodeIdField, nodeSchema);
export const edgesField = z.array(edgeSchema);

/** What `params.body` of a loop holds: a graph with its own `start` and `end`. */
export const bodySchema = z.strictObject({ nodes: nodesField, edges: edgesField });
export type Body = z.infer<typeof bodySchema>;

/** What a node gets that does not say otherwise. Part of DSL 1: it never changes for a document of that format. */
export const DSL_DEFAULTS = {
  retry: { maxAttempts: 5, initialInterval: "1s", backoff: 2, maxInterval: "1m", jitter: "full" },
  timeout: "5m",
  onExhausted: "incident",
  onUnknown: "ask",
  keyRetention: "24h",
  join: "all",
} as const;
