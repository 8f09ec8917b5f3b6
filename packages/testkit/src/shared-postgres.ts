/**
 * One server for all test files of a run. The run's main process owns it and answers one question over HTTP on
 * 127.0.0.1: where is it? The first one who asks causes the start, so runs that need no database start none.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { clearLeftover, findLeftovers } from "./leftovers.ts";
import { type TestPostgres, startPostgres } from "./postgres.ts";

export interface SharedPostgres {
  /** `GET` answers `{ url }`, or 500 `{ error }`. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Nobody crashes the shared server on purpose, and its data is worth nothing after the run: it may leave the disk
 * alone. Many files at a time need many connections.
 */
const SETTINGS = { fsync: "off", full_page_writes: "off", max_connections: "300", max_wal_size: "2GB" };

/** Prepares the server; `externalUrl` (`HOLDFAST_TEST_DATABASE_URL`) is used instead of one of our own. */
export async function offerSharedPostgres(externalUrl?: string): Promise<SharedPostgres> {
  for (const leftover of await findLeftovers()) await clearLeftover(leftover);
  let own: Promise<TestPostgres> | undefined;
  const locate = async (): Promise<string> => {
    if (externalUrl !== undefined) return externalUrl;
    own ??= startPostgres({ settings: SETTINGS });
    return (await own).url;
  };
  const front = createServer((_request, response) => {
    locate().then(
      (url) => response.end(JSON.stringify({ url })),
      (error: unknown) => response.writeHead(500).end(JSON.stringify({ error: String(error) })),
    );
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  const bound = front.address();
  if (typeof bound !== "object" || bound === null) throw new Error("The offer of the test database has no port.");
  return {
    address: `http://127.0.0.1:${bound.port}/`,
    close: async () => {
      front.closeAllConnections();
      front.close();
      // A server that did not start has told whoever asked for it.
      await own?.then(
        (server) => server.stop("immediate"),
        () => undefined,
      );
    },
  };
}
