/** Whether the server can be reached. Fed by every call, by live views and by the browser itself. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { setAhead } from "../ui/now.ts";

interface Connection {
  /** What the browser says of the network. */
  readonly network: boolean;
  /** Whether the last call, or the live view, got through. */
  readonly server: boolean;
}

export const connection = createStore<Connection>(() => ({ network: navigator.onLine, server: true }));

export const isConnected = ({ network, server }: Connection): boolean => network && server;

export function useConnected(): boolean {
  return useStore(connection, isConnected);
}

export function reportServer(server: boolean): void {
  if (connection.getState().server !== server) connection.setState({ server });
}

/** Answers of something in between that say: the server is not there. */
const AWAY = new Set([502, 503, 504]);

/** `fetch` that tells whether the server answered. */
export const watchedFetch: typeof fetch = async (input, init) => {
  try {
    const response = await fetch(input, init);
    reportServer(!AWAY.has(response.status));
    const ahead = response.headers.get("holdfast-ahead");
    if (ahead !== null) setAhead(Number(ahead));
    return response;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) reportServer(false);
    throw error;
  }
};

/**
 * Milliseconds until a read counts as lost: of a connection that is dead nobody tells, and whatever waits for the read
 * to end would wait for good.
 */
const PATIENCE = 45_000;

/** `watchedFetch` of what only reads, and can be asked again. */
export const watchedRead: typeof fetch = (input, init) => {
  const late = AbortSignal.timeout(PATIENCE);
  const signal = init?.signal ?? undefined;
  return watchedFetch(input, { ...init, signal: signal === undefined ? late : AbortSignal.any([signal, late]) });
};

/** Asks the server whether it is there. What a worker does not fetch, or a database does not answer, is another matter. */
export function lookForServer(): void {
  void watchedRead("/rpc/session.current").catch(() => undefined);
}

/** Milliseconds between two looks for a server that was away. */
const LOOK_EVERY = 3_000;

/** Follows the network, and looks for the server while it is away. @returns stops it. */
export function watchConnection(onBack: () => void): () => void {
  const online = (): void => connection.setState({ network: true });
  const offline = (): void => connection.setState({ network: false });
  window.addEventListener("online", online);
  window.addEventListener("offline", offline);
  const look = setInterval(() => {
    if (!connection.getState().server) lookForServer();
  }, LOOK_EVERY);
  const forget = connection.subscribe((now, before) => {
    if (isConnected(now) && !isConnected(before)) onBack();
  });
  return () => {
    window.removeEventListener("online", online);
    window.removeEventListener("offline", offline);
    clearInterval(look);
    forget();
  };
}
