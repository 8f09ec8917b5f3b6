/**
 * Takes a picture of every page and main state, at three widths, in both themes and languages:
 * `npm run screenshots [-- --only design,runs] [--languages en,uk] [--out FOLDER]`. They are for eyes, not for a test:
 * lay them beside the pictures of the look.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Browser } from "@playwright/test";
import { browserLaunch } from "@holdfast/testkit/browser";
import { Runtime } from "../../e2e/support/runtime.ts";
import { makeSample, type Sample } from "./sample.ts";
import type { Scene } from "./scene.ts";
import { SCENES } from "./scenes.ts";

const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
] as const;
const THEMES = ["light", "dark"] as const;
const LOCALES: Readonly<Record<string, string>> = { en: "en-GB", uk: "uk-UA" };

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    languages: { type: "string", default: "en" },
    widths: { type: "string" },
    themes: { type: "string" },
    out: { type: "string", default: "screenshots" },
  },
});
const chosen = (list: string | undefined, item: string): boolean =>
  list === undefined || list.split(",").includes(item);

interface Studio {
  readonly browser: Browser;
  readonly runtime: Runtime;
  readonly sample: Sample;
}

async function shoot({ browser, runtime, sample }: Studio, scene: Scene, language: string): Promise<void> {
  const widths = WIDTHS.filter(({ width }) => chosen(values.widths, String(width)) && !(scene.wide && width < 500));
  for (const viewport of widths) {
    for (const colorScheme of THEMES.filter((theme) => chosen(values.themes, theme))) {
      const context = await browser.newContext({
        baseURL: runtime.url,
        viewport,
        colorScheme,
        reducedMotion: "reduce",
        locale: LOCALES[language] ?? language,
        timezoneId: "Europe/Kyiv",
        ...(viewport.width < 500 && { hasTouch: true, isMobile: true, deviceScaleFactor: 2 }),
      });
      const page = await context.newPage();
      page.setDefaultTimeout(8_000);
      if (scene.as !== "nobody") {
        const { email, password } = runtime.person(scene.as);
        await page.request.post("/rpc/session.signIn", {
          headers: { origin: runtime.url, "sec-fetch-site": "same-origin" },
          data: { email, password },
        });
      }
      const failures: string[] = [];
      page.on("console", (message) => message.type() === "error" && failures.push(message.text()));
      page.on("pageerror", (error) => failures.push(error.message));
      await page.goto(scene.path(sample));
      await page
        .getByRole("heading")
        .first()
        .waitFor({ timeout: 10_000 })
        .catch(() => failures.push("no heading"));
      await scene.prepare?.(page, sample).catch((error: unknown) => failures.push(String(error).split("\n")[0] ?? ""));
      // Live views keep a request open, so the network never falls silent; the page does.
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(700);
      const name = `${scene.name}-${viewport.width}-${colorScheme}-${language}.png`;
      await page.screenshot({ path: path.join(values.out, name) });
      console.log(failures.length === 0 ? name : `${name}: ${failures.join(" | ")}`);
      await context.close();
    }
  }
}

await mkdir(values.out, { recursive: true });
const runtime = await Runtime.start();
const browser = await chromium.launch(await browserLaunch());
try {
  const sample = await makeSample(runtime);
  for (const language of values.languages.split(",")) {
    for (const scene of SCENES.filter(({ name }) => chosen(values.only, name))) {
      await shoot({ browser, runtime, sample }, scene, language);
    }
  }
} finally {
  await browser.close();
  await runtime.stop();
}
