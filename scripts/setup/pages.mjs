/**
 * Builds the pages when they are missing or older than what they are made of, and shows that it is alive while it does.
 *
 * A stamp beside the build has the time at which the last complete one began: one that was interrupted left none.
 */
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startProgress } from "./progress.mjs";
import { runQuietly } from "./product-node.mjs";
import { SetupError } from "./setup-error.mjs";

const DESIGNER = path.join("apps", "designer");

/** What the pages are made of. */
const SOURCES = [
  path.join(DESIGNER, "src"),
  path.join(DESIGNER, "public"),
  path.join(DESIGNER, "index.html"),
  path.join(DESIGNER, "package.json"),
  path.join(DESIGNER, "vite.config.ts"),
  path.join("packages", "dsl", "src"),
  path.join("packages", "engine", "src"),
  path.join("packages", "nodes", "src"),
  "package-lock.json",
];

/**
 * Does nothing, in a few milliseconds, when the pages are newer than their sources.
 *
 * @param {string} root The repository, with its dependencies installed.
 * @throws {SetupError} when they can't be built; what the build said stands above.
 */
export async function ensurePages(root) {
  const stamp = path.join(root, DESIGNER, "dist", ".built");
  const began = new Date();
  if (isNewer(stamp, root)) return;
  rmSync(stamp, { force: true });
  const progress = startProgress("Building the pages (only the first time, or when they change) …", (seconds) => {
    return `Building the pages: ${seconds} s`;
  });
  const vite = path.join(root, "node_modules", "vite", "bin", "vite.js");
  const { code, output } = await runQuietly(root, [vite, "build", DESIGNER, "--logLevel", "warn"]).finally(() =>
    progress.stop(),
  );
  if (code !== 0) {
    process.stderr.write(output);
    throw new SetupError("The pages could not be built; what the build said stands above.");
  }
  writeFileSync(stamp, "");
  // A source that changed meanwhile may have come too late.
  utimesSync(stamp, began, began);
}

/**
 * @param {string} stamp
 * @param {string} root
 */
function isNewer(stamp, root) {
  if (!existsSync(stamp) || !existsSync(path.join(path.dirname(stamp), "index.html"))) return false;
  const builtAt = statSync(stamp).mtimeMs;
  return SOURCES.every((source) => changedAt(path.join(root, source)) < builtAt);
}

/**
 * Folders count too: one changes when a file in it comes or goes.
 *
 * @param {string} place A file, or a folder with all that is in it.
 * @returns {number} Milliseconds since the epoch; 0 where there is nothing.
 */
function changedAt(place) {
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(place, { recursive: true, withFileTypes: true }).reduce(
    (latest, entry) => Math.max(latest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs),
    found.mtimeMs,
  );
}
