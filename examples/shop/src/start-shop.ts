import { once } from "node:events";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createApp } from "./app.ts";
import type { HoldfastConnection } from "./bank.ts";
import { openJournal } from "./journal.ts";
import { openMailbox } from "./mailbox.ts";
import { createPayments } from "./payments.ts";

export interface ShopOptions {
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Of the pages and the HTTP interface; default: any free one. */
  readonly port?: number;
  /** Default: any free one. */
  readonly smtpPort?: number;
  /** Where refunds and mails are kept; absent: in memory. */
  readonly dataFile?: string;
  /** If set, the payment endpoint asks for it as a bearer token. */
  readonly paymentToken?: string;
  /** Where the bank sends its events; `connect` can set it later. */
  readonly holdfast?: HoldfastConnection;
  /** For tests. */
  readonly now?: () => Date;
}

export interface Shop {
  readonly url: string;
  readonly smtpUrl: string;
  /** Tells the bank where to send its events from now on. */
  connect(holdfast: HoldfastConnection): void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startShop(options: ShopOptions = {}): Promise<Shop> {
  const { host = "127.0.0.1", now = () => new Date() } = options;
  let { holdfast } = options;
  const journal = openJournal(options.dataFile);
  const mailbox = await openMailbox({ host, port: options.smtpPort ?? 0, journal, now });
  const app = createApp({
    journal,
    payments: createPayments(journal, now),
    paymentToken: options.paymentToken,
    holdfast: () => holdfast,
  });
  const listener = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    void listener(request, response);
  });
  try {
    server.listen(options.port ?? 0, host);
    await once(server, "listening");
  } catch (error) {
    await mailbox.close();
    throw error;
  }
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The shop has no port.");
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await mailbox.close();
  };
  return {
    url: `http://${host}:${address.port}`,
    smtpUrl: `smtp://${host}:${mailbox.port}`,
    connect: (connection) => {
      holdfast = connection;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
