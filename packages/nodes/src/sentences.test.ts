/** What stands on the cards. */
import { sentenceOf } from "@holdfast/dsl";
import { expect, it } from "vitest";
import { builtinManifests } from "./manifests.ts";

it("reads as sentences", () => {
  const sentences = builtinManifests.flatMap((manifest) =>
    manifest.examples.map(({ params }) => `${manifest.type}: ${sentenceOf(manifest, params)}`),
  );
  expect(sentences).toEqual([
    "ai.object: Find out isEligible, refundAmount and reason",
    "ai.text: Write a text",
    "ai.classify: Sort into refund, delivery or other",
    "ai.agent: Let AI work on it with look_up_order",
    "ai.agent: Let AI work on it with refund",
    "http.request: GET https://shop.example/orders/orderId",
    "http.request: POST https://payments.example/refunds",
    "http.request: POST https://tax.example/registry/check",
    "http.list: Read all of https://shop.example/orders",
    "http.list: Read all of https://crm.example/v2/customers",
    "email.send: Mail customerEmail: Your refund for order orderId",
    "email.send: Mail customerEmail: Your refund for order orderId",
    "email.send: Mail finance@example.com and audit@example.com: Refund refundId is not settled",
    "slack.message: Post to Slack: Refund to decide",
    "slack.message: Post to Slack: Order orderId is paid back.",
    "teams.message: Post to Teams: Refund to decide",
    "teams.message: Post to Teams: Order orderId is paid back.",
    "postgres.query: Query select id, total, status from orders where id = $1",
    "postgres.query: Query update customers set refunds = refunds + 1 where id = $1",
    "postgres.query: Query insert into refunds values ($1, $2, $3) on conflict do nothing",
    "rows.read: Read SKU and Price of a file",
    "rows.read: Read Дата and Сума of a file",
    "rows.write: Write id and total to a file",
    "rows.write: Write the rows to a file",
    "branch: Go on by yes, or otherwise",
    "branch: Go on by large or medium, or otherwise",
    "data.set: Set amount and currency",
    "json.transform: Transform a list where item.status == 'open', sorted by amount",
    "json.transform: Transform a list, grouped by sku",
    "json.validate: Check id and total",
    "wait.event: Wait for bank/transfer.settled within 5 days",
    "wait.event: Ask managers to decide “Refund refundAmount for order orderId” within 7 days, remind after 2 days",
    "wait.event: Wait for shop/order.paid",
    "sleep: Wait 2 days",
    "sleep: Wait until dueAt",
    "sleep: Wait until 2027-01-04T09:00",
    "forEach: For each of items, 5 at a time",
    "repeat: Repeat until last.state == 'done', at most 20 times, 30 seconds apart",
    "invoke: Run credit-check",
    "invoke: Run credit-check, at most 1 hour",
    "event.send: Send support/refund.paid",
    "end: End here",
    "end: End here with status and amount",
    "fail: Fail: There is no order orderId.",
  ]);
});

it("says something about a node that nothing has been filled in for", () => {
  for (const manifest of builtinManifests) expect(sentenceOf(manifest, {}), manifest.type).not.toBe("");
});
