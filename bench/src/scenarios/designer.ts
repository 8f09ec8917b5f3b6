/** A flow of a thousand nodes in the designer: opening, dragging, panning, typing, undoing, in a real Chromium. */
import { browserLaunch } from "@holdfast/testkit/browser";
import { chromium, type Locator, type Page } from "@playwright/test";
import type { Bench, Scenario } from "../bench.ts";
import { BLOCK, largeFlow } from "../designer/large-flow.ts";
import { Probe, type InputDelay } from "../designer/probe.ts";
import { buildPages, openSite, type Site } from "../designer/site.ts";
import { percentile } from "../numbers/statistics.ts";

/** The card that is dragged and whose texts are edited. */
const CARD = "sum1";

const STEPS = 80;

const TEXT = "Write down what came of the order, twice";

export const designer: Scenario = {
  name: "designer",
  async run(bench: Bench) {
    bench.say("building the pages");
    buildPages();
    await using site = await openSite();
    const flow = largeFlow(bench.sizes.designerNodes / BLOCK);
    await site.publish(flow);
    const browser = await chromium.launch(await browserLaunch());
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
      const page = await context.newPage();
      await signIn(page, site);
      const probe = await Probe.attach(page);
      await measure(bench, page, probe, `${site.url}/flows/${flow.id}`);
    } finally {
      await browser.close();
    }
  },
};

async function signIn(page: Page, { url, analyst }: Site): Promise<void> {
  const answer = await page.request.post(`${url}/rpc/session.signIn`, {
    headers: { origin: url, "sec-fetch-site": "same-origin" },
    data: { email: analyst.email, password: analyst.password },
  });
  if (!answer.ok()) throw new Error(`nobody could sign in: ${answer.status()}`);
}

async function measure({ findings, say }: Bench, page: Page, probe: Probe, url: string): Promise<void> {
  const card = page.locator(`.react-flow__node[data-id="${CARD}"]`);
  // The first visit fills the browser's cache; the second is what people meet every day.
  for (const visit of ["first", "next"]) {
    say(`opening, ${visit} visit`);
    const begun = performance.now();
    await page.goto(url, { waitUntil: "commit" });
    await card.waitFor({ state: "visible" });
    await probe.rest();
    findings.add(`designer.open.${visit}VisitMs`, performance.now() - begun, "ms");
    await page.waitForTimeout(2_500);
  }
  const inputs = [
    ...(await drag(findings, page, probe, card)),
    ...(await pan(findings, page, probe)),
    ...(await type(findings, page, probe, card)),
  ];
  findings.add("designer.input.delayMs.max", Math.max(0, ...inputs.map(({ delayMs }) => delayMs)), "ms");
  findings.add("designer.input.toPaintMs.max", Math.max(0, ...inputs.map(({ paintMs }) => paintMs)), "ms");
  findings.judge("designer.drag.scriptAndLayoutMs.p95", findings.median("designer.drag.scriptAndLayoutMs.p95"));
  findings.judge("designer.input.delayMs.max", findings.median("designer.input.delayMs.max"));
}

type Findings = Bench["findings"];

/** Step by step, each with its frame; then at one go, for the times between frames; then it is undone. */
async function drag(findings: Findings, page: Page, probe: Probe, card: Locator): Promise<InputDelay[]> {
  const moves: number[] = [];
  const inputs = await probe.inputs(async () => {
    const from = await grab(page, card);
    for (let step = 1; step <= STEPS; step++) {
      moves.push(await probe.work(() => page.mouse.move(...along(from, step))));
    }
    findings.add("designer.drop.scriptAndLayoutMs", await probe.work(() => page.mouse.up()), "ms");
  });
  // The first step lifts the card off; it is told by itself.
  const [first = 0, ...rest] = moves;
  findings.add("designer.drag.firstMs", first, "ms");
  spread(findings, "designer.drag.scriptAndLayoutMs", rest);
  await page.waitForTimeout(1_500);
  const undone = await probe.inputs(async () => {
    findings.add("designer.undo.scriptAndLayoutMs", await probe.work(() => page.keyboard.press("Control+z")), "ms");
  });
  const from = await grab(page, card);
  const frames = await probe.frames(async () => {
    for (let step = 1; step <= STEPS; step++) {
      await page.mouse.move(...along(from, step));
      await page.waitForTimeout(12);
    }
  });
  await page.mouse.up();
  spread(findings, "designer.drag.frameMs", frames);
  spread(findings, "designer.drag.toPaintMs", atLeast(inputs));
  spread(findings, "designer.undo.toPaintMs", atLeast(undone));
  await page.waitForTimeout(1_500);
  return [...inputs, ...undone];
}

async function grab(page: Page, card: Locator): Promise<{ x: number; y: number }> {
  const box = await card.boundingBox();
  if (box === null) throw new Error("the card is not in the picture");
  const from = { x: box.x + 60, y: box.y + 12 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  return from;
}

function along({ x, y }: { x: number; y: number }, step: number): [number, number] {
  return [x + step * 2, y + step];
}

async function pan(findings: Findings, page: Page, probe: Probe): Promise<InputDelay[]> {
  await page.mouse.move(640, 500);
  const work: number[] = [];
  return probe.inputs(async () => {
    for (let step = 0; step < STEPS; step++) work.push(await probe.work(() => page.mouse.wheel(0, 40)));
    spread(findings, "designer.pan.scriptAndLayoutMs", work);
    const frames = await probe.frames(async () => {
      for (let step = 0; step < STEPS; step++) {
        await page.mouse.wheel(0, -40);
        await page.waitForTimeout(12);
      }
    });
    spread(findings, "designer.pan.frameMs", frames);
  });
}

/** The name of a node, in its panel. */
async function type(findings: Findings, page: Page, probe: Probe, card: Locator): Promise<InputDelay[]> {
  await page.waitForTimeout(500);
  await card.click({ position: { x: 60, y: 12 } });
  const field = page.getByRole("complementary").locator("input:not([type=hidden])").first();
  await field.click();
  await page.waitForTimeout(500);
  const keys: number[] = [];
  const inputs = await probe.inputs(async () => {
    for (const key of TEXT) keys.push(await probe.work(() => page.keyboard.press(key === " " ? "Space" : key)));
  });
  spread(findings, "designer.type.scriptAndLayoutMs", keys);
  const fast = await probe.inputs(() => page.keyboard.type(TEXT, { delay: 60 }));
  const pressed = [...inputs, ...fast].filter(({ name }) => name === "keydown" || name === "keypress");
  spread(findings, "designer.type.toPaintMs", atLeast(pressed));
  return [...inputs, ...fast];
}

/** Entries begin at 16 ms; where there are none, all were faster. */
function atLeast(inputs: readonly InputDelay[]): number[] {
  return inputs.length === 0 ? [16] : inputs.map(({ paintMs }) => paintMs);
}

function spread(findings: Findings, name: string, values: readonly number[]): void {
  findings.add(`${name}.p50`, percentile(values, 0.5), "ms");
  findings.add(`${name}.p95`, percentile(values, 0.95), "ms");
  findings.add(`${name}.max`, Math.max(...values), "ms");
}
