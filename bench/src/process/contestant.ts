/** A process of its own that is measured: started fresh, asked by messages, ended. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { answerSchema, type Call } from "./messages.ts";
import type { Methods } from "./serve.ts";

interface Waiting {
  readonly resolve: (text: string) => void;
  readonly reject: (error: Error) => void;
}

export class Contestant<M extends Methods> implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  /** `program`: a module that calls `serve`. */
  constructor(program: URL) {
    this.#name = program.pathname.split("/").slice(-2).join("/");
    // What a contestant writes to its standard output is its own affair; what goes wrong is to be seen.
    this.#child = fork(program, { execArgv: ["--expose-gc"], stdio: ["ignore", "ignore", "inherit", "ipc"] });
    this.#child.on("message", (message) => {
      const answer = answerSchema.parse(message);
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ("error" in answer) waiting?.reject(new Error(answer.error));
      else waiting?.resolve(answer.result);
    });
    this.#child.on("exit", (code, signal) => {
      const error = new Error(`${this.#name} ended by itself (${signal ?? code ?? "unknown"})`);
      for (const waiting of this.#waiting.values()) waiting.reject(error);
      this.#waiting.clear();
    });
  }

  call<K extends keyof M & string>(method: K, ...[argument]: Parameters<M[K]>): Promise<Awaited<ReturnType<M[K]>>> {
    this.#calls += 1;
    const call: Call = { id: this.#calls, method, argument: JSON.stringify(argument ?? null) };
    return new Promise((resolve, reject) => {
      const settle = (text: string): void => {
        // oxlint-disable-next-line typescript/no-unsafe-assignment -- what a contestant answers has the type that its program says
        const result: Awaited<ReturnType<M[K]>> = JSON.parse(text);
        resolve(result);
      };
      this.#waiting.set(call.id, { resolve: settle, reject });
      this.#child.send(call, (error) => {
        if (error !== null) reject(error);
      });
    });
  }

  /** As a power cut would. Answers when the process was killed, by the wall clock, milliseconds. */
  async kill(): Promise<number> {
    const gone = once(this.#child, "exit");
    const at = Date.now();
    this.#waiting.clear();
    this.#child.kill("SIGKILL");
    await gone;
    return at;
  }

  /** Its databases are given up with it, so it needs no graceful end. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.kill();
  }
}
