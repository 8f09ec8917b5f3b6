/**
 * A wire that a test can cut: stands between a client and a server, and passes bytes on until it is told otherwise.
 */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** Which answers are lost. */
export interface LostAnswers {
  /** Whether a client's bytes are a request that it is about. */
  readonly matches: (sent: Buffer) => boolean;
  /** Whether the server's answer, as far as it has come, is whole. */
  readonly whole: (answer: Buffer) => boolean;
  /** How many. */
  readonly times: number;
  /** The answer to the first of so many matching requests is lost, those to the others arrive. 1: each is lost. */
  readonly everyNth: number;
}

export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Connections that were cut by `cutAnswers` so far. */
  readonly cuts: number;
  /**
   * Requests are passed on and their answers are not: when the server has answered whole, both ends get a reset. So the
   * server has done it and the client can't know.
   */
  cutAnswers(lost: LostAnswers): void;
  /** Resets every connection, now. */
  cutAll(): void;
  /** Passes nothing on, either way, without telling anybody; until `restore`. */
  blackhole(): void;
  restore(): void;
}

interface Fault {
  readonly lost: LostAnswers;
  matched: number;
  left: number;
}

interface Weather {
  fault: Fault | undefined;
  dark: boolean;
  cuts: number;
}

/** A proxy on a free port of this machine to a port of this machine. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const wires = new Set<Wire>();
  const state: Weather = { fault: undefined, dark: false, cuts: 0 };
  const server = createServer((client) => {
    const wire = new Wire(client, connect(target, "127.0.0.1"), state);
    wires.add(wire);
    client.once("close", () => wires.delete(wire));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("The proxy has no port.");
  const cutAll = (): void => {
    for (const wire of wires) wire.reset();
  };
  return {
    port: address.port,
    get cuts() {
      return state.cuts;
    },
    cutAnswers: (lost) => {
      state.fault = { lost, matched: 0, left: lost.times };
    },
    cutAll,
    blackhole: () => {
      state.dark = true;
    },
    restore: () => {
      state.dark = false;
      // What was swallowed is missing from the stream: such a connection is of no more use.
      for (const wire of wires) if (wire.swallowed) wire.reset();
    },
    async [Symbol.asyncDispose]() {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class Wire {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #state: Weather;
  /** The answer that is being held back. */
  #held: { readonly whole: LostAnswers["whole"]; answer: Buffer } | undefined;
  swallowed = false;

  constructor(client: Socket, server: Socket, state: Weather) {
    this.#client = client;
    this.#server = server;
    this.#state = state;
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on("error", () => this.reset());
    }
    client.on("close", () => server.destroy());
    server.on("close", () => client.destroy());
    client.on("data", (bytes) => this.#forth(bytes));
    server.on("data", (bytes) => this.#back(bytes));
  }

  reset(): void {
    this.#client.resetAndDestroy();
    this.#server.resetAndDestroy();
  }

  #forth(bytes: Buffer): void {
    if (this.#swallow()) return;
    const { fault } = this.#state;
    if (fault !== undefined && isDue(fault, bytes)) {
      this.#held = { whole: fault.lost.whole, answer: Buffer.alloc(0) };
    }
    this.#server.write(bytes);
  }

  #back(bytes: Buffer): void {
    if (this.#swallow()) return;
    if (this.#held === undefined) {
      this.#client.write(bytes);
      return;
    }
    this.#held.answer = Buffer.concat([this.#held.answer, bytes]);
    if (!this.#held.whole(this.#held.answer)) return;
    this.#state.cuts += 1;
    this.reset();
  }

  #swallow(): boolean {
    if (this.#state.dark) this.swallowed = true;
    return this.#state.dark;
  }
}

/** Whether the answer to these bytes is lost; counts them. */
function isDue(fault: Fault, sent: Buffer): boolean {
  if (fault.left === 0 || !fault.lost.matches(sent)) return false;
  fault.matched += 1;
  if ((fault.matched - 1) % fault.lost.everyNth !== 0) return false;
  fault.left -= 1;
  return true;
}

/** Of Postgres: the answer ends with ReadyForQuery, which is sent only when the commit is done. */
export function readyForQuery(answer: Buffer): boolean {
  for (let at = 0; at + 5 <= answer.length; at += 1 + answer.readUInt32BE(at + 1)) {
    if (answer[at] === 0x5a && at + 6 <= answer.length) return true;
  }
  return false;
}
