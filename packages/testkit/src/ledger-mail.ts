/** The same for mail: an SMTP server that keeps every message and delivers none. A Message-ID is the key. */
import { once } from "node:events";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export interface MailSend {
  readonly messageId: string;
  readonly subject: string;
  /** As text. */
  readonly attachments: readonly { readonly name: string; readonly content: string }[];
}

/** What becomes of a mail whose last byte has arrived. */
export type MailVerdict =
  /** Kept, and the sender is told so. */
  | "accept"
  /** Kept, and the sender never hears of it. */
  | "silence"
  /** Not kept; the sender is asked to come again (451). */
  | "later";

export interface MailLedger extends AsyncDisposable {
  /** `smtp://…`, with a sender. */
  readonly url: string;
  /** Every mail that was kept, repeated ones included. */
  readonly sends: readonly MailSend[];
  judge(judge: (mail: MailSend) => MailVerdict): void;
}

export async function startMailLedger(): Promise<MailLedger> {
  const sends: MailSend[] = [];
  let judge: (mail: MailSend) => MailVerdict = () => "accept";
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData: (stream, _session, done) => {
      simpleParser(stream).then(
        ({ messageId = "", subject = "", attachments: files }) => {
          const attachments = files.map(({ filename = "", content }) => ({
            name: filename,
            content: content.toString(),
          }));
          const mail = { messageId, subject, attachments };
          const verdict = judge(mail);
          if (verdict === "later") {
            done(Object.assign(new Error("Try again later."), { responseCode: 451 }));
            return;
          }
          sends.push(mail);
          if (verdict === "accept") done();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  // Clients that are killed in mid-sentence are the point.
  server.on("error", () => undefined);
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new TypeError("The mail ledger has no port.");
  return {
    url: `smtp://127.0.0.1:${address.port}?from=flows@example.com`,
    sends,
    judge: (next) => {
      judge = next;
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
