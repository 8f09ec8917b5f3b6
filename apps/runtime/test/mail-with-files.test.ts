/** What people attach to a task goes with a mail of the same run, and with no other. */
import { Credential } from "@holdfast/nodes/executors";
import { startMailLedger, type MailLedger } from "@holdfast/testkit/ledger-mail";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SignedIn } from "../src/session/signed-in.ts";
import { type Asked, ask, desk, newPerson, question } from "./support/deciding.ts";
import { edges, HostFixture } from "./support/host-fixture.ts";

let holdfast: HostFixture;
let mail: MailLedger;
let ana: SignedIn;
const { decide } = desk(() => holdfast);

const send = (files: string) => ({
  type: "email.send",
  params: { to: "olena@example.com", subject: "{{ input.order }}", text: "As agreed.", files },
});

beforeAll(async () => {
  holdfast = await HostFixture.create();
  mail = await startMailLedger();
  await holdfast.start({
    allowPrivate: ["127.0.0.1"],
    credentials: (name) => (name === "mail" ? new Credential({ type: "smtp", url: mail.url }) : undefined),
  });
  ana = await newPerson(holdfast, "Ana");
  const input = {
    type: "object",
    properties: { order: { type: "string" }, by: { type: "string" } },
    required: ["order"],
  };
  await holdfast.publish({
    id: "agree",
    input,
    settings: { requester: "{{ input.?by.orValue('') }}" },
    nodes: {
      ask: question("agree"),
      tell: send("{{ nodes.ask.files }}"),
      each: {
        type: "forEach",
        params: {
          items: "{{ nodes.ask.files }}",
          body: { nodes: { again: send("{{ [item.id] }}") }, edges: edges("start>again", "again>end") },
        },
      },
      late: { type: "end", params: {} },
    },
    edges: edges("start>ask", "ask.approved>tell", "ask.rejected>late", "ask.timeout>late", "tell>each", "each>end"),
  });
  await holdfast.publish({
    id: "another",
    input: {
      type: "object",
      properties: { order: { type: "string" }, file: { type: "string" } },
      required: ["order", "file"],
    },
    nodes: { tell: send("{{ [input.file] }}") },
    edges: edges("start>tell", "tell>end"),
  });
});
afterAll(async () => {
  await holdfast[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
});

test("files of a task are sent by its run, also from within a loop, and by no other run", async () => {
  const asked: Asked = await ask(holdfast, "agree");
  const attach = (name: string, content: string) =>
    holdfast.services.addTaskFile(ana, { task: asked.task, name, type: "text/plain", content: Buffer.from(content) });
  const { id } = await attach("one.txt", "first");
  await attach("two.txt", "second");
  await decide(ana, asked);
  expect((await holdfast.ended(asked.run)).status).toBe("completed");
  const [one, two] = [
    { name: "one.txt", content: "first" },
    { name: "two.txt", content: "second" },
  ];
  const [first, ...rest] = mail.sends.map(({ attachments }) => attachments);
  expect(first).toEqual([one, two]);
  expect(rest.toSorted((a, b) => ((a[0]?.name ?? "") < (b[0]?.name ?? "") ? -1 : 1))).toEqual([[one], [two]]);

  const stranger = await holdfast.run("another", { order: "A-1", file: id });
  expect(stranger).toMatchObject({ status: "failed", error: { code: "params_invalid", pointer: "/params/files/0" } });
  expect(mail.sends).toHaveLength(3);
});
