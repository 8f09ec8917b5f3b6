/**
 * A host in a process of its own, which a test may kill, stop and continue. The test speaks to it as a client would:
 * a call that gets no answer because the process died can be made again elsewhere, with the same keys.
 */
import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import type { Json } from "@holdfast/dsl";
import type { Caller } from "../../../src/services/services.ts";
import type { Decide } from "../../../src/tasks/task-services.ts";
import type { Call, HostOfTest, Reply, Request } from "./messages.ts";
import type { Door } from "./door.ts";
import { within } from "./until.ts";

export interface HostProcessOptions {
  /** Text of `HOLDFAST_FAILPOINT`. */
  readonly failpoint?: string;
}

export class HostProcess implements Door, AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ready = Promise.withResolvers<number>();
  readonly #ended = Promise.withResolvers<string>();
  readonly #lines: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();
  readonly #calls = new Map<number, PromiseWithResolvers<Json>>();
  #lastCall = 0;
  #workerId = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on("message", (reply: Reply) => this.#answered(reply));
    child.once("exit", (code, signal) => this.#died(signal ?? `exit ${code}`));
    if (child.stderr !== null) createInterface(child.stderr).on("line", (line) => this.#heard(line));
    // Whoever is not waiting for it need not know.
    this.#ready.promise.catch(() => undefined);
  }

  /** Resolves when the host works. */
  static async start(host: HostOfTest, options: HostProcessOptions = {}): Promise<HostProcess> {
    const { HOLDFAST_FAILPOINT: _, ...env } = process.env;
    const { failpoint } = options;
    const started = new HostProcess(
      fork(new URL("runner.ts", import.meta.url), [JSON.stringify(host)], {
        stdio: ["ignore", "inherit", "pipe", "ipc"],
        execArgv: [],
        env: failpoint === undefined ? env : { ...env, HOLDFAST_FAILPOINT: failpoint },
      }),
    );
    try {
      started.#workerId = await within("a host to start", started.#ready.promise);
    } catch (error) {
      started.kill("SIGKILL");
      throw error;
    }
    return started;
  }

  /** Id in the database. */
  get workerId(): number {
    return this.#workerId;
  }

  get dead(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  start(flow: string, input: Json, idempotencyKey: string): Promise<string> {
    return this.#call({ do: "start", flow, input, idempotencyKey }).then(String);
  }

  async send(name: string, data: Json, id: string): Promise<void> {
    await this.#call({ do: "send", name, data, id });
  }

  async decide(by: Caller, decide: Decide): Promise<void> {
    await this.#call({ do: "decide", by, decide });
  }

  /** Resolves when SIGKILL has ended the process. @throws when it ended otherwise, or goes on living */
  async killed(): Promise<void> {
    const how = await within("a host to be killed", this.ended()).catch(String);
    if (how !== "SIGKILL") throw new Error(`the host was not killed (${how}):\n${this.#lines.join("\n")}`);
  }

  /** How the process ended, when it has: a signal, or `exit` with a code. */
  ended(): Promise<string> {
    return this.#ended.promise;
  }

  kill(signal: "SIGKILL" | "SIGSTOP" | "SIGCONT" | "SIGTERM"): void {
    this.#child.kill(signal);
  }

  /** Resolves when the process has written `count` log lines with this text. */
  logged(text: string, count = 1): Promise<void> {
    const written = new Promise<void>((resolve) => {
      let left = count;
      const look = (line: string): void => {
        if (!line.includes(text) || --left > 0) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      for (const line of this.#lines) look(line);
    });
    return within(`a host to log “${text}”`, written);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended();
  }

  #call(call: Call): Promise<Json> {
    const number = ++this.#lastCall;
    const answer = Promise.withResolvers<Json>();
    this.#calls.set(number, answer);
    const request: Request = { number, call };
    this.#child.send(request, (error) => {
      if (error !== null) answer.reject(error);
    });
    return answer.promise;
  }

  #heard(line: string): void {
    this.#lines.push(line);
    for (const listener of this.#listeners) listener(line);
  }

  #answered(reply: Reply): void {
    if (reply.kind === "ready") {
      this.#ready.resolve(reply.workerId);
      return;
    }
    const call = this.#calls.get(reply.number);
    this.#calls.delete(reply.number);
    if (reply.kind === "done") call?.resolve(reply.value);
    else call?.reject(new Error(reply.message));
  }

  #died(how: string): void {
    const died = new Error(`the host died (${how}):\n${this.#lines.join("\n")}`);
    this.#ready.reject(died);
    for (const call of this.#calls.values()) call.reject(died);
    this.#calls.clear();
    this.#ended.resolve(how);
  }
}
