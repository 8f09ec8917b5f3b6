import { actionNodes, createFetch, Credential } from "@holdfast/nodes/executors";
import type { ActionContext, ActionNode } from "@holdfast/nodes";
import type { Outcome } from "@holdfast/dsl";
import { pino } from "pino";
import { expect, test } from "vitest";
import { remindByMail } from "./remind-by-mail.ts";

const REMINDER = {
  task: "t1",
  title: "Refund 10 EUR\nBcc: everybody@example.com",
  dueAt: "2026-03-08T09:30:00.000Z",
  to: ["marta@example.com", "milo@example.com"],
};

function setUp(outcome: Outcome, smtp: string | null = "smtp://127.0.0.1:1") {
  const sent: ActionContext[] = [];
  const lines: string[] = [];
  const email = actionNodes.get("email.send");
  if (email === undefined) throw new Error("there is no email.send");
  const mail: ActionNode = {
    manifest: email.manifest,
    execute: async (context) => {
      sent.push(context);
      return outcome;
    },
  };
  const remind = remindByMail({
    mail,
    credential: () => (smtp === null ? undefined : new Credential({ type: "smtp", url: smtp })),
    door: createFetch(),
    logger: pino({ level: "warn" }, { write: (line) => void lines.push(line) }),
    now: () => 1_000,
  });
  return { remind, sent, lines };
}

const SENT: Outcome = { type: "output", port: "out", value: {} };

test("tells everybody who may decide, in one mail whose subject stays one line", async () => {
  const { remind, sent } = setUp(SENT);
  await remind(REMINDER);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.params).toMatchObject({
    to: REMINDER.to,
    from: "Holdfast <holdfast@localhost>",
    subject: "Still open: Refund 10 EUR Bcc: everybody@example.com",
    text: expect.stringContaining("2026-03-08T09:30:00.000Z"),
  });
  expect(sent[0]?.key).toBe("t1:reminder:1000");
});

test("takes the sender of the credential where it has one", async () => {
  const { remind, sent } = setUp(SENT, "smtp://robot%40example.com:pw@127.0.0.1:1");
  await remind(REMINDER);
  expect(sent[0]?.params).not.toHaveProperty("from");
});

test("a mail that can't be sent is logged and stops nothing", async () => {
  const { remind, lines } = setUp({ type: "fail", error: { kind: "error", code: "smtp_451", message: "later" } });
  await remind(REMINDER);
  expect(lines.join("")).toContain("smtp_451");
});

test("without a mail server nobody is reminded", async () => {
  const { remind, sent } = setUp(SENT, null);
  await remind(REMINDER);
  expect(sent).toEqual([]);
});
