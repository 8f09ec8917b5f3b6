/** One mail over one connection. */
import { connect, type Socket } from "node:net";
import nodemailer from "nodemailer";
import type { Message } from "./message.ts";

const CONNECT_TIMEOUT = 10_000;

/** What became of a mail. */
export interface Delivery {
  readonly accepted: string[];
  readonly rejected: string[];
}

/** A delivery that failed; `dataSent` is false if it is certain that the server never had the mail. */
export class DeliveryError extends Error {
  readonly dataSent: boolean;

  constructor(cause: unknown, dataSent: boolean) {
    super("The mail was not delivered.", { cause });
    this.name = "DeliveryError";
    this.dataSent = dataSent;
  }
}

/**
 * Hands a mail to the server at `url` (`smtp://` or `smtps://`, with user and password in it).
 * @throws DeliveryError
 */
export async function deliver(url: string, message: Message, signal: AbortSignal): Promise<Delivery> {
  let socket: Socket | undefined;
  let dataSent = false;
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => {
    // Ended, not destroyed: TLS may be on top of the socket, and pulling it away from below takes the process down.
    socket?.end().unref();
    aborted.reject(new Error("The attempt was broken off."));
  };
  const transport = nodemailer.createTransport({
    url,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: CONNECT_TIMEOUT,
    greetingTimeout: CONNECT_TIMEOUT,
    // The connection is ours, so that the attempt's signal can end it at any moment.
    getSocket(options, callback) {
      if (signal.aborted) {
        callback(new Error("The attempt was broken off."), false);
        return;
      }
      socket = connect({
        host: options.host ?? "localhost",
        port: Number(options.port) || (options.secure === true ? 465 : 587),
      });
      socket.setTimeout(CONNECT_TIMEOUT, () => socket?.destroy(new Error("No connection in time.")));
      socket.once("error", callback);
      socket.once("connect", () => {
        socket?.off("error", callback).setTimeout(0);
        callback(null, { connection: socket });
      });
    },
    transactionLog: true,
    // 354 is the server's “go on” after DATA: from then on it may have the mail.
    logger: protocolListener((line) => {
      if (line.startsWith("354")) dataSent = true;
    }),
  });
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    const { accepted, rejected } = await Promise.race([transport.sendMail(message), aborted.promise]);
    return { accepted: accepted.map(addressOf), rejected: rejected.map(addressOf) };
  } catch (error) {
    throw new DeliveryError(error, dataSent);
  } finally {
    signal.removeEventListener("abort", onAbort);
    transport.close();
  }
}

/** A logger that writes nothing: the protocol holds the login and the mail. It only tells what the server said. */
function protocolListener(onServerLine: (line: string) => void) {
  const silent = (): void => {};
  return {
    level: silent,
    trace: silent,
    info: silent,
    warn: silent,
    error: silent,
    fatal: silent,
    debug(entry: unknown, line: unknown): void {
      const fromServer = typeof entry === "object" && entry !== null && "tnx" in entry && entry.tnx === "server";
      if (fromServer && typeof line === "string") onServerLine(line);
    },
  };
}

function addressOf(recipient: string | { readonly address: string }): string {
  return typeof recipient === "string" ? recipient : recipient.address;
}
