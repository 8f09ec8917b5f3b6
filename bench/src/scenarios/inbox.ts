/** Five hundred open tasks in a manager's inbox: the list, and going from one task to the next by key, in a real Chromium. */
import { browserLaunch } from "@holdfast/testkit/browser";
import { chromium, type Page } from "@playwright/test";
import type { Bench, Scenario } from "../bench.ts";
import { buildPages, openSite, signIn, type Site } from "../designer/site.ts";
import { askingFlow } from "../designer/asking-flow.ts";
import { percentile } from "../numbers/statistics.ts";

const LISTS = 40;
const STEPS = 60;
const AT_ONCE = 100;

export const inbox: Scenario = {
  name: "inbox",
  async run(bench: Bench) {
    bench.say("building the pages");
    buildPages();
    await using site = await openSite();
    const tasks = bench.sizes.inboxTasks;
    await site.publish(askingFlow);
    await ask(site, tasks);
    const browser = await chromium.launch(await browserLaunch());
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
      const page = await context.newPage();
      await signIn(page, site, site.manager);
      await page.goto(`${site.url}/inbox`);
      await page.getByRole("tab", { name: new RegExp(`^Mine ?${tasks}$`) }).waitFor({ timeout: 120_000 });
      bench.say("opening the list");
      spread(bench, "inbox.list.ms", await timed(page, LISTS, openList));
      bench.say("going from task to task");
      spread(bench, "inbox.next.ms", await timed(page, STEPS, nextCard));
      bench.findings.judge("inbox.list.ms.p95", bench.findings.median("inbox.list.ms.p95"));
      bench.findings.judge("inbox.next.ms.p95", bench.findings.median("inbox.next.ms.p95"));
    } finally {
      await browser.close();
    }
  },
};

/** Sends what starts the runs; their tasks come by themselves. */
async function ask(site: Site, tasks: number): Promise<void> {
  for (let from = 0; from < tasks; from += AT_ONCE) {
    const events = Array.from({ length: Math.min(AT_ONCE, tasks - from) }, (_, at) => ({
      name: "bench/asked",
      data: { n: from + at, supplier: `Supplier ${(from + at) % 37}`, amount: 10 + ((from + at) % 990) },
    }));
    await site.send(events);
  }
}

async function timed(
  page: Page,
  times: number,
  act: (page: Page, at: number) => Promise<number>,
): Promise<readonly number[]> {
  const found: number[] = [];
  for (let at = 0; at < times; at++) {
    found.push(await act(page, at));
    // People look at what has come; what is read ahead is read meanwhile.
    await page.waitForTimeout(250);
  }
  return found;
}

/** In the page: resolves with the milliseconds until `done` and a frame that shows it. */
const untilShown = (begin: string, done: string): string => `new Promise((resolve) => {
  ${begin}
  const begun = performance.now();
  const look = () => {
    if (${done}) requestAnimationFrame(() => resolve(performance.now() - begun));
    else requestAnimationFrame(look);
  };
  act();
  look();
})`;

/** From an address that was not looked at before, by way of the server, to the frame that shows its rows. */
function openList(page: Page, at: number): Promise<number> {
  // Every task fits, and nothing of it is in the browser's memory.
  const address = `/inbox?view=all&col=${encodeURIComponent(JSON.stringify([`amount over ${-1 - at}`]))}`;
  return page.evaluate(
    untilShown(
      `let busy = false;
       const isBusy = () => document.querySelector('ul[aria-busy="true"]') !== null;
       new MutationObserver(() => { busy ||= isBusy(); })
         .observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-busy"] });
       const act = () => {
         history.pushState({}, "", ${JSON.stringify(address)});
         dispatchEvent(new PopStateEvent("popstate"));
       };`,
      "busy && !isBusy() && document.querySelector('[data-row]') !== null",
    ),
  );
}

/** From the key to the frame that shows the next task's question and answers. */
function nextCard(page: Page): Promise<number> {
  return page.evaluate(
    untilShown(
      `const title = () => document.querySelector("main h2[tabindex]")?.textContent ?? "";
       const before = title();
       const key = { key: "j", code: "KeyJ", bubbles: true };
       const act = () => document.body.dispatchEvent(new KeyboardEvent("keydown", key));`,
      "title() !== before && title() !== '' && document.querySelector('[data-answer]') !== null",
    ),
  );
}

function spread({ findings }: Bench, name: string, values: readonly number[]): void {
  findings.add(`${name}.p50`, percentile(values, 0.5), "ms");
  findings.add(`${name}.p95`, percentile(values, 0.95), "ms");
  findings.add(`${name}.max`, Math.max(...values), "ms");
}
