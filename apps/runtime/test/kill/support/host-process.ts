/**
 * A host in a process of its own, which a test may kill, stop and continue. The test speaks to it as a client would:
 * a call that gets no answer because the process died can be made again elsewhere, with the same keys.
 */
import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import type { Json } from "@holdfast/dsl";
import type { Call, HostOfTest, Reply, Request } from "./messages.ts";
import type { Door } from "./door.ts";
import { within } from "./until.ts";

export interface HostProcessOptions {
  /** Text of `HOLDFAST_FAILPOINT`. */
  readonly failpoint?: string;
}

export class HostProcess implements Door, AsyncDisposable {
  readonly workerId: number;
  readonly #child: ChildProcess;
  readonly #ended: Promise<string>;
  readonly #lines: string[];
  readonly #calls = new Map<number, PromiseWithResolvers<Json>>();
  #lastCall = 0;
  readonly #listeners = new Set<(line: string) => void>();

  private constructor(child: ChildProcess, workerId: number, ended: Promise<string>, lines: string[]) {
    this.#child = child;
    this.workerId = workerId;
    this.#ended = ended;
    this.#lines = lines;
  }

  /** Resolves when the host works. */
  static async start(host: HostOfTest, options: HostProcessOptions = {}): Promise<HostProcess> {
    const { HOLDFAST_FAILPOINT: _, ...env } = process.env;
    const child = fork(new URL("runner.ts", import.meta.url), [JSON.stringify(host)], {
      stdio: ["ignore", "inherit", "pipe", "ipc"],
      execArgv: [],
      env: { ...env, ...(options.failpoint === undefined ? {} : { HOLDFAST_FAILPOINT: options.failpoint }) },
    });
    const lines: string[] = [];
    const listen: { process?: HostProcess } = {};
    if (child.stderr !== null) {
      createInterface(child.stderr).on("line", (line) => {
        lines.push(line);
        listen.process?.heard(line);
      });
    }
    const ended = new Promise<string>((resolve) => {
      child.once("exit", (code, signal) => resolve(signal ?? `exit ${code}`));
    });
    const ready = new Promise<number>((resolve, reject) => {
      child.once("message", (reply: Reply) => {
        if (reply.kind === "ready") resolve(reply.workerId);
        else reject(new Error("the host answered before it was ready"));
      });
      void ended.then((how) => reject(new Error(`the host ended (${how}):\n${lines.join("\n")}`)));
    });
    const started = new HostProcess(child, await within("a host to start", ready), ended, lines);
    listen.process = started;
    child.on("message", (reply: Reply) => started.answered(reply));
    void ended.then((how) => started.died(how));
    return started;
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

  /** Resolves when SIGKILL has ended the process. @throws when it ended otherwise, or goes on living */
  async killed(): Promise<void> {
    const how = await within("a host to be killed", this.#ended);
    if (how !== "SIGKILL") throw new Error(`the host was not killed, it ended by ${how}:\n${this.#lines.join("\n")}`);
  }

  /** How the process ended, when it has: a signal, or `exit` with a code. */
  ended(): Promise<string> {
    return this.#ended;
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

  heard(line: string): void {
    for (const listener of this.#listeners) listener(line);
  }

  answered(reply: Reply): void {
    if (reply.kind === "ready") return;
    const call = this.#calls.get(reply.number);
    this.#calls.delete(reply.number);
    if (reply.kind === "done") call?.resolve(reply.value);
    else call?.reject(new Error(reply.message));
  }

  died(how: string): void {
    for (const call of this.#calls.values()) call.reject(new Error(`the host died (${how})`));
    this.#calls.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
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
}
