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
export function deliver(url: string, message: Message, means: DeliveryMeans): Promise<Delivery> {
  return withTransport(url, means, async (transport) => {
    const { accepted, rejected } = await transport.sendMail(message);
    return { accepted: accepted.map(addressOf), rejected: rejected.map(addressOf) };
  });
}

/**
 * Greets the server at `url` and signs in there, and sends nothing.
 * @throws DeliveryError
 */
export async function signInOnly(url: string, means: DeliveryMeans): Promise<void> {
  await withTransport(url, means, (transport) => transport.verify());
}

async function withTransport<Result>(
  url: string,
  { connect, signal }: DeliveryMeans,
  use: (transport: ReturnType<typeof createTransport>) => Promise<Result>,
): Promise<Result> {
  let socket: Socket | undefined;
  let dataSent = false;
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => {
    // Ended, not destroyed: TLS may be on top of the socket, and pulling it away from below takes the process down.
    socket?.end().unref();
    aborted.reject(new Error("The attempt was broken off."));
  };
  const transport = createTransport(url, {
    // The connection is ours, so that the attempt's signal can end it at any moment.
    connect: async (target) => (socket = await connect({ ...target, signal })),
    onDataSent: () => (dataSent = true),
  });
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([use(transport), aborted.promise]);
  } catch (error) {
    throw new DeliveryError(error, dataSent);
  } finally {
    signal.removeEventListener("abort", onAbort);
    transport.close();
  }
}

interface TransportMeans {
  readonly connect: (target: { readonly host: string; readonly port: number }) => Promise<Socket>;
  readonly onDataSent: () => void;
}

function createTransport(url: string, { connect, onDataSent }: TransportMeans) {
  return nodemailer.createTransport({
    url,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: CONNECT_TIMEOUT,
    greetingTimeout: CONNECT_TIMEOUT,
    getSocket(options, callback) {
      const host = (options.host ?? "localhost").replaceAll(/^\[|\]$/g, "");
      const port = Number(options.port) || (options.secure === true ? 465 : 587);
      connect({ host, port }).then(
        (connection) => callback(null, { connection }),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), false),
      );
    },
    transactionLog: true,
    // 354 is the server's “go on” after DATA: from then on it may have the mail.
    logger: protocolListener((line) => {
      if (line.startsWith("354")) onDataSent();
    }),
  });
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
