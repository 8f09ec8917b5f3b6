/** Bare connections, for what does not speak HTTP. */
import { connect, type Socket } from "node:net";
import { checkedAddresses, connectError, firstOf, type Lookup } from "./connector.ts";
import { OutboundError } from "./error.ts";
import type { Destination } from "./policy.ts";

/** Where to connect to. */
export interface SocketTarget {
  /** A name or an address. */
  readonly host: string;
  readonly port: number;
  /** Ends the attempt to connect, not the connection. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A connection to an address that was looked at first, without TLS: whoever adds it asks for the name, not for the
 * address. Aliases lead plain HTTP alone.
 * @throws OutboundError
 */
export type GuardedConnect = (target: SocketTarget) => Promise<Socket>;

const CONNECT_TIMEOUT = 10_000;

/** Resolves a name once, asks about every address it has, and connects to one of exactly those. */
export function guardedConnect(allows: (destination: Destination) => boolean, lookup: Lookup): GuardedConnect {
  return async ({ host, port, signal }) => {
    const addresses = await checkedAddresses({ host, port }, allows, lookup);
    return firstOf(addresses, (address) => open(address, { host, port, signal }));
  };
}

function open(address: string, { host, port, signal }: SocketTarget): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(aborted(host));
      return;
    }
    const socket = connect({ host: address, port });
    const onAbort = (): void => void socket.destroy(aborted(host));
    const onError = (error: Error): void => {
      signal?.removeEventListener("abort", onAbort);
      reject(error instanceof OutboundError ? error : connectError(error, host));
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    socket.setTimeout(CONNECT_TIMEOUT, () => socket.destroy(new Error("No connection in time.")));
    socket.once("error", onError);
    socket.once("connect", () => {
      signal?.removeEventListener("abort", onAbort);
      socket.off("error", onError).setTimeout(0);
      resolve(socket);
    });
  });
}

function aborted(host: string): OutboundError {
  return new OutboundError("aborted", `The connection to ${host} was broken off.`, { sent: false });
}
