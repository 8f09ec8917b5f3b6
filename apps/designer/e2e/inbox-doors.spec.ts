/** Only those who may, by whatever door; one decision; and what happens when nobody decides. */
import { expectAccessible } from "./support/axe.ts";
import { answer, call, mailedLink, said } from "./support/inbox.ts";
import { outputOf, purchaseFlow, requestPurchase } from "./support/purchases.ts";
import { object, requestRefund, runIs, send, taskOf, until } from "./support/refunds.ts";
import { expect, test } from "./support/test.ts";

test("who asked does not decide: not on the page, by the API, in bulk, nor by an event", async ({
  page,
  runtime,
  signIn,
}) => {
  const flow = "own-purchases";
  await runtime.api("PUT", `/flows/${flow}`, purchaseFlow(flow, { notRequester: true }));
  // The demo's key belongs to Marta.
  const { run, task } = await requestPurchase(runtime, flow, "Yew", { by: "Marta" });
  await signIn("Marta");
  await page.goto(`/inbox?task=${task}`);
  await expect(page.getByText("You asked for this, so someone else decides.")).toBeVisible();
  await expect(answer(page, "Approve")).toHaveCount(0);
  await expectAccessible(page);
  const refused = { status: 403, code: "requester_may_not_decide" };
  expect(await call(page, runtime, "tasks.decide", { task, outcome: "approved" })).toMatchObject(refused);
  const many = await call(page, runtime, "tasks.decideMany", { tasks: [{ id: task }], outcome: "approved" });
  expect(many).toMatchObject({ status: 200, code: "requester_may_not_decide" });
  await expect(runtime.api("POST", `/tasks/${task}/decision`, { outcome: "approved" })).rejects.toThrow(
    "requester_may_not_decide",
  );
  const event = await send(runtime, `purchases/${flow}.approved`, { supplier: "Yew" });
  const refusals = await until(async () => {
    const { refused: found } = object(await runtime.api("GET", `/events/${event}`));
    return Array.isArray(found) && found.length > 0 ? JSON.stringify(found) : undefined;
  });
  expect(refusals).toContain("requester_may_not_decide");
  expect(object(await runtime.api("GET", `/runs/${run}`))["status"]).toBe("waiting");

  await signIn("Milo");
  await page.goto(`/inbox?task=${task}`);
  await answer(page, "Approve").click();
  await expect(said(page, "Approved.")).toBeVisible();
  await runtime.api("POST", "/dev/clock", { advance: "11s" });
  expect(await outputOf(runtime, run)).toEqual({ bought: 100 });
});

test("two decide at once: one of them does", async ({ page, browser, runtime, signIn }) => {
  const flow = "raced-purchases";
  await runtime.api("PUT", `/flows/${flow}`, purchaseFlow(flow));
  const { run, task } = await requestPurchase(runtime, flow, "Hazel");
  await signIn("Milo");
  const other = await (await browser.newContext({ baseURL: runtime.url })).newPage();
  await signIn("Marta", other);
  await page.goto(`/inbox?task=${task}`);
  await other.goto(`/inbox?task=${task}`);
  await expect(answer(page, "Approve")).toBeVisible();
  await expect(answer(other, "Reject")).toBeVisible();
  await Promise.all([answer(page, "Approve").click(), answer(other, "Reject").click()]);
  const mine = said(page, "Approved.");
  const theirs = said(other, "Rejected.");
  await expect.poll(async () => Number(await mine.isVisible()) + Number(await theirs.isVisible())).toBe(1);
  const won = await mine.isVisible();
  await expect((won ? other : page).getByText(/decided “(Approve|Reject)”/)).toBeVisible();
  await other.context().close();
  await runtime.api("POST", "/dev/clock", { advance: "11s" });
  expect(await outputOf(runtime, run)).toEqual({ bought: won ? 100 : 0 });
});

test("nobody decides a refund in seven days: those above are told, and the run goes on", async ({
  page,
  runtime,
  signIn,
}) => {
  const { run } = await requestRefund(runtime, "ORD-1010");
  const task = await taskOf(runtime, run);
  await signIn("Milo");
  await page.goto(`/inbox?task=${task}`);
  await expect(page.getByText("Then: Notify the manager.")).toBeVisible();
  await runtime.api("POST", "/dev/clock", { advance: "8d" });
  await runIs(runtime, run, "completed");
  await expect(page.getByText(/^The deadline passed/)).toBeVisible();
  await expect(answer(page, "Approve")).toHaveCount(0);
  await expectAccessible(page);
  expect(object(object(await runtime.api("GET", `/runs/${run}`))["output"])["status"]).not.toBe("approved");
});

test("a ladder adds people before the deadline comes", async ({ page, runtime, signIn }) => {
  const flow = "laddered-purchases";
  const inbox = {
    assignTo: { people: ["milo@demo.holdfast.local"] },
    due: "1d",
    escalation: [{ after: "2d", assignTo: { groups: ["finance"] } }],
  };
  await runtime.api("PUT", `/flows/${flow}`, purchaseFlow(flow, inbox));
  const { run, task } = await requestPurchase(runtime, flow, "Larch");
  await signIn("Fay");
  await page.goto(`/inbox?task=${task}`);
  await expect(page.getByText(/^This is for others: milo@/)).toBeVisible();
  await runtime.api("POST", "/dev/clock", { advance: "49h" });
  await expect(answer(page, "Approve")).toBeVisible();
  await answer(page, "Approve").click();
  await expect(said(page, "Approved.")).toBeVisible();
  await runtime.api("POST", "/dev/clock", { advance: "11s" });
  expect(await outputOf(runtime, run)).toEqual({ bought: 100 });
});

test("a link of a mail: opening it changes nothing, it is for its person alone, and decides once", async ({
  page,
  browser,
  runtime,
  signIn,
}) => {
  const flow = "linked-purchases";
  const inbox = { assignTo: { people: ["milo@demo.holdfast.local"] }, title: "Buy by link" };
  await runtime.api("PUT", `/flows/${flow}`, purchaseFlow(flow, inbox));
  const { run, task } = await requestPurchase(runtime, flow, "Juniper");
  const path = await mailedLink(runtime, "Milo", "Buy by link");
  // A scanner of mails opens it first.
  const scanned = await fetch(`${runtime.url}${path}`, { headers: { accept: "text/html" } });
  expect(scanned.status).toBe(200);
  await page.goto(path);
  await expect(page.getByText(/Sign in as Milo Manager to see it/)).toBeVisible();
  await expectAccessible(page);
  const other = await (await browser.newContext({ baseURL: runtime.url })).newPage();
  await signIn("Fay", other);
  await other.goto(path);
  await expect(other.getByText("This link is for Milo Manager")).toBeVisible();
  await other.context().close();
  expect(object(await runtime.api("GET", `/tasks/${task}`))["status"]).toBe("open");
  await signIn("Milo");
  // A server that does not answer once is asked again, without anybody's doing.
  await page.route(/links\.look/, (route) => route.abort("connectionreset"), { times: 1 });
  await page.goto(path);
  await answer(page, "Approve").click();
  await expect(page.getByRole("button", { name: /^Take it back/ })).toBeVisible();
  await runtime.api("POST", "/dev/clock", { advance: "11s" });
  expect(await outputOf(runtime, run)).toEqual({ bought: 100 });
  await page.goto(path);
  await expect(answer(page, "Approve")).toHaveCount(0);
});

test("links of mails: who asked is led to a card without answers, and a colleague's link decides nothing for them", async ({
  page,
  runtime,
  signIn,
}) => {
  const flow = "mailed-purchases";
  const title = "Buy by mail";
  await runtime.api("PUT", `/flows/${flow}`, purchaseFlow(flow, { notRequester: true, title }));
  const { task } = await requestPurchase(runtime, flow, "Maple", { by: "Marta" });
  const colleagues = await mailedLink(runtime, "Milo", title);
  expect(colleagues).toMatch(/^\/decide\//);
  // Marta asks about it, Milo answers, and a mail tells Marta of that.
  await signIn("Marta");
  expect((await call(page, runtime, "tasks.comment", { task, text: "Today, please." })).status).toBe(200);
  await signIn("Milo");
  expect((await call(page, runtime, "tasks.comment", { task, text: "What for?" })).status).toBe(200);
  await signIn("Marta");
  const own = await mailedLink(runtime, "Marta", title);
  expect(own).toBe(`/inbox?task=${task}`);
  await page.goto(own);
  await expect(page.getByText("What for?")).toBeVisible();
  await expect(page.getByText("You asked for this, so someone else decides.")).toBeVisible();
  await expect(answer(page, "Approve").or(answer(page, "Reject"))).toHaveCount(0);
  expect(await call(page, runtime, "tasks.decide", { task, outcome: "approved" })).toMatchObject({
    status: 403,
    code: "requester_may_not_decide",
  });
  // The mail of Milo, handed on.
  await page.goto(colleagues);
  await expect(page.getByText("This link is for Milo Manager")).toBeVisible();
  await expect(answer(page, "Approve").or(answer(page, "Reject"))).toHaveCount(0);
  const token = colleagues.slice("/decide/".length);
  const refused = { status: 403, code: "link_of_another" };
  expect(await call(page, runtime, "links.decide", { token, outcome: "approved" })).toMatchObject(refused);
  expect(object(await runtime.api("GET", `/tasks/${task}`))["status"]).toBe("open");
});
