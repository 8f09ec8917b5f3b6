/** One mail over one connection. */
import type { Socket } from "node:net";
import nodemailer from "nodemailer";
import type { GuardedConnect } from "../outbound/guarded-socket.ts";
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

/** What a delivery needs of the outside. */
export interface DeliveryMeans {
  /** Opens the connection; TLS is added here, and asks for the name in the URL. */
  readonly connect: GuardedConnect;
  readonly signal: AbortSignal;
}

/**
 * Hands a mail to the server at `url` (`smtp://` or `smtps://`, with user and password in it).
 * @throws DeliveryError
 */
export async function deliver(url: string, message: Message, { connect, signal }: DeliveryMeans): Promise<Delivery> {
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
      const host = (options.host ?? "localhost").replaceAll(/^\[|\]$/g, "");
      const port = Number(options.port) || (options.secure === true ? 465 : 587);
      connect({ host, port, signal }).then(
        (connection) => {
          socket = connection;
          callback(null, { connection });
        },
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), false),
      );
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
