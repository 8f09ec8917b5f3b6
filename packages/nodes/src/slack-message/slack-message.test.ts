import { inspect } from "node:util";
import { compileParams, type JsonObject } from "@holdfast/dsl";
import { expect, it } from "vitest";
import { actionContext, logged, type ContextOptions } from "../../test/action-context.ts";
import { startSlack } from "../../test/chat-servers.ts";
import { createFetch } from "../outbound/guarded-fetch.ts";
import { slackMessage } from "./execute.ts";

const post = (params: JsonObject, url: string, options: ContextOptions = {}) =>
  slackMessage.execute(actionContext(params, { credential: { type: "webhook", url }, ...options }));

const DONE = { type: "output", port: "out", value: { clipped: false } };

it("posts what there is, in Slack's blocks", async () => {
  await using slack = await startSlack();
  const params = {
    title: "Refund <1>",
    text: "*€ 76* for A & B, see https://shop.example/o/1?a=b. <!here>",
    fields: [{ name: "Order", value: "A-1" }],
    linkUrl: "https://holdfast.example/inbox",
    linkText: "Decide",
  };
  expect(await post(params, slack.hook)).toEqual(DONE);
  expect(await post({ text: "A line." }, slack.hook)).toEqual(DONE);
  const text = "*€ 76* for A & B, see <https://shop.example/o/1?a=b>. <!here>";
  expect(slack.posted).toEqual([
    {
      text: "Refund &lt;1&gt;: *€ 76* for A & B, see https://shop.example/o/1?a=b. <!here>",
      blocks: [
        { type: "header", text: { type: "plain_text", text: "Refund <1>" } },
        { type: "section", text: { type: "mrkdwn", text, verbatim: true } },
        { type: "section", fields: [{ type: "mrkdwn", text: "*Order*\nA-1", verbatim: true }] },
        {
          type: "actions",
          elements: [
            {
              type: "button",
              text: { type: "plain_text", text: "Decide" },
              url: "https://holdfast.example/inbox",
            },
          ],
        },
      ],
    },
    { text: "A line.", blocks: [{ type: "section", text: { type: "mrkdwn", text: "A line.", verbatim: true } }] },
  ]);
});

it("lets no value call people or pretend to be a link", () => {
  const params = { text: "<!here> {{ input.name }}", fields: [{ name: "Who", value: "{{ input.name }}" }] };
  const name = "<!channel> <https://evil.example|shop.example> & co";
  expect(compileParams(slackMessage.manifest, params).resolve({ input: { name } })).toMatchObject({
    text: "<!here> &lt;!channel&gt; &lt;https://evil.example|shop.example&gt; &amp; co",
    fields: [{ value: "&lt;!channel&gt; &lt;https://evil.example|shop.example&gt; &amp; co" }],
  });
});

it("keeps to Slack's limits, whatever it is given", async () => {
  await using slack = await startSlack();
  const text = "word &amp; <https://a.example|b> ".repeat(2_000);
  const fields = Array.from({ length: 10 }, (_, index) => ({ name: `n${index}`, value: "v &lt; ".repeat(1_000) }));
  expect(await post({ text, fields }, slack.hook)).toMatchObject({ value: { clipped: true } });
  expect(await post({ text: "x".repeat(9_000) }, slack.hook)).toEqual(DONE);
  const [long, plain] = slack.posted;
  const shown = JSON.stringify(long);
  expect(shown).not.toMatch(/&(?!amp;|lt;)/);
  expect(shown).toContain("…");
  expect(plain?.blocks).toHaveLength(3);
});

it.each([
  [400, "invalid_payload", { kind: "fatal", code: "http_400" }],
  [403, "action_prohibited", { kind: "fatal", code: "http_403" }],
  [404, "no_service", { kind: "fatal", code: "http_404", message: "Slack answered 404 (no_service)." }],
  [410, "channel_is_archived", { kind: "fatal", code: "http_410" }],
  [429, "rate_limited", { kind: "error", code: "http_429", retryAfter: 90_000 }],
  [500, "rollup_error", { kind: "unknown", code: "http_500" }],
  [503, "<html>", { kind: "unknown", code: "http_503" }],
  [200, "<html>Sign in", { kind: "unknown", code: "slack_answer_unknown" }],
  [302, "", { kind: "fatal", code: "webhook_moved" }],
])("answered %i %s", async (status, body, error) => {
  await using slack = await startSlack();
  slack.refusal = (response) =>
    response.writeHead(status, { "Retry-After": "90", Location: "http://127.0.0.1:1/" }).end(body);
  expect(await post({ text: "x" }, slack.hook)).toMatchObject({ type: "fail", error });
  expect(slack.server.requests).toHaveLength(1);
});

it("does not know what became of a message when the connection breaks after it", async () => {
  await using slack = await startSlack();
  slack.refusal = (response) => void response.socket?.resetAndDestroy();
  expect(await post({ text: "x" }, slack.hook)).toMatchObject({
    error: { kind: "unknown", code: "connection_lost" },
  });
});

it("is certain that nothing was posted where nobody listens", async () => {
  expect(await post({ text: "x" }, "http://127.0.0.1:1/services/canary-of-24-characters")).toMatchObject({
    error: { kind: "error", code: "connect_failed" },
  });
});

it.each([
  [{ text: "" }, "/params/text"],
  [{ text: "x", linkUrl: "mailto:a@example.com" }, "/params/linkUrl"],
  [{ text: "x", fields: [{ name: "", value: "" }] }, "/params/fields/0/name"],
  [{ text: "x", title: "t".repeat(151) }, "/params/title"],
])("refuses %j before anything is sent", async (params, pointer) => {
  await using slack = await startSlack();
  expect(await post(params, slack.hook)).toMatchObject({ error: { code: "params_invalid", pointer } });
  expect(slack.server.requests).toHaveLength(0);
});

it("needs a webhook", async () => {
  expect(await slackMessage.execute(actionContext({ text: "x" }))).toMatchObject({
    error: { kind: "fatal", code: "credential_missing" },
  });
});

it("goes by the guarded door", async () => {
  await using slack = await startSlack();
  expect(await post({ text: "x" }, slack.hook, { fetch: createFetch() })).toMatchObject({
    error: { kind: "fatal", code: "address_refused" },
  });
});

it("never tells its address", async () => {
  await using slack = await startSlack();
  const outcomes = [];
  for (const status of [200, 400, 404, 429, 500]) {
    slack.refusal = (response) => response.writeHead(status).end(`no such ${slack.hook}`);
    outcomes.push(await post({ text: "x" }, slack.hook));
  }
  outcomes.push(await post({ text: "x" }, slack.hook.replace("http:", "https:")));
  expect(JSON.stringify(outcomes) + inspect(outcomes, { depth: 9 }) + logged.join()).not.toContain("canary");
});
