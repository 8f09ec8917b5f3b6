/**
 * What every command of this folder does first and last: check Node, install what is missing, turn a mendable error
 * into one line, and end with the right code.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { refusal } from "./node-version.mjs";
import { SetupError } from "./setup-error.mjs";

/** The repository. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * @param {() => Promise<number>} body Gives the exit code.
 * @returns {Promise<void>}
 */
export async function command(body) {
  try {
    const reason = refusal(process.versions.node);
    if (reason !== undefined) throw new SetupError(reason);
    await ensureInstalled(ROOT);
    process.exitCode = await body();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
