import { accessSync, constants } from "node:fs";
import { chromium, type LaunchOptions } from "@playwright/test";

/** Where systems keep a browser that speaks the same protocol. */
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

/** How to start a Chromium: an installed one, else Playwright's own, else the one that came from npm. */
export async function browserLaunch(): Promise<LaunchOptions> {
  // Root has no sandbox of its own; the pages under test are ours.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const installed = INSTALLED.find(isThere);
  if (installed !== undefined) return { executablePath: installed, args };
  if (isThere(chromium.executablePath())) return { args };
  // Its own flags switch off what we test (the same-origin policy) and are meant for another place.
  const { default: packaged } = await import("@sparticuz/chromium");
  return { executablePath: await packaged.executablePath(), args };
}
