/** The command on a Node that is too old for it. */
import { spawn, spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { VERSION } from "../src/version.ts";

const COMMAND = join(import.meta.dirname, "../bin/holdfast.mjs");

/** What the command starts: tells who runs it, or waits for a signal. */
const MAIN = `
const [, , task, ...rest]: readonly string[] = process.argv;
if (task === "tell") console.log(JSON.stringify({ major: process.versions.node.split(".")[0], rest }));
if (task === "fail") process.exitCode = 3;
if (task === "wait") {
  process.on("SIGTERM", () => process.exit(7));
  setInterval(() => {}, 1_000);
  console.log("waiting");
}
if (task === "die") {
  setInterval(() => {}, 1_000);
  process.kill(process.pid, "SIGKILL");
}
`;

interface Start {
  readonly node: string;
  readonly args: readonly string[];
}

/** This Node, which says of itself that it is older; those that it starts do not. */
const PRETENDING: Start = {
  node: process.execPath,
  args: [
    "--import",
    'data:text/javascript,Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.1.0" } })',
  ],
};

/** One that really is, if the machine has one. */
function olderNodes(): Start[] {
  const found = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "node"));
  const older = found.find((node) => {
    const { status, stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
    const major = Number(/^v(\d+)/.exec(stdout)?.[1]);
    return status === 0 && major >= 20 && major < 24;
  });
  return older === undefined ? [] : [{ node: older, args: [] }];
}

const STARTS = [PRETENDING, ...olderNodes()];

let folder = "";
let command = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "holdfast-bin-"));
  const runtime = join(folder, "apps", "runtime");
  command = join(runtime, "bin", "holdfast.mjs");
  await mkdir(join(runtime, "bin"), { recursive: true });
  await mkdir(join(runtime, "src", "cli"), { recursive: true });
  await copyFile(COMMAND, command);
  await writeFile(join(runtime, "package.json"), '{ "type": "module" }');
  await writeFile(join(runtime, "src", "cli", "main.ts"), MAIN);
  await mkdir(join(folder, "node_modules", ".bin"), { recursive: true });
  await symlink(process.execPath, join(folder, "node_modules", ".bin", "node"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = ({ node, args }: Start, ...rest: readonly string[]) =>
  spawnSync(node, [...args, ...rest], { encoding: "utf8" });

test.each(STARTS)("starts itself again on the Node that came with it ($node $args)", (start) => {
  const { status, stdout } = run(start, command, "tell", "two words", '{"a": 1}');
  expect(JSON.parse(stdout)).toEqual({ major: "24", rest: ["two words", '{"a": 1}'] });
  expect(status).toBe(0);
});

test.each(STARTS)("ends as what it started ends ($node $args)", (start) => {
  expect(run(start, command, "fail").status).toBe(3);
  expect(run(start, command, "die").status).toBe(128 + 9);
});

test.each(STARTS)("hands signals on, and waits ($node $args)", async ({ node, args }) => {
  const child = spawn(node, [...args, command, "wait"], { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.once("data", () => child.kill("SIGTERM"));
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(code).toBe(7);
});

test.each(STARTS)("says what to do where there is no such Node ($node $args)", async (start) => {
  await rm(join(folder, "node_modules"), { recursive: true });
  const { status, stderr, stdout } = run(start, command, "tell");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(
    /^holdfast: this needs Node 24 and this is 2\d\.\d+\.\d+\. Install Node 24, or run npm install\.\n$/,
  );
});

test.each(STARTS)("is the real one ($node $args)", (start) => {
  expect(run(start, COMMAND, "--version")).toMatchObject({ status: 0, stdout: `${VERSION}\n` });
});
