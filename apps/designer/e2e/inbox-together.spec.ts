/** Deciding with others and for others, and several at once. */
import { expectAccessible } from "./support/axe.ts";
import { answer, call, idOf, press, question, row, said } from "./support/inbox.ts";
import { outputOf, purchaseFlow, requestPurchase } from "./support/purchases.ts";
import type { Locator } from "@playwright/test";
import { object, runIs } from "./support/refunds.ts";
import { expect, test } from "./support/test.ts";

const email = (name: string): string => `${name}@demo.holdfast.local`;

test("like tasks are decided at once, with one exception, and taken back at once", async ({
  page,
  runtime,
  signIn,
}) => {
  const flow = "bulk-purchases";
  await runtime.api("PUT", `/flows/${flow}`, purchaseFlow(flow));
  const asked = [];
  for (const supplier of ["Ash", "Beech", "Elm", "Fir"]) asked.push(await requestPurchase(runtime, flow, supplier));
  await signIn("Milo");
  await page.goto(`/inbox?flow=${flow}`);
  await expect(row(page, /^Buy from/)).toHaveCount(4);
  await press(page, "j");
  await expect(question(page, "Buy from Ash")).toBeVisible();
  await press(page, "x");
  await expect(page.getByText("1 chosen")).toBeVisible();
  await page.getByRole("button", { name: "All like this" }).click();
  await expect(page.getByText("4 chosen")).toBeVisible();
  await press(page, "b");
  await expect(question(page, "4 tasks")).toBeFocused();
  await expect(
    page.getByText("Amount: 400 in all. Each is decided as it was proposed; nothing is changed."),
  ).toBeVisible();
  await expectAccessible(page);
  // One of them is left out; another has been decided by somebody else meanwhile.
  await page.getByRole("checkbox", { name: "Choose: Buy from Elm" }).last().click();
  await page.getByLabel("One comment for all").fill("As every month.");
  await answer(page, "Approve").click();
  await expect(page.getByText("Approved: 3 tasks.")).toBeVisible();
  await page.getByRole("button", { name: /^Take it back/ }).click();
  await expect(page.getByText("Taken back: 3 tasks are open again.")).toBeVisible();
  await expect(row(page, /^Buy from/)).toHaveCount(4);

  await page.getByRole("button", { name: "Choose several" }).click();
  await page.getByRole("checkbox", { name: "Choose: Buy from Ash" }).click();
  await page.getByRole("checkbox", { name: "Choose: Buy from Beech" }).click();
  await runtime.api("POST", `/tasks/${asked[1]?.task}/claim`);
  await page.getByRole("button", { name: "Decide together" }).click();
  await answer(page, "Reject").click();
  await expect(page.getByText(/^Rejected\. ?|Rejected: 1 task\./).first()).toBeVisible();
  await runtime.api("POST", "/dev/clock", { advance: "11s" });
  expect(await outputOf(runtime, asked[0]?.run ?? "")).toEqual({ bought: 0 });
});

test("two of three have to agree; one rejection ends it", async ({ page, browser, runtime, signIn }) => {
  const flow = "voted-purchases";
  const people = [email("marta"), email("milo"), email("fay")];
  await runtime.api(
    "PUT",
    `/flows/${flow}`,
    purchaseFlow(flow, { assignTo: { people }, needs: { approved: 2 }, reasonFor: ["rejected"] }),
  );
  const agreed = await requestPurchase(runtime, flow, "Oak");
  const refused = await requestPurchase(runtime, flow, "Pine");
  await signIn("Milo");
  await page.goto(`/inbox?task=${agreed.task}`);
  await expect(page.getByText("“Approve”: 0 of 2; needs 2 more.")).toBeVisible();
  await expect(page.getByText("One more person has to agree before anything happens.")).toBeVisible();
  await answer(page, "Approve").click();
  await expect(page.getByText("Your answer “Approve” is counted.").last()).toBeVisible();
  await page.goto(`/inbox?task=${agreed.task}`);
  await expect(page.getByText("You answered “Approve”. One more person has to answer so.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Take my answer back" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/inbox?task=${refused.task}`);
  await answer(page, "Approve").click();
  await expect(page.getByText("Your answer “Approve” is counted.").last()).toBeVisible();

  const other = await (await browser.newContext({ baseURL: runtime.url })).newPage();
  await signIn("Fay", other);
  await other.goto(`/inbox?task=${agreed.task}`);
  await expect(other.getByText("“Approve”: 1 of 2; needs one more.")).toBeVisible();
  await answer(other, "Approve").click();
  await expect(said(other, "Approved.")).toBeVisible();
  await other.goto(`/inbox?task=${refused.task}`);
  // Without a reason it is not sent, and the focus goes to where it is written.
  await answer(other, "Reject").click();
  await expect(other.getByText("Say why: “Reject” needs a reason.").first()).toBeVisible();
  await expect(other.getByLabel("Comment")).toBeFocused();
  await other.keyboard.type("Too dear.");
  await answer(other, "Reject").click();
  await expect(said(other, "Rejected.")).toBeVisible();
  await other.context().close();
  await runtime.api("POST", "/dev/clock", { advance: "11s" });
  expect(await outputOf(runtime, agreed.run)).toEqual({ bought: 100 });
  expect(await outputOf(runtime, refused.run)).toEqual({ bought: 0 });
});

test("a task is taken, handed over, and decided for somebody who is away", async ({
  page,
  browser,
  runtime,
  signIn,
}) => {
  const flow = "given-purchases";
  await runtime.api("PUT", `/flows/${flow}`, purchaseFlow(flow, { assignTo: { people: [email("milo")] } }));
  const given = await requestPurchase(runtime, flow, "Rowan");
  const away = await requestPurchase(runtime, flow, "Sorrel");
  await signIn("Milo");
  await page.goto(`/inbox?task=${given.task}`);
  await page.getByRole("button", { name: "Take it", exact: true }).click();
  await expect(page.getByText("You have it").first()).toBeVisible();
  await page.getByRole("button", { name: "Release" }).click();
  await page.getByRole("button", { name: "Hand over…" }).click();
  await page.getByRole("dialog").getByRole("combobox").fill("Fay");
  await page.getByRole("option", { name: /Fay Finance/ }).click();
  await page.getByRole("dialog").getByLabel("Why").fill("You know them.");
  await page.getByRole("button", { name: "Hand over to Fay Finance" }).click();
  await expect(page.getByText("You handed this over to Fay Finance, who decides now.")).toBeVisible();
  await expectAccessible(page);
  const fay = await idOf(page, runtime, "Fay");
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString();
  expect((await call(page, runtime, "absence.set", { delegate: fay, from, until })).status).toBe(200);

  const other = await (await browser.newContext({ baseURL: runtime.url })).newPage();
  await signIn("Fay", other);
  await other.goto(`/inbox?flow=${flow}`);
  await row(other, "Buy from Rowan").click();
  await expect(other.getByText("Milo Manager handed this over to Fay Finance.")).toBeVisible();
  await answer(other, "Approve").click();
  await expect(said(other, "Approved.")).toBeVisible();
  await other.goto(`/inbox?task=${away.task}`);
  await expect(other.getByText("You decide for Milo Manager.")).toBeVisible();
  await answer(other, "Reject").click();
  await expect(said(other, "Rejected.")).toBeVisible();
  await other.context().close();
  await call(page, runtime, "absence.end", undefined);
  await runtime.api("POST", "/dev/clock", { advance: "11s" });
  await runIs(runtime, given.run, "completed");
  expect(await outputOf(runtime, away.run)).toEqual({ bought: 0 });
});

test("somebody decides on behalf of who asked them to, and the record says so", async ({
  page,
  browser,
  runtime,
  signIn,
}) => {
  const flow = "delegated-purchases";
  await runtime.api("PUT", `/flows/${flow}`, purchaseFlow(flow, { assignTo: { people: [email("milo")] } }));
  const { run, task } = await requestPurchase(runtime, flow, "Spruce");
  await signIn("Milo");
  await page.goto(`/inbox?task=${task}`);
  await page.getByRole("button", { name: "Hand over…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Let somebody decide for me", { exact: true }).click();
  await dialog.getByRole("combobox").fill("Fay");
  await page.getByRole("option", { name: /Fay Finance/ }).click();
  await dialog.getByRole("button", { name: "Let Fay Finance decide for me" }).click();
  await expect(page.getByRole("list", { name: "Given to others" })).toContainText("Fay Finance");
  await expect(answer(page, "Approve")).toBeVisible();

  const other = await (await browser.newContext({ baseURL: runtime.url })).newPage();
  await signIn("Fay", other);
  await other.goto(`/inbox?task=${task}`);
  await expect(other.getByText("You decide for Milo Manager.")).toBeVisible();
  await answer(other, "Approve").click();
  await expect(said(other, "Approved.")).toBeVisible();
  await other.context().close();
  await expect(page.getByText(/^Fay Finance, on behalf of Milo Manager, decided “Approve”/)).toBeVisible();
  await expectAccessible(page);
  await runtime.api("POST", "/dev/clock", { advance: "11s" });
  expect(await outputOf(runtime, run)).toEqual({ bought: 100 });
  const milo = await idOf(page, runtime, "Milo");
  const decided = object(object(await runtime.api("GET", `/tasks/${task}`))["decision"]);
  expect(decided).toMatchObject({ outcome: "approved", onBehalfOf: milo });
  await page.goto(`/runs/${run}?node=ask`);
  await page.getByRole("tab", { name: "History" }).click();
  await expect(page.getByText("Fay Finance, on behalf of Milo Manager, decided: approved, by the app")).toBeVisible();
});

test("files are dropped on a task and pasted into it", async ({ page, runtime, signIn }) => {
  const flow = "filed-purchases";
  await runtime.api("PUT", `/flows/${flow}`, purchaseFlow(flow));
  await runtime.api("PUT", "/flows/bare-purchases", purchaseFlow("bare-purchases", { attachments: false }));
  const { task } = await requestPurchase(runtime, flow, "Poplar");
  const bare = await requestPurchase(runtime, "bare-purchases", "Aspen");
  await signIn("Milo");
  await page.goto(`/inbox?task=${task}`);
  const heading = question(page, "Buy from Poplar");
  await bring(heading, "dragover", "offer.txt");
  await expect(page.getByText("Let go to attach.")).toBeVisible();
  expect(await bring(heading, "drop", "offer.txt"), "the page keeps it").toBe(true);
  await expect(page.getByRole("button", { name: /^offer\.txt/ })).toBeVisible();
  await expect(page.getByText("Let go to attach.")).toHaveCount(0);
  const field = page.getByRole("textbox", { name: "Write to the others" });
  await field.fill("See the picture.");
  expect(await bring(field, "paste", "picture.txt")).toBe(true);
  await expect(page.getByRole("button", { name: /^picture\.txt/ })).toBeVisible();
  await expect(field).toHaveValue("See the picture.");
  await page.getByRole("button", { name: /^offer\.txt/ }).click();
  await expect(page.getByRole("dialog")).toContainText("what is in offer.txt");

  // Where none may be attached nothing is taken, and the browser doesn't leave the page for the file.
  await page.goto(`/inbox?task=${bare.task}`);
  expect(await bring(question(page, "Buy from Aspen"), "drop", "offer.txt"), "the page keeps it").toBe(true);
  expect(object(await runtime.api("GET", `/tasks/${bare.task}`))["files"]).toEqual([]);
});

/** Drags, drops or pastes a file. @returns whether the page has taken care of it, and the browser does nothing. */
function bring(onto: Locator, type: "dragover" | "drop" | "paste", name: string): Promise<boolean> {
  return onto.evaluate(
    (element, told) => {
      const files = new DataTransfer();
      files.items.add(new File([`what is in ${told.name}`], told.name, { type: "text/plain" }));
      const how = { bubbles: true, cancelable: true };
      const event =
        told.type === "paste"
          ? new ClipboardEvent("paste", { ...how, clipboardData: files })
          : new DragEvent(told.type, { ...how, dataTransfer: files });
      return !element.dispatchEvent(event);
    },
    { type, name },
  );
}

test("people talk about a task and attach files", async ({ page, runtime, signIn }) => {
  const flow = "talked-purchases";
  await runtime.api("PUT", `/flows/${flow}`, purchaseFlow(flow));
  const { task } = await requestPurchase(runtime, flow, "Willow");
  await signIn("Milo");
  await page.goto(`/inbox?task=${task}`);
  await page.getByRole("textbox", { name: "Write to the others" }).fill("Is the price still good?");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Is the price still good?" })).toBeVisible();
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "offer.txt", mimeType: "text/plain", buffer: Buffer.from("12 pieces at 48.00") });
  await page.getByRole("button", { name: /^offer\.txt/ }).click();
  await expect(page.getByRole("dialog")).toContainText("12 pieces at 48.00");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download offer.txt" }).click();
  expect((await saved).suggestedFilename()).toBe("offer.txt");
  // What is too large is told before it is sent.
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "film.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(6 * 1024 * 1024) });
  await expect(page.getByText(/film\.bin is larger than 5 MB/)).toBeVisible();
  await page.getByRole("button", { name: "Remove offer.txt" }).click();
  await expect(page.getByRole("button", { name: /^offer\.txt/ })).toHaveCount(0);
});
