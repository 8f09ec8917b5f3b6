#!/usr/bin/env node
/**
 * The command `holdfast`. It runs on Node 24, which comes with the dependencies: on an older Node it starts itself
 * again on that one. Plain JavaScript, because an older Node has to read it.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NEEDED = 24;

// oxlint-disable-next-line unicorn/prefer-import-meta-properties -- older Nodes don't have them
const here = dirname(fileURLToPath(import.meta.url));

if (Number(process.versions.node.split(".")[0]) >= NEEDED) {
  await import("../src/cli/main.ts");
} else {
  const node = findNode(here);
  if (node === undefined) {
    process.stderr.write(
      `holdfast: this needs Node ${NEEDED} and this is ${process.versions.node}. Install Node ${NEEDED}, or run npm install.\n`,
    );
    process.exitCode = 1;
  } else {
    const child = spawn(node, process.argv.slice(1), { stdio: "inherit" });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    child.on("close", (code, signal) => {
      process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
    });
  }
}

/**
 * @param {string} folder Where to begin looking upwards.
 * @returns {string | undefined} The Node that came with the dependencies.
 */
function findNode(folder) {
  const candidate = join(folder, "node_modules", ".bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(candidate)) return candidate;
  const parent = dirname(folder);
  return parent === folder ? undefined : findNode(parent);
}
