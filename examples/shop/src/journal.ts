/** What happened, one JSON object a line, appended and never changed: a process killed in the middle loses nothing told. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

/** A request that reached the payment endpoint, whatever came of it. */
const delivery = z.object({
  type: z.literal("delivery"),
  at: z.string(),
  key: z.string(),
  orderId: z.string(),
  amount: z.number(),
  /** Whom it asked to pay, where it named somebody: nobody is paid but whoever has bought the order. */
  payee: z.string().optional(),
  answer: z.enum(["accepted", "replayed", "conflict", "refused"]),
});
export type Delivery = z.infer<typeof delivery>;

const refund = z.object({
  type: z.literal("refund"),
  at: z.string(),
  refundId: z.string(),
  key: z.string(),
  fingerprint: z.string(),
  orderId: z.string(),
  amount: z.number(),
  currency: z.string(),
});

const settlement = z.object({ type: z.literal("settlement"), at: z.string(), refundId: z.string() });

const mail = z.object({
  type: z.literal("mail"),
  at: z.string(),
  messageId: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
});
export type MailEntry = z.infer<typeof mail>;

const entrySchema = z.discriminatedUnion("type", [delivery, refund, settlement, mail]);
export type JournalEntry = z.infer<typeof entrySchema>;

export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** When it returns, the entry survives the death of the process. */
  append(entry: JournalEntry): void;
}

/** @param file absent: it is kept in memory. */
export function openJournal(file?: string): Journal {
  const entries = file === undefined ? [] : load(file);
  return {
    entries,
    append: (entry) => {
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
      entries.push(entry);
    },
  };
}

function load(file: string): JournalEntry[] {
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file)) return [];
  const text = readFileSync(file, "utf8");
  const complete = text.slice(0, text.lastIndexOf("\n") + 1);
  // A last line without its end was being written when the process died; nobody has been told of it.
  if (complete.length < text.length) truncateSync(file, Buffer.byteLength(complete));
  return complete
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => entrySchema.parse(JSON.parse(line)));
}
