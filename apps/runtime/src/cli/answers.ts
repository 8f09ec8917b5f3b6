/** What commands read of the API's answers: what they print, and nothing else. */
import { z } from "zod";

const text = z.string();
const maybeText = text.nullable();

export const page = <Item>(item: z.ZodType<Item>): z.ZodType<{ items: Item[]; nextCursor: string | null }> =>
  z.looseObject({ items: z.array(item), nextCursor: maybeText });

export const run = z.looseObject({
  id: text,
  flow: text,
  version: z.int(),
  status: text,
  startedAt: text,
  finishedAt: maybeText,
});
export const fullRun = run.extend({
  output: z.unknown(),
  error: z.looseObject({ code: text, message: text }).nullable(),
  models: z
    .looseObject({
      calls: z.int(),
      tokens: z.int(),
      costUsd: z.number().nullable(),
      unpriced: z.int(),
      looked: z.int(),
      cached: z.int(),
    })
    .nullish(),
  waits: z.array(
    z.looseObject({
      id: text,
      node: text,
      kind: text,
      deadline: maybeText,
      outcomes: z.array(z.looseObject({ port: text, event: text })),
    }),
  ),
});
export const step = z.looseObject({
  node: text,
  call: text,
  attempt: z.int(),
  status: text,
  port: maybeText,
  startedAt: text,
});
const named = z.looseObject({ id: text, name: maybeText });
export const task = z.looseObject({
  id: text,
  runId: text,
  node: text,
  status: text,
  title: text,
  outcomes: z.array(text),
  dueAt: maybeText,
  context: z.record(z.string(), z.unknown()),
  prefill: z.record(z.string(), z.unknown()),
  aiOffline: z.boolean(),
  claimedBy: z.looseObject({ name: text }).nullable(),
  votes: z.array(z.looseObject({ by: named, outcome: text })),
  comments: z.array(z.looseObject({ by: named, text })),
  files: z.array(z.looseObject({ id: text, name: text, size: z.int() })),
});
export const incident = z.looseObject({
  id: text,
  runId: text,
  node: text,
  kind: text,
  status: text,
  key: maybeText,
  openedAt: text,
  error: z.looseObject({ code: text, message: text }),
});
export const key = z.looseObject({
  id: text,
  name: text,
  scopes: z.array(text),
  expiresAt: maybeText,
  lastUsedAt: maybeText,
  revokedAt: maybeText,
});
export const runRecord = z.looseObject({ html: text, record: z.looseObject({}) });
export const auditEntry = z.looseObject({
  id: text,
  at: text,
  actor: z.looseObject({ kind: text, id: text }),
  name: maybeText,
  door: text,
  action: text,
  target: text,
});
export const nothing = z.looseObject({});
