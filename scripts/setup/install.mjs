/**
 * Installs the dependencies when they are missing or stale, and shows that it is alive while it does.
 *
 * Plain JavaScript with Node's own modules only: this runs before anything is installed.
 */
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { isInstalled, readLockfile, wantedPaths } from "./lockfile.mjs";
import { startProgress } from "./progress.mjs";
import { SetupError } from "./setup-error.mjs";

const PLATFORM = { os: process.platform, cpu: process.arch };

/**
 * Does nothing, in a few milliseconds, when everything is there.
 *
 * @param {string} root The repository.
 * @throws {SetupError} when the folder can't be written or npm fails; npm's own output stands above.
 */
export async function ensureInstalled(root) {
  const lockfile = readLockfile(path.join(root, "package-lock.json"));
  if (lockfile === undefined) throw new SetupError(`There is no readable package-lock.json in ${root}.`);
  const installed = readLockfile(path.join(root, "node_modules", ".package-lock.json"));
  if (isInstalled(lockfile, installed, PLATFORM)) return;
  requireWritable(root);
  await install(root, wantedPaths(lockfile, PLATFORM));
}

/** @param {string} root */
function requireWritable(root) {
  for (const folder of [root, path.join(root, "node_modules")].filter((candidate) => existsSync(candidate))) {
    try {
      accessSync(folder, constants.W_OK);
    } catch {
      throw new SetupError(`The dependencies can't be installed: ${folder} is not writable for this user.`);
    }
  }
}

/**
 * @param {string} root
 * @param {readonly string[]} paths The packages to come, to count those that have arrived.
 */
async function install(root, paths) {
  const progress = startProgress("Installing dependencies (only the first time, or when they change) …", (seconds) => {
    const arrived = paths.filter((entry) => existsSync(path.join(root, entry, "package.json"))).length;
    return `Installing dependencies: ${arrived} of ${paths.length} packages, ${seconds} s`;
  });
  const { code, output } = await npmCi(root).finally(() => progress.stop());
  if (code === 0) return;
  process.stderr.write(output);
  throw new SetupError("npm could not install the dependencies; what it said stands above.");
}

/**
 * Runs `npm ci`. Its output is kept back and shown only when it fails: what remains otherwise are warnings that Node 20
 * is too old for packages which only ever run on the Node 24 that this installs.
 *
 * @param {string} root
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function npmCi(root) {
  // Development dependencies are part of running from source, whatever NODE_ENV says.
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error", "--no-progress"];
  const npmCli = process.env["npm_execpath"] ?? "";
  const [command, prefix] = npmCli.endsWith("npm-cli.js") ? [process.execPath, [npmCli]] : ["npm", []];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...prefix, ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32" && command === "npm",
    });
    let output = "";
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", () => reject(new SetupError("npm was not found; it comes with Node from https://nodejs.org.")));
    child.on("close", (code) => resolve({ code, output }));
  });
}
