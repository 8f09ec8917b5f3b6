/** A Chromium, as the tests of the pages find theirs. */
import { accessSync, constants } from "node:fs";
import { chromium, type Browser } from "@playwright/test";

const INSTALLED = [
  process.env["HOLDFAST_TEST_BROWSER"] ?? "",
  "/usr/bin/google-chrome",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

function isThere(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** An installed browser, else Playwright's own, else the one that came from npm. */
export async function openBrowser(): Promise<Browser> {
  // Root has no sandbox of its own; the pages are ours.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const installed = INSTALLED.find(isThere);
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args });
  if (isThere(chromium.executablePath())) return chromium.launch({ args });
  const { default: packaged } = await import("@sparticuz/chromium");
  return chromium.launch({ executablePath: await packaged.executablePath(), args });
}
