/** `holdfast up --demo`, as people start it: a process of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { must, StoryError } from "./story-error.ts";

const HOLDFAST = fileURLToPath(new URL("../../bin/holdfast.mjs", import.meta.url));

/** A first start creates a database; a slow disk makes that long. Milliseconds. */
const START_MS = 60_000;

const demoFile = z.looseObject({
  apiKey: z.string(),
  people: z.array(z.looseObject({ name: z.string(), email: z.string(), roles: z.array(z.string()) })),
  shop: z.looseObject({ url: z.string() }),
});

/** What `DIR/demo.json` says. */
export type DemoFile = z.infer<typeof demoFile>;

export interface UpOptions {
  /** The folder for what lasts. */
  readonly dir: string;
  /** 0: any free one. */
  readonly port: number;
  /** Empty: a database in the folder. */
  readonly databaseUrl: string;
}

export class HoldfastProcess {
  readonly url: string;
  readonly pid: number;
  readonly demo: DemoFile;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, pid: number, url: string, demo: DemoFile) {
    this.#child = child;
    this.pid = pid;
    this.url = url;
    this.demo = demo;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /**
   * Resolves when it says that it is ready.
   * @param started told the process at once, so that it can be ended whatever happens.
   * @throws StoryError with what it said instead.
   */
  static async up(options: UpOptions, started: (child: ChildProcess) => void): Promise<HoldfastProcess> {
    const args = ["up", "--demo", "--data", options.dir, "--port", String(options.port), "--host", "127.0.0.1"];
    const child = spawn(process.execPath, [HOLDFAST, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own: Ctrl-C ends the story, and the story ends its runtime.
      detached: true,
      env: { ...process.env, DATABASE_URL: options.databaseUrl },
    });
    started(child);
    const url = await readyAt(child);
    const demo = demoFile.parse(JSON.parse(await readFile(join(options.dir, "demo.json"), "utf8")));
    must(child.pid !== undefined, "Holdfast said that it is ready, and has no process.");
    return new HoldfastProcess(child, child.pid, url, demo);
  }

  /** SIGKILL: the process gets no chance to do anything. Resolves with the signal that ended it. */
  async kill(): Promise<string> {
    const ended = once(this.#child, "exit");
    process.kill(this.pid, "SIGKILL");
    await ended;
    return this.#child.signalCode ?? `exit code ${this.#child.exitCode}`;
  }
}

async function readyAt(child: ChildProcess): Promise<string> {
  const ready = Promise.withResolvers<string>();
  const lines: string[] = [];
  const read = (line: string): void => {
    lines.push(line);
    const said = /^Holdfast is ready at (http\S+)$/.exec(line);
    if (said?.[1] !== undefined) ready.resolve(said[1]);
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on("line", read);
  }
  const said = (): string => (lines.length === 0 ? "it said nothing" : lines.join("\n"));
  child.once("error", (error) => ready.reject(new StoryError(`Holdfast was not started: ${error.message}`)));
  child.once("exit", () => ready.reject(new StoryError(`Holdfast ended before it was ready: ${said()}`)));
  const overdue = setTimeout(
    () => ready.reject(new StoryError(`Holdfast was not ready within ${START_MS / 1_000} s: ${said()}`)),
    START_MS,
  );
  return ready.promise.finally(() => clearTimeout(overdue));
}
