import { inspect } from "node:util";
import { compileParams, type JsonObject } from "@holdfast/dsl";
import { expect, it } from "vitest";
import { actionContext, logged, type ContextOptions } from "../../test/action-context.ts";
import { startTeams } from "../../test/chat-servers.ts";
import { teamsMessage } from "./execute.ts";

const post = (params: JsonObject, url: string, options: ContextOptions = {}) =>
  teamsMessage.execute(actionContext(params, { credential: { type: "webhook", url }, ...options }));

it("posts a card", async () => {
  await using teams = await startTeams();
  const params = {
    title: "Refund to decide",
    text: "**€ 76** for Olena\nAsked today\n\nIt holds:\n- A\n- B",
    fields: [{ name: "Order", value: "A-1" }],
    linkUrl: "https://holdfast.example/inbox",
  };
  expect(await post(params, teams.hook)).toEqual({ type: "output", port: "out", value: { clipped: false } });
  await post({ text: "A line." }, teams.hook);
  expect(teams.posted.map(({ attachments }) => attachments[0]?.content)).toMatchObject([
    {
      body: [
        { type: "TextBlock", text: "Refund to decide", weight: "Bolder" },
        { type: "TextBlock", text: "**€ 76** for Olena\n\nAsked today\n\nIt holds:\r- A\r- B", wrap: true },
        { type: "FactSet", facts: [{ title: "Order", value: "A-1" }] },
      ],
      actions: [{ type: "Action.OpenUrl", title: "Open", url: "https://holdfast.example/inbox" }],
    },
    { body: [{ type: "TextBlock", text: "A line." }] },
  ]);
});

it("keeps the marks of values as they are", () => {
  const template = "{{ input.name }}";
  const params = { title: template, text: `For **${template}**`, fields: [{ name: template, value: template }] };
  const safe = "\\[shop\\](https://evil.example) \\*now\\*";
  expect(
    compileParams(teamsMessage.manifest, params).resolve({ input: { name: "[shop](https://evil.example) *now*" } }),
  ).toEqual({ title: safe, text: `For **${safe}**`, fields: [{ name: safe, value: safe }] });
});

it.each([
  ["ж", 30_000],
  ["\n", 5_000],
  ["\\_", 30_000],
])("keeps to the size of a card: %j × %i", async (sign, count) => {
  await using teams = await startTeams();
  expect(await post({ text: `Begin ${sign.repeat(count)}` }, teams.hook)).toMatchObject({ type: "output" });
  expect(JSON.stringify(teams.posted)).toContain("Begin");
});

it.each([
  [429, "", { kind: "error", code: "http_429", retryAfter: 4_000 }],
  [401, "", { kind: "fatal", code: "http_401", message: "Teams answered 401." }],
  [400, '{"error":{"code":"TriggerInputSchemaMismatch"}}', { kind: "fatal", code: "http_400" }],
  [502, "", { kind: "unknown", code: "http_502" }],
  [
    200,
    "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429",
    { kind: "error" },
  ],
  [
    200,
    "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 403",
    { kind: "fatal" },
  ],
])("answered %i %s", async (status, body, error) => {
  await using teams = await startTeams();
  teams.refusal = (response) => response.writeHead(status, { "Retry-After": "4" }).end(body);
  expect(await post({ text: "x" }, teams.hook)).toMatchObject({ type: "fail", error });
});

it("takes 200 with 1, as older connectors answer", async () => {
  await using teams = await startTeams();
  teams.refusal = (response) => response.writeHead(200).end("1");
  expect(await post({ text: "x" }, teams.hook)).toMatchObject({ type: "output" });
});

it("never tells its address", async () => {
  await using teams = await startTeams();
  const outcomes = [];
  for (const status of [200, 400, 429, 500]) {
    teams.refusal = (response) => response.writeHead(status).end(`no such ${teams.hook}`);
    outcomes.push(await post({ text: "x" }, teams.hook));
  }
  expect(JSON.stringify(outcomes) + inspect(outcomes, { depth: 9 }) + logged.join()).not.toContain("canary");
});
