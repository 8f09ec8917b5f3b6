/** A flow of a thousand nodes in the designer: opening, dragging, panning, typing, undoing, in a real Chromium. */
import { browserLaunch } from "@holdfast/testkit/browser";
import { chromium, type Locator, type Page } from "@playwright/test";
import type { Bench, Scenario } from "../bench.ts";
import { BLOCK, largeFlow } from "../designer/large-flow.ts";
import { Probe, type InputDelay } from "../designer/probe.ts";
import { buildPages, openSite, signIn, type Site } from "../designer/site.ts";
import { percentile } from "../numbers/statistics.ts";

/** The card that is dragged and whose texts are edited. */
const CARD = "sum1";

const STEPS = 80;

const TEXT = "Write down what came of the order, twice";

const EXPRESSION = " and {{ nodes.look1.status }}";

/** A step that moves nothing costs less. Milliseconds. */
const LIFTED = 2;

export const designer: Scenario = {
  name: "designer",
  async run(bench: Bench) {
    bench.say("building the pages");
    buildPages();
    await using site = await openSite();
    // What grows with the flow shows in one that is twice as large.
    for (const { name, nodes } of [
      { name: "designer", nodes: bench.sizes.designerNodes },
      { name: "designer.twice", nodes: 2 * bench.sizes.designerNodes },
    ]) {
      bench.say(`a flow of ${nodes} nodes`);
      const flow = { ...largeFlow(nodes / BLOCK), id: `large-flow-${nodes}` };
      await site.publish(flow);
      await inBrowser(site, (page, probe) =>
        new Visit({ bench, page, probe, name }).go(`${site.url}/flows/${flow.id}`),
      );
    }
    const { findings } = bench;
    findings.judge("designer.drag.scriptAndLayoutMs.p95", findings.median("designer.drag.scriptAndLayoutMs.p95"));
    findings.judge("designer.input.delayMs.max", findings.median("designer.input.delayMs.max"));
  },
};

async function inBrowser(site: Site, use: (page: Page, probe: Probe) => Promise<void>): Promise<void> {
  const browser = await chromium.launch(await browserLaunch());
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
    const page = await context.newPage();
    await signIn(page, site, site.analyst);
    await use(page, await Probe.attach(page));
  } finally {
    await browser.close();
  }
}

interface VisitOptions {
  readonly bench: Bench;
  readonly page: Page;
  readonly probe: Probe;
  /** Under which the findings stand. */
  readonly name: string;
}

/** One flow, from opening it on. */
class Visit {
  readonly #bench: Bench;
  readonly #page: Page;
  readonly #probe: Probe;
  readonly #name: string;
  readonly #card: Locator;

  constructor({ bench, page, probe, name }: VisitOptions) {
    this.#bench = bench;
    this.#page = page;
    this.#probe = probe;
    this.#name = name;
    this.#card = page.locator(`.react-flow__node[data-id="${CARD}"]`);
  }

  async go(url: string): Promise<void> {
    // The first visit fills the browser's cache; the second is what people meet every day.
    for (const visit of ["first", "next"]) {
      this.#bench.say(`opening, ${visit} visit`);
      const begun = performance.now();
      await this.#page.goto(url, { waitUntil: "commit" });
      await this.#card.waitFor({ state: "visible" });
      await this.#probe.rest();
      this.#add(`open.${visit}VisitMs`, performance.now() - begun);
      await this.#page.waitForTimeout(2_500);
    }
    const inputs = [
      ...(await this.#drag()),
      ...(await this.#pan()),
      ...(await this.#zoom()),
      ...(await this.#typeName()),
      ...(await this.#typeExpression()),
    ];
    const slowest = inputs.toSorted((a, b) => b.delayMs - a.delayMs).slice(0, 3);
    this.#bench.say(
      `waited longest: ${slowest.map(({ name, delayMs }) => `${name} ${delayMs.toFixed(0)}`).join(", ")}`,
    );
    this.#add("input.delayMs.max", Math.max(0, ...inputs.map(({ delayMs }) => delayMs)));
    this.#add("input.toPaintMs.max", Math.max(0, ...inputs.map(({ paintMs }) => paintMs)));
  }

  /** Step by step, each with its frame; then at one go, for the times between frames; then it is undone. */
  async #drag(): Promise<InputDelay[]> {
    const [page, probe] = [this.#page, this.#probe];
    const moves: number[] = [];
    const inputs = await probe.inputs(async () => {
      const from = await this.#grab();
      for (let step = 1; step <= STEPS; step++) {
        moves.push(await probe.frame(() => page.mouse.move(...along(from, step))));
      }
      this.#add("drop.scriptAndLayoutMs", await probe.work(() => page.mouse.up()));
      await this.#fidget();
    });
    // Taken hold of it has to be moved by some pixels before it follows.
    const lifted = moves.findIndex((work) => work > LIFTED);
    this.#add("drag.firstMs", moves[lifted] ?? 0);
    this.#spread("drag.scriptAndLayoutMs", moves.slice(1));
    const undone = await probe.inputs(async () => {
      this.#add("undo.scriptAndLayoutMs", await probe.work(() => page.keyboard.press("Control+z")));
      await this.#fidget();
    });
    const from = await this.#grab();
    const frames = await probe.frames(async () => {
      for (let step = 1; step <= STEPS; step++) {
        await page.mouse.move(...along(from, step));
        await page.waitForTimeout(12);
      }
    });
    await page.mouse.up();
    this.#spread("drag.frameMs", frames);
    this.#spread("drag.toPaintMs", atLeast(inputs));
    this.#spread("undo.toPaintMs", atLeast(undone));
    await page.waitForTimeout(1_500);
    return [...inputs, ...undone];
  }

  async #grab(): Promise<{ x: number; y: number }> {
    const box = await this.#card.boundingBox();
    if (box === null) throw new Error("the card is not in the picture");
    const from = { x: box.x + 60, y: box.y + 12 };
    await this.#page.mouse.move(from.x, from.y);
    await this.#page.mouse.down();
    return from;
  }

  async #pan(): Promise<InputDelay[]> {
    const [page, probe] = [this.#page, this.#probe];
    await page.mouse.move(640, 500);
    const work: number[] = [];
    return probe.inputs(async () => {
      for (let step = 0; step < STEPS; step++) work.push(await probe.work(() => page.mouse.wheel(0, 40)));
      this.#spread("pan.scriptAndLayoutMs", work);
      const frames = await probe.frames(async () => {
        for (let step = 0; step < STEPS; step++) {
          await page.mouse.wheel(0, -40);
          await page.waitForTimeout(12);
        }
      });
      this.#spread("pan.frameMs", frames);
    });
  }

  /** Out to where cards are but their names, and in again. */
  async #zoom(): Promise<InputDelay[]> {
    const [page, probe] = [this.#page, this.#probe];
    const work: number[] = [];
    return probe.inputs(async () => {
      await page.keyboard.down("Control");
      for (const turn of [60, -60]) {
        for (let step = 0; step < STEPS / 4; step++) work.push(await probe.work(() => page.mouse.wheel(0, turn)));
      }
      await page.keyboard.up("Control");
      this.#spread("zoom.scriptAndLayoutMs", work);
    });
  }

  /** The name of a node, in its panel. */
  async #typeName(): Promise<InputDelay[]> {
    const pane = this.#page.locator(".react-flow__pane");
    await pane.click({ position: { x: 12, y: 300 } });
    await this.#page.waitForTimeout(1_000);
    const clicked = await this.#probe.inputs(async () => {
      const click = (): Promise<void> => this.#card.click({ position: { x: 60, y: 12 } });
      this.#add("select.scriptAndLayoutMs", await this.#probe.work(click));
      await this.#fidget();
    });
    await this.#page.getByRole("complementary").locator("input:not([type=hidden])").first().click();
    return [...clicked, ...(await this.#typeInto("type", TEXT))];
  }

  /** A param that reads what other nodes gave. */
  async #typeExpression(): Promise<InputDelay[]> {
    await this.#page.getByRole("complementary").locator(".cm-content").first().click();
    await this.#page.keyboard.press("End");
    return this.#typeInto("expression", EXPRESSION);
  }

  /** Key by key, each with its picture; then as fast as people type. */
  async #typeInto(what: string, text: string): Promise<InputDelay[]> {
    const [page, probe] = [this.#page, this.#probe];
    await page.waitForTimeout(500);
    const keys: number[] = [];
    const inputs = await probe.inputs(async () => {
      for (const key of text) keys.push(await probe.work(() => page.keyboard.press(key === " " ? "Space" : key)));
    });
    this.#spread(`${what}.scriptAndLayoutMs`, keys);
    // What is worked out when nobody has typed for a moment is in it: keys come before, during and after.
    const fast = await probe.inputs(async () => {
      for (const word of text.split(/(?<= )/)) {
        await page.keyboard.type(word, { delay: 60 });
        await page.waitForTimeout(250);
      }
      await this.#fidget();
    });
    const pressed = [...inputs, ...fast].filter(({ name }) => name === "keydown" || name === "keypress");
    this.#spread(`${what}.toPaintMs`, atLeast(pressed));
    return [...inputs, ...fast];
  }

  /** Keys that do nothing: what is worked out after a gesture must not hold up the next one. */
  async #fidget(): Promise<void> {
    for (let press = 0; press < 60; press++) {
      await this.#page.keyboard.press("Shift");
      await this.#page.waitForTimeout(20);
    }
  }

  #add(name: string, value: number): void {
    this.#bench.findings.add(`${this.#name}.${name}`, value, "ms");
  }

  #spread(name: string, values: readonly number[]): void {
    this.#add(`${name}.p50`, percentile(values, 0.5));
    this.#add(`${name}.p95`, percentile(values, 0.95));
    this.#add(`${name}.max`, Math.max(...values));
  }
}

function along({ x, y }: { x: number; y: number }, step: number): [number, number] {
  return [x + step * 2, y + step];
}

/** Entries begin at 16 ms; where there are none, all were faster. */
function atLeast(inputs: readonly InputDelay[]): number[] {
  return inputs.length === 0 ? [16] : inputs.map(({ paintMs }) => paintMs);
}
