/**
 * Runs a program on the Node that the product is made for, wherever this script itself runs.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { majorOf, PRODUCT_NODE } from "./node-version.mjs";
import { SetupError } from "./setup-error.mjs";

const ORPHAN_CHECK_MS = 500;

/**
 * @param {string} root The repository, with its dependencies installed.
 * @returns {string} The path of a Node that is new enough.
 * @throws {SetupError} when there is none.
 */
function productNode(root) {
  if (majorOf(process.versions.node) >= PRODUCT_NODE) return process.execPath;
  const bundled = path.join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(bundled) && spawnSync(bundled, ["--version"]).status === 0) return bundled;
  throw new SetupError(
    `Node ${PRODUCT_NODE} did not come with the dependencies: allow npm to run install scripts and delete node_modules, or install Node ${PRODUCT_NODE}.`,
  );
}

/**
 * Runs a program to its end, with this process's terminal. Signals reach it, and how it ended is how this ends.
 *
 * @param {string} root The repository; also the program's folder.
 * @param {readonly string[]} args The script and its arguments.
 * @returns {Promise<number>} The exit code; 128 and the signal's number when a signal ended it, as shells have it.
 */
export function runOnProductNode(root, args) {
  const node = productNode(root);
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { cwd: root, stdio: "inherit", env: withNodeFirst(node) });
    const stopForwarding = forwardSignals(child);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      stopForwarding();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * Runs a program to its end, and keeps back what it says.
 *
 * @param {string} root The repository; also the program's folder.
 * @param {readonly string[]} args The script and its arguments.
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function runQuietly(root, args) {
  const node = productNode(root);
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: withNodeFirst(node) });
    let output = "";
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

/**
 * What the program starts in turn as `node` or by a name in `node_modules/.bin` runs on the same Node.
 *
 * @param {string} node
 */
function withNodeFirst(node) {
  return { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env["PATH"] ?? ""}` };
}

/**
 * Ctrl-C in a terminal reaches the whole process group by itself; sending it again would count as a second one, which
 * means "stop at once".
 *
 * @param {import("node:child_process").ChildProcess} child
 */
function forwardSignals(child) {
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, forward);
  const orphanWatch = whenNpmEnds(() => forward("SIGTERM"));
  return () => {
    clearInterval(orphanWatch);
    for (const signal of signals) process.off(signal, forward);
  };
}

/**
 * npm starts scripts through a shell, and who ends npm ends that shell, but not what the shell has started. Nobody wants
 * a server that goes on unseen and keeps its port.
 *
 * @param {() => void} react
 * @returns {NodeJS.Timeout | undefined} Nothing when npm did not start this.
 */
function whenNpmEnds(react) {
  if (process.env["npm_lifecycle_event"] === undefined) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    react();
  }, ORPHAN_CHECK_MS);
  return timer;
}
