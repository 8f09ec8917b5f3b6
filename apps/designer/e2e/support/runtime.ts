/** A runtime of the test's own: `holdfast up --demo` in a process that can be killed and started again. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const HOLDFAST = fileURLToPath(new URL("../../../runtime/bin/holdfast.mjs", import.meta.url));

export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly roles: readonly string[];
}

export interface Demo {
  readonly url: string;
  readonly apiKey: string;
  readonly people: readonly DemoPerson[];
  readonly shop: { readonly url: string; readonly mails: string };
}

export class Runtime {
  readonly #dir: string;
  #child: ChildProcess | undefined;
  #demo: Demo | undefined;

  private constructor(dir: string) {
    this.#dir = dir;
  }

  static async start(): Promise<Runtime> {
    const dir = await mkdtemp(join(tmpdir(), "holdfast-e2e-"));
    // Root's Postgres runs as somebody else, who has to reach its data.
    await chmod(dir, 0o711);
    const runtime = new Runtime(dir);
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

  /** The person with a role that none of the others have, such as the analyst. */
  person(role: string): DemoPerson {
    const found = this.demo.people.find(({ roles }) => roles.includes(role));
    if (found === undefined) throw new Error(`there is no ${role} among the demo people`);
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
      env: { ...process.env, OPENAI_API_KEY: "", DATABASE_URL: "" },
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
    this.#demo = JSON.parse(await readFile(join(this.#dir, "demo.json"), "utf8")) as Demo;
  }
}
