/** Every list with nothing in it, with one row, and with 500: on a runtime of its own, which has nothing yet. */
import type { Locator, Page } from "@playwright/test";
import { items, object, until } from "./support/refunds.ts";
import { Runtime } from "./support/runtime.ts";
import { expect, test as base } from "./support/test.ts";

const MANY = 500;

const test = base.extend<object, { readonly runtime: Runtime }>({
  runtime: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const runtime = await Runtime.start();
      await use(runtime);
      await runtime.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

const publish = (runtime: Runtime, id: string, nodes: unknown, edges: unknown): Promise<unknown> =>
  runtime.api("PUT", `/flows/${id}`, {
    dsl: 1,
    id,
    name: `List ${id}`,
    triggers: [{ type: "event", event: `lists/${id}` }],
    nodes,
    edges,
  });

/** Asks somebody, so that each of its runs leaves a task. */
const publishAsk = (runtime: Runtime): Promise<unknown> =>
  publish(
    runtime,
    "ask",
    {
      ask: {
        type: "wait.event",
        params: {
          inbox: { title: "Question {{ input.n }}", assignTo: { roles: ["manager"] } },
          outcomes: [{ port: "approved", event: "lists/yes" }],
          timeout: "7d",
        },
      },
    },
    [
      { from: "start", to: "ask" },
      { from: "ask", port: "approved", to: "end" },
      { from: "ask", port: "timeout", to: "end" },
    ],
  );

/** Fails at once, and asks for a repair. */
const publishBreak = (runtime: Runtime): Promise<unknown> =>
  publish(
    runtime,
    "break",
    {
      call: {
        type: "http.request",
        params: { method: "GET", url: "http://127.0.0.1:1/" },
        retry: { maxAttempts: 1 },
      },
    },
    [
      { from: "start", to: "call" },
      { from: "call", to: "end" },
    ],
  );

const named = (name: string, from: number, to: number): unknown[] =>
  Array.from({ length: to - from }, (_, at) => ({ name, data: { n: from + at } }));

async function untilThere(runtime: Runtime, path: string, wanted: number): Promise<void> {
  await until(async () => {
    let cursor = "";
    let found = 0;
    do {
      const page = await runtime.api("GET", `${path}&limit=200${cursor}`);
      const { nextCursor } = object(page);
      found += items(page).length;
      cursor = typeof nextCursor === "string" ? `&cursor=${nextCursor}` : "";
    } while (cursor !== "");
    return found >= wanted ? true : undefined;
  });
}

const table = (page: Page, name: string): Locator => page.getByRole("table", { name, exact: true });

/** Goes to the end until all rows are there: the rest is fetched on the way. */
async function reaches(page: Page, name: string, rows: number): Promise<void> {
  await expect(async () => {
    await table(page, name).evaluate((element) => element.parentElement?.scrollTo(0, element.scrollHeight));
    expect(Number(await table(page, name).getAttribute("aria-rowcount"))).toBeGreaterThanOrEqual(rows);
  }).toPass({ timeout: 30_000 });
}

test("nothing, one, and 500 of everything", async ({ page, runtime, signIn }) => {
  await signIn("Marta");
  for (const flow of items(await runtime.api("GET", "/flows"))) {
    const archived = await page.request.post("/rpc/flows.archive", {
      headers: { origin: runtime.url, "sec-fetch-site": "same-origin" },
      data: { id: flow["id"] },
    });
    expect(archived.status(), await archived.text()).toBe(200);
  }
  const empty = [
    ["/inbox", "Nothing to decide."],
    ["/inbox?view=decided", "Nothing has been decided yet."],
    ["/flows", "No flows yet"],
    ["/runs", "No runs yet."],
    ["/incidents", "Nothing needs a repair."],
    ["/events", "No events yet."],
  ] as const;
  for (const [path, text] of empty) {
    await page.goto(path);
    await expect(page.getByText(text).first()).toBeVisible();
  }

  await publishAsk(runtime);
  await publishBreak(runtime);
  await runtime.api("POST", "/events", [...named("lists/ask", 0, 1), ...named("lists/break", 0, 1)]);
  await page.goto("/inbox");
  await expect(page.getByRole("button", { name: /^Question 0/ })).toBeVisible();
  await page.goto("/incidents");
  await expect(page.getByText("1 incident", { exact: true })).toBeVisible();
  await page.goto("/runs?status=waiting");
  await expect(page.getByText("1 run", { exact: true })).toBeVisible();
  await page.goto("/events?name=lists/ask");
  await expect(table(page, "Events").getByRole("link")).toHaveCount(1);
  await page.goto("/flows?q=ask");
  await expect(page.getByText("1 flow", { exact: true })).toBeVisible();

  await runtime.api("POST", "/events", [...named("lists/ask", 1, MANY), ...named("lists/break", 1, MANY)]);
  for (let from = 0; from < MANY; from += 50) {
    await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        publish(runtime, `copy-${from + at}`, { stop: { type: "end", params: {} } }, [{ from: "start", to: "stop" }]),
      ),
    );
  }
  await untilThere(runtime, "/tasks?status=open", MANY);
  await untilThere(runtime, "/incidents?status=open", MANY);

  await page.goto("/inbox");
  await expect(page.getByRole("tab", { name: /^Mine/ })).toContainText(String(MANY));
  const last = page.getByRole("button", { name: new RegExp(`^Question ${MANY - 1}\\b`) });
  // What is seen of the list is drawn.
  await expect(async () => {
    const all = page.getByRole("list", { name: "Tasks" });
    await all.evaluate((element) => element.parentElement?.scrollTo(0, element.scrollHeight));
    await expect(last).toBeInViewport({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await page.goto("/runs");
  await reaches(page, "Runs", 2 * MANY);
  await page.goto("/events");
  await reaches(page, "Events", 2 * MANY);
  await page.goto("/incidents");
  await expect(page.getByText(`${MANY} incidents`, { exact: true })).toBeVisible();
  await page.goto("/flows");
  await expect(page.getByText(`${MANY + 2} flows`, { exact: true })).toBeVisible();
  await page.goto("/flows?q=copy-499");
  await expect(page.getByText("List copy-499")).toBeVisible();
});
