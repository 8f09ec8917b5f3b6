/** `holdfast` as people start it: a process of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Account } from "../../src/embedded-postgres/account.ts";

const HOLDFAST = fileURLToPath(new URL("../../bin/holdfast.mjs", import.meta.url));

const demoFile = z.strictObject({
  url: z.string(),
  apiKey: z.string(),
  people: z.array(
    z.strictObject({
      name: z.string(),
      email: z.string(),
      password: z.string(),
      roles: z.array(z.string()),
      groups: z.array(z.string()),
    }),
  ),
  shop: z.strictObject({ url: z.string(), mails: z.string() }),
});
export type DemoFile = z.infer<typeof demoFile>;

export class HoldfastProcess {
  readonly lines: readonly string[];
  /** Where it says that it is; empty if nowhere. */
  readonly url: string;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess, url: string, lines: readonly string[]) {
    this.#child = child;
    this.url = url;
    this.lines = lines;
  }

  /** Resolves when it says that it is ready. */
  static async start(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    account?: Account,
  ): Promise<HoldfastProcess> {
    const child = spawn(process.execPath, [HOLDFAST, ...args], {
      ...account,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, OPENAI_API_KEY: "", DATABASE_URL: "", ...env },
    });
    const lines: string[] = [];
    const ready = Promise.withResolvers<string>();
    const read = (line: string): void => {
      lines.push(line);
      const said = /^(?:Holdfast|The server|The worker) is ready(?: at (http\S+))?$/.exec(line);
      if (said !== null) ready.resolve(said[1] ?? "");
    };
    createInterface({ input: child.stdout }).on("line", read);
    createInterface({ input: child.stderr }).on("line", read);
    child.once("exit", (code) => ready.reject(new Error(`it ended with ${code}: ${lines.join("\n")}`)));
    return new HoldfastProcess(child, await ready.promise, lines);
  }

  /** `holdfast up --demo` on a folder, as another account where one is told. */
  static up(dir: string, env: NodeJS.ProcessEnv = {}, account?: Account): Promise<HoldfastProcess> {
    return HoldfastProcess.start(["up", "--demo", "--data", dir, "--port", "0"], env, account);
  }

  /** Resolves with the exit code; null if the signal ended it. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const ended = once(this.#child, "exit");
    this.#child.kill(signal);
    await ended;
    return this.#child.exitCode;
  }
}

export const readDemo = async (dir: string): Promise<DemoFile> =>
  demoFile.parse(JSON.parse(await readFile(join(dir, "demo.json"), "utf8")));
