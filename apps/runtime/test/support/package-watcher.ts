/** A process that loads a workspace, keeps up with it, and writes a line per node type of packages when they change. */
import { memoryModels } from "@holdfast/nodes";
import { createFetch } from "@holdfast/nodes/executors";
import { loadNodePackages } from "../../src/packages/node-packages.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const warn = (_: object, message: string): void => say(message);
const { registry } = await loadNodePackages({ dir: process.argv[2] ?? "", watch: { info: () => undefined, warn } });

async function tell(): Promise<void> {
  const manifest = registry.list.at(-1);
  if (manifest === undefined) return;
  const outcome = await registry.action(manifest.type, manifest.version)?.execute({
    params: {},
    key: "",
    attempt: 1,
    signal: new AbortController().signal,
    now: Date.now,
    fetch: createFetch(),
    credential: () => Promise.resolve(undefined),
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
    run: { id: "", flow: "", version: 1, node: "" },
    ai: memoryModels(),
  });
  say(`${manifest.title}: ${outcome?.type === "output" ? JSON.stringify(outcome.value) : "nothing"}`);
}

registry.onChange(() => void tell());
await tell();
// It lives as long as somebody listens.
process.stdin.resume().once("end", () => process.exit());
