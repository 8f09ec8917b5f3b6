/** Looks at a page while it is used: what the browser worked, how long frames and inputs took. */
import type { CDPSession, Page } from "@playwright/test";
import { z } from "zod";

export interface InputDelay {
  /** What came: `keydown`, `pointerup`, … */
  readonly name: string;
  /** From the input to the begin of its handling. */
  readonly delayMs: number;
  /** From the input to the picture that shows what it did, to 8 ms. */
  readonly paintMs: number;
}

const delaysSchema = z.array(z.object({ name: z.string(), delayMs: z.number(), paintMs: z.number() }));

/** Runs in the page before all else. Inputs that were answered within 16 ms are not among the entries. */
const RECORDER = `
  window.benchInputs = [];
  new PerformanceObserver((list) => {
    for (const { name, startTime, processingStart, duration } of list.getEntries())
      window.benchInputs.push({ name, delayMs: processingStart - startTime, paintMs: duration });
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
  window.benchFrames = [];
  window.benchRecording = false;
  window.benchTick = (at) => {
    window.benchFrames.push(at);
    if (window.benchRecording) requestAnimationFrame(window.benchTick);
  };
  window.benchViews = 0;
  window.benchWatching = false;
  window.benchWatch = () => {
    const view = document.querySelector(".react-flow__viewport")?.style.transform;
    if (view !== window.benchView) window.benchViews += 1;
    window.benchView = view;
    if (window.benchWatching) requestAnimationFrame(window.benchWatch);
  };
`;

const TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";

export class Probe {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  /** Before the page is opened. */
  static async attach(page: Page): Promise<Probe> {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.addInitScript(RECORDER);
    return new Probe(page, session);
  }

  /** Script, styles and layout of one step and the frame that shows it, in processor time. Milliseconds. */
  async work(step: () => Promise<void>): Promise<number> {
    const before = await this.#worked();
    await step();
    await this.rest();
    return (await this.#worked()) - before;
  }

  /**
   * The same of one frame. A step is shown by one, unless the canvas goes on by itself, as it does while a card is held
   * at its edge: then the work is that of so many frames as have moved it.
   */
  async frame(step: () => Promise<void>): Promise<number> {
    await this.#page.evaluate("benchWatching || (benchWatching = true, benchWatch(), benchViews = 0)");
    const before = z.number().parse(await this.#page.evaluate("benchViews"));
    const work = await this.work(step);
    const views = z.number().parse(await this.#page.evaluate("benchViews")) - before;
    return work / Math.max(1, views);
  }

  /** Lets the page draw what it has. */
  async rest(): Promise<void> {
    await this.#page.evaluate(TWO_FRAMES);
  }

  /** Times between the frames while something is done. */
  async frames(something: () => Promise<void>): Promise<number[]> {
    await this.#page.evaluate(
      "window.benchFrames = []; window.benchRecording = true; requestAnimationFrame(window.benchTick)",
    );
    await something();
    const frames = z.array(z.number()).parse(await this.#page.evaluate("window.benchRecording = false, benchFrames"));
    return frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  }

  /** Inputs that were not answered at once while something was done. */
  async inputs(something: () => Promise<void>): Promise<InputDelay[]> {
    await this.#page.evaluate("window.benchInputs = []");
    await something();
    await this.rest();
    return delaysSchema.parse(await this.#page.evaluate("benchInputs"));
  }

  async #worked(): Promise<number> {
    const { metrics } = await this.#session.send("Performance.getMetrics");
    const counted = new Set(["ScriptDuration", "LayoutDuration", "RecalcStyleDuration"]);
    return metrics.reduce((sum, { name, value }) => (counted.has(name) ? sum + value * 1_000 : sum), 0);
  }
}
