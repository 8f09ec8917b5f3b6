/** A real SMTP server on this machine that keeps the mails it got and fails where it is told to. */
import { once } from "node:events";
import type { Socket } from "node:net";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { portOf } from "./http-server.ts";

/** A running sink. */
export interface SmtpSink extends AsyncDisposable {
  readonly port: number;
  /** `smtp://user:password@127.0.0.1:port?from=…` */
  readonly url: string;
  /** Breaks every connection off. */
  drop(): void;
  readonly mails: { readonly mail: ParsedMail; readonly recipients: string[] }[];
}

/** The sink's login. */
export const LOGIN = { user: "mailer", password: "canary-mail-77" };

/** Starts a sink; `options` replace its handlers. */
export async function startSmtp(options: SMTPServerOptions = {}): Promise<SmtpSink> {
  const mails: SmtpSink["mails"] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    closeTimeout: 50,
    onAuth: ({ username, password }, _session, done) =>
      username === LOGIN.user && password === LOGIN.password
        ? done(null, { user: username })
        : done(new Error("No such login.")),
    onData(stream, session, done) {
      void simpleParser(stream).then((mail) => {
        mails.push({ mail, recipients: session.envelope.rcptTo.map(({ address }) => address) });
        done();
      });
    },
    ...options,
  });
  const sockets = new Set<Socket>();
  server.server.on("connection", (socket: Socket) => sockets.add(socket));
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const drop = (): void => sockets.forEach((socket) => socket.destroy());
  const port = portOf(server.server.address());
  return {
    port,
    url: `smtp://${LOGIN.user}:${LOGIN.password}@127.0.0.1:${port}?from=shop@example.com`,
    mails,
    drop,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** An error with the reply the server is to give. */
export function reply(status: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: status });
}
