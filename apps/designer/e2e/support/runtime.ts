/** A runtime of the test's own: `holdfast up --demo` in a process that can be killed and started again. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const HOLDFAST = fileURLToPath(new URL("../../../runtime/bin/holdfast.mjs", import.meta.url));

const demoSchema = z.object({
  url: z.string(),
  apiKey: z.string(),
  people: z.array(
    z.object({ name: z.string(), email: z.string(), password: z.string(), roles: z.array(z.string()).readonly() }),
  ),
  shop: z.object({ url: z.string(), mails: z.string() }),
});

/** What `demo.json` tells. */
export type Demo = z.infer<typeof demoSchema>;
export type DemoPerson = Demo["people"][number];

export class Runtime {
  readonly #dir: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #workspace: string | undefined;
  #child: ChildProcess | undefined;
  #demo: Demo | undefined;

  private constructor(dir: string, env: NodeJS.ProcessEnv, workspace: string | undefined) {
    this.#dir = dir;
    this.#env = env;
    this.#workspace = workspace;
  }

  /** `env`: what this one is told besides. `workspace`: the folder whose packages it has. */
  static async start(env: NodeJS.ProcessEnv = {}, workspace?: string): Promise<Runtime> {
    const dir = await mkdtemp(join(tmpdir(), "holdfast-e2e-"));
    // Root's Postgres runs as somebody else, who has to reach its data.
    await chmod(dir, 0o711);
    const runtime = new Runtime(dir, env, workspace);
    await runtime.#up("0");
    return runtime;
  }

  get demo(): Demo {
    if (this.#demo === undefined) throw new Error("the runtime has not started");
    return this.#demo;
  }

  get url(): string {
    return this.demo.url;
  }

  /** By their first name, or the one who has this role: best alone. */
  person(who: string): DemoPerson {
    const { people } = this.demo;
    const found =
      people.find(({ name }) => name.startsWith(`${who} `)) ??
      people.find(({ roles }) => roles.length === 1 && roles[0] === who) ??
      people.find(({ roles }) => roles.includes(who));
    if (found === undefined) throw new Error(`there is no ${who} among the demo people`);
    return found;
  }

  /** SIGKILL: nothing is said, nothing is flushed. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  /** At the same address, on the same data. */
  async restart(): Promise<void> {
    await this.kill();
    await this.#up(new URL(this.url).port);
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
    await rm(this.#dir, { recursive: true, force: true });
  }

  /** Asks the API with the demo's key. */
  async api(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.demo.apiKey}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  async #up(port: string): Promise<void> {
    const child = spawn(process.execPath, [HOLDFAST, "up", "--demo", "--data", this.#dir, "--port", port], {
      stdio: ["ignore", "pipe", "pipe"],
      ...(this.#workspace === undefined ? {} : { cwd: this.#workspace }),
      // Flows of a spec may reach a server of the spec.
      env: {
        ...process.env,
        OPENAI_API_KEY: "",
        DATABASE_URL: "",
        HOLDFAST_ALLOW_PRIVATE: "127.0.0.0/8",
        ...this.#env,
      },
    });
    this.#child = child;
    const said: string[] = [];
    const ready = Promise.withResolvers<void>();
    const read = (line: string): void => {
      said.push(line);
      if (line.startsWith("Holdfast is ready at ")) ready.resolve();
    };
    createInterface({ input: child.stdout }).on("line", read);
    createInterface({ input: child.stderr }).on("line", read);
    child.once("exit", (code) => ready.reject(new Error(`the runtime ended with ${code}:\n${said.join("\n")}`)));
    await ready.promise;
    this.#demo = demoSchema.parse(JSON.parse(await readFile(join(this.#dir, "demo.json"), "utf8")));
  }
}
