import { inspect } from "node:util";
import { compileParams, type JsonObject } from "@holdfast/dsl";
import type { SMTPServerOptions } from "smtp-server";
import { expect, it } from "vitest";
import { actionContext, type ContextOptions } from "../../test/action-context.ts";
import { LOGIN, reply, startSmtp } from "../../test/smtp-sink.ts";
import { createFetch } from "../outbound/guarded-fetch.ts";
import { emailSend } from "./execute.ts";
import { textOfHtml } from "./formatted.ts";
import { messageIdOf } from "./message.ts";

const MAIL = { to: "olena@example.com", subject: "Your refund", text: "It is on its way." };

const send = (params: JsonObject, url: string, options: ContextOptions = {}) =>
  emailSend.execute(actionContext(params, { credential: { type: "smtp", url }, ...options }));

it("sends text and HTML to everybody", async () => {
  await using sink = await startSmtp();
  const outcome = await send(
    {
      ...MAIL,
      from: '"Shop, The" <shop@example.com>',
      to: ["Olena Koval <olena@example.com>", "b@example.com"],
      cc: "c@example.com, d@example.com",
      bcc: "secret@example.com",
      replyTo: "desk@example.com",
      subject: "Повернення ₴",
      html: "<p>It is on its way.</p>",
    },
    sink.url,
  );
  const messageId = messageIdOf("run-1:refund:0:main", "shop@example.com");
  const everyone = ["olena@example.com", "b@example.com", "c@example.com", "d@example.com", "secret@example.com"];
  expect(outcome).toEqual({ type: "output", port: "out", value: { messageId, accepted: everyone, rejected: [] } });
  expect(sink.mails).toMatchObject([
    {
      recipients: everyone,
      mail: {
        messageId,
        subject: "Повернення ₴",
        text: "It is on its way.",
        html: "<p>It is on its way.</p>",
        from: { text: '"Shop, The" <shop@example.com>' },
        replyTo: { text: "desk@example.com" },
      },
    },
  ]);
  expect(sink.mails[0]?.mail.bcc).toBeUndefined();
});

it.each([
  ["from the start", "smtps:", { secure: true }],
  ["after STARTTLS", "smtp:", { disabledCommands: [], allowInsecureAuth: false }],
])("speaks TLS %s", async (_, protocol, options) => {
  const seen: boolean[] = [];
  await using sink = await startSmtp({
    ...options,
    onMailFrom(_address, session, done) {
      seen.push(session.secure);
      done();
    },
  });
  const url = sink.url.replace("smtp:", protocol);
  expect(await send(MAIL, `${url}&tls.rejectUnauthorized=false`)).toMatchObject({ type: "output" });
  expect(seen).toEqual([true]);
});

it("does not talk to a server that can't prove its name", async () => {
  await using sink = await startSmtp({ secure: true });
  expect(await send(MAIL, sink.url.replace("smtp:", "smtps:"))).toMatchObject({
    type: "fail",
    error: { kind: "error", code: "smtp_unreachable" },
  });
  expect(sink.mails).toHaveLength(0);
});

it("has the same Message-ID in every attempt, and another for another step", async () => {
  await using sink = await startSmtp();
  await send(MAIL, sink.url, { attempt: 1 });
  await send(MAIL, sink.url, { attempt: 2 });
  await send(MAIL, sink.url, { key: "run-2:refund:0:main" });
  const ids = sink.mails.map(({ mail }) => mail.messageId);
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[0]);
  expect(ids[0]).toMatch(/^<[0-9a-f]{40}@example\.com>$/);
});

it.each([
  ["subject", { subject: "Hi\r\nBcc: all@example.com" }],
  ["subject", { subject: "Hi\nX: y" }],
  ["to", { to: "a@example.com\r\nBcc: all@example.com" }],
  ["to/0", { to: ["a@example.com, b@example.com"] }],
  ["to", { to: "a@example.com,\nb@example.com" }],
  ["to", { to: "not an address" }],
  ["to", { to: "a@example.com\r\nDATA\r\n" }],
  ["cc", { cc: "<a@example.com> <b@example.com>" }],
  ["from", { from: "Shop\r\nBcc: x <a@example.com>" }],
  ["replyTo", { replyTo: "a@example.com\u2028X" }],
])("refuses to be misled by %s", async (field, change) => {
  await using sink = await startSmtp();
  const outcome = await send({ ...MAIL, ...change }, sink.url);
  expect(outcome).toMatchObject({
    type: "fail",
    error: { kind: "fatal", code: "params_invalid", pointer: `/params/${field}` },
  });
  expect(sink.mails).toHaveLength(0);
});

it("puts values into HTML as text, and into text as they are", () => {
  const params = { ...MAIL, text: "For {{ input.name }}", html: "<p>For {{ input.name }}</p>" };
  const resolved = compileParams(emailSend.manifest, params).resolve({ input: { name: "<b>Tom & Jerry</b>" } });
  expect(resolved).toMatchObject({
    text: "For <b>Tom & Jerry</b>",
    html: "<p>For &lt;b&gt;Tom &amp; Jerry&lt;/b&gt;</p>",
  });
});

it("sends formatted text as HTML and as plain text", async () => {
  await using sink = await startSmtp();
  const markdown =
    "# Dear Olena\n\nyour **refund** is\non [its way](https://shop.example/r?a=1&b=2).\n\n- one\n- two\n\n<b>no HTML</b> [x](javascript:alert(1))";
  await send({ to: MAIL.to, subject: MAIL.subject, markdown }, sink.url);
  const mail = sink.mails[0]?.mail;
  expect(mail?.html).toContain("<h1>Dear Olena</h1>");
  expect(mail?.html).toContain(
    '<p>your <strong>refund</strong> is<br>\non <a href="https://shop.example/r?a=1&amp;b=2">its way</a>.</p>',
  );
  expect(mail?.html).toContain("&lt;b&gt;no HTML&lt;/b&gt; [x](javascript:alert(1))");
  expect(mail?.text).toBe(
    "Dear Olena\n\nyour refund is\non its way (https://shop.example/r?a=1&b=2).\n- one\n- two\n\n<b>no HTML</b> [x](javascript:alert(1))",
  );
});

it("lets no value format the text, call names or lead anywhere", async () => {
  await using sink = await startSmtp();
  const name = "[Log in](https://evil.example) **now**\n# <img src=x> &amp; ![](https://evil.example/pixel)";
  const params = { to: MAIL.to, subject: "s", markdown: "Dear {{ input.name }}," };
  await send({ ...compileParams(emailSend.manifest, params).resolve({ input: { name } }) }, sink.url);
  const html = String(sink.mails[0]?.mail.html);
  expect(html).not.toMatch(/<(a|img|strong|h1)\b/);
  expect(sink.mails[0]?.mail.text).toBe(`Dear ${name},`);
});

it.each([
  ["<p>Hello <b>Olena</b>,</p><p>a&nbsp;&amp;&#8364;&#x41;</p>", "Hello Olena,\n\na &€A"],
  [
    "<style>p{}</style><a href=\"mailto:a@example.com\">a@example.com</a> <a href='https://x'>there</a>",
    "a@example.com there (https://x)",
  ],
  ["<table><tr><td>Total</td><td>12</td></tr><tr><td>Tax</td><td>2</td></tr></table>", "Total 12\n\nTax 2"],
  ["one<br/>two<hr>three<!-- not this -->", "one\ntwo\n\n---\n\nthree"],
  ["<script>x</script>&unknown; &lt;b&gt;", "&unknown; <b>"],
])("says %s in plain text", (html, text) => {
  expect(textOfHtml(html)).toBe(text);
});

it("puts a plain text beside HTML, unless there is one", async () => {
  await using sink = await startSmtp();
  await send({ to: MAIL.to, subject: "s", html: "<p>On its <b>way</b></p>" }, sink.url);
  await send({ ...MAIL, html: "<p>On its <b>way</b></p>" }, sink.url);
  await send({ ...MAIL, text: "", html: "<p>On its <b>way</b></p>" }, sink.url);
  expect(sink.mails.map(({ mail }) => mail.text?.trim())).toEqual(["On its way", MAIL.text, "On its way"]);
});

it("attaches texts, files in Base64, and what people attached to a task", async () => {
  await using sink = await startSmtp();
  const content = Buffer.from([0, 255, 13, 10, 1]);
  const held = { name: "Чек\n1.pdf", type: "application/pdf", content };
  const files = { read: (id: string) => Promise.resolve(id === "f1" ? held : undefined) };
  const params = {
    ...MAIL,
    files: [{ id: "f1", name: "x" }, "f1"],
    attachments: [
      { name: "order.csv", content: "a,b\r\n1,ї", type: "text/csv" },
      { name: "raw.bin", content: content.toString("base64"), encoding: "base64" },
    ],
  };
  expect(await send(params, sink.url, { files })).toMatchObject({ type: "output" });
  const attachments = sink.mails[0]?.mail.attachments.map((each) => ({
    name: each.filename,
    type: each.contentType,
    content: each.content,
  }));
  expect(attachments).toEqual([
    { name: "Чек 1.pdf", type: "application/pdf", content },
    { name: "Чек 1.pdf", type: "application/pdf", content },
    { name: "order.csv", type: "text/csv", content: Buffer.from("a,b\r\n1,ї") },
    { name: "raw.bin", type: "application/octet-stream", content },
  ]);
});

it.each<[string, JsonObject]>([
  ["files/1", { files: ["f1", "f2"] }],
  ["files/0", { files: [{ name: "f1" }] }],
  ["files", { files: "f1" }],
  ["attachments/0/content", { attachments: [{ name: "a", content: "abc", encoding: "base64" }] }],
  ["attachments/0/name", { attachments: [{ name: "a\r\nX: y", content: "" }] }],
  ["attachments/0/type", { attachments: [{ name: "a", content: "", type: "text/x\r\nX: y" }] }],
  ["attachments", { files: Array.from({ length: 16 }, () => "f1") }],
  [
    "attachments",
    {
      files: Array.from({ length: 11 }, () => "f1"),
      attachments: Array.from({ length: 10 }, () => ({ name: "a", content: "" })),
    },
  ],
  ["html", { markdown: "a", html: "b" }],
])("refuses what can't be attached or sent: %s", async (field, change) => {
  await using sink = await startSmtp();
  const content = Buffer.alloc(1024 * 1024 * (field === "attachments" && !("attachments" in change) ? 1 : 0));
  const files = {
    read: (id: string) => Promise.resolve(id === "f1" ? { name: "f", type: "a/b", content } : undefined),
  };
  expect(await send({ ...MAIL, ...change }, sink.url, { files })).toMatchObject({
    error: { kind: "fatal", code: "params_invalid", pointer: `/params/${field}` },
  });
  expect(sink.mails).toHaveLength(0);
});

it("keeps dots and other signs of the protocol in the text", async () => {
  await using sink = await startSmtp();
  const text = "First.\r\n.\r\nMAIL FROM:<x@example.com>\r\n..two\r\n";
  await send({ ...MAIL, text }, sink.url);
  expect(sink.mails).toHaveLength(1);
  expect(sink.mails[0]?.mail.text).toBe("First.\n.\nMAIL FROM:<x@example.com>\n..two\n");
});

const FAILURES: readonly [string, SMTPServerOptions, JsonObject][] = [
  [
    "a full server",
    { onMailFrom: (_a, _s, done) => done(reply(451, "Come back later")) },
    { kind: "error", code: "smtp_451" },
  ],
  [
    "a refused sender",
    { onMailFrom: (_a, _s, done) => done(reply(550, "Not you")) },
    { kind: "fatal", code: "smtp_550" },
  ],
  ["greylisting", { onRcptTo: (_a, _s, done) => done(reply(450, "Greylisted")) }, { kind: "error", code: "smtp_450" }],
  [
    "an unknown recipient",
    { onRcptTo: (_a, _s, done) => done(reply(550, "No such user")) },
    { kind: "fatal", code: "smtp_550" },
  ],
  [
    "a refusal after the mail was read, for now",
    { onData: (stream, _s, done) => void stream.resume().on("end", () => done(reply(452, "Disk full"))) },
    { kind: "error", code: "smtp_452" },
  ],
  [
    "a refusal after the mail was read, for good",
    { onData: (stream, _s, done) => void stream.resume().on("end", () => done(reply(554, "Spam"))) },
    { kind: "fatal", code: "smtp_554" },
  ],
  [
    "a wrong password",
    { onAuth: (_a, _s, done) => done(reply(535, "Wrong password")) },
    { kind: "fatal", code: "smtp_535" },
  ],
];

it.each(FAILURES)("%s", async (_, options, error) => {
  await using sink = await startSmtp(options);
  const outcome = await send(MAIL, sink.url);
  expect(outcome).toMatchObject({ type: "fail", error });
  expect(inspect(outcome, { depth: 9 })).not.toContain(LOGIN.password);
});

it.each([
  ["smtp://mailer:canary-mail-77@169.254.169.254:25?from=a@example.com"],
  ["smtps://mailer:canary-mail-77@[::1]:465?from=a@example.com"],
  ["smtp://mailer:canary-mail-77@127.0.0.1:25?from=a@example.com"],
  ["smtp://mailer:canary-mail-77@mail.example:587?from=a@example.com"],
])("refuses a mail server on the inside: %s", async (url) => {
  const fetch = createFetch({ lookup: () => Promise.resolve(["93.184.216.34", "10.0.0.7"]) });
  const outcome = await send(MAIL, url, { fetch });
  expect(outcome).toMatchObject({ type: "fail", error: { kind: "fatal", code: "address_refused" } });
  expect(inspect(outcome, { depth: 9 })).not.toContain(LOGIN.password);
});

it("hears nothing of a mail that it was not to be sent", async () => {
  await using sink = await startSmtp({ onConnect: () => expect.unreachable("somebody connected") });
  const fetch = createFetch({ allow: [`127.0.0.1:${sink.port + 1}`, "10.0.0.0/8"] });
  expect(await send(MAIL, sink.url, { fetch })).toMatchObject({ error: { code: "address_refused" } });
});

it("resolves the server's name once, connects to what was looked at, and asks that for the name", async () => {
  const names: string[] = [];
  await using sink = await startSmtp({
    secure: true,
    SNICallback(name: string, done: (error: Error | null, context?: undefined) => void) {
      names.push(name);
      done(null);
    },
  });
  const answers = [["127.0.0.1"], ["10.0.0.1"]];
  let lookups = 0;
  const fetch = createFetch({
    allow: [`mail.internal:${sink.port}`],
    lookup: () => Promise.resolve(answers[Math.min(lookups++, 1)] ?? []),
  });
  const url = sink.url.replace("smtp:", "smtps:").replace("127.0.0.1", "mail.internal");
  expect(await send(MAIL, `${url}&tls.rejectUnauthorized=false`, { fetch })).toMatchObject({ type: "output" });
  expect({ lookups, names, mails: sink.mails.length }).toEqual({ lookups: 1, names: ["mail.internal"], mails: 1 });
});

it("tries again when the server's name leads nowhere", async () => {
  const fetch = createFetch({ lookup: () => Promise.reject(new Error("ENOTFOUND")) });
  expect(await send(MAIL, "smtp://mail.example?from=a@example.com", { fetch })).toMatchObject({
    error: { kind: "error", code: "smtp_unreachable" },
  });
});

it("tells who was refused when others were not", async () => {
  await using sink = await startSmtp({
    onRcptTo: ({ address }, _session, done) => done(address.startsWith("bad") ? reply(550, "No such user") : null),
  });
  expect(await send({ ...MAIL, to: ["bad@example.com", "good@example.com"] }, sink.url)).toMatchObject({
    type: "output",
    value: { accepted: ["good@example.com"], rejected: ["bad@example.com"] },
  });
});

it("does not know what became of a mail when the connection breaks after it", async () => {
  await using sink = await startSmtp({ onData: (stream) => void stream.resume().on("end", () => sink.drop()) });
  expect(await send(MAIL, sink.url)).toMatchObject({
    type: "fail",
    error: { kind: "unknown", code: "smtp_connection_lost" },
  });
});

it("does not know either when the attempt's time is over by then", async () => {
  const arrived = Promise.withResolvers<void>();
  await using sink = await startSmtp({ onData: (stream) => void stream.resume().on("end", () => arrived.resolve()) });
  const controller = new AbortController();
  const outcome = send(MAIL, sink.url, { signal: controller.signal });
  await arrived.promise;
  controller.abort();
  expect(await outcome).toMatchObject({ error: { kind: "unknown" } });
});

it("knows that nothing went out when its time is over before", async () => {
  const arrived = Promise.withResolvers<void>();
  await using sink = await startSmtp({ onMailFrom: () => arrived.resolve() });
  const controller = new AbortController();
  const outcome = send(MAIL, sink.url, { signal: controller.signal });
  await arrived.promise;
  controller.abort();
  expect(await outcome).toMatchObject({ error: { kind: "timeout", code: "timeout" } });
});

it("sends nothing if its time was over before it began", async () => {
  await using sink = await startSmtp();
  expect(await send(MAIL, sink.url, { signal: AbortSignal.abort() })).toMatchObject({ error: { kind: "timeout" } });
  expect(sink.mails).toHaveLength(0);
});

it("tries again when nobody listens", async () => {
  let url: string;
  {
    await using sink = await startSmtp();
    url = sink.url;
  }
  expect(await send(MAIL, url)).toMatchObject({ error: { kind: "error", code: "smtp_unreachable" } });
});

it.each([
  [undefined, "credential_missing"],
  [{ type: "bearer", token: "x" }, "credential_missing"],
  [{ type: "smtp", url: "https://mail.example" }, "credential_invalid"],
] as const)("needs a credential for mail, not %j", async (credential, code) => {
  const outcome = await emailSend.execute(actionContext(MAIL, credential && { credential }));
  expect(outcome).toMatchObject({ type: "fail", error: { kind: "fatal", code } });
});

it("needs a sender", async () => {
  await using sink = await startSmtp();
  expect(await send(MAIL, sink.url.replace(/\?.*/, ""))).toMatchObject({
    error: { code: "params_invalid", pointer: "/params/from" },
  });
});
