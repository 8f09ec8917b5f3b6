/** An SMTP server that keeps every mail and delivers none. */
import { once } from "node:events";
import { simpleParser, type AddressObject } from "mailparser";
import { SMTPServer } from "smtp-server";
import type { Journal, MailEntry } from "./journal.ts";

/** One mail, however often it came: mail programs know a repeated one by its Message-ID. */
export interface Mail {
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly receivedAt: string;
  /** More than 1: it was sent again. */
  readonly deliveries: number;
}

export interface Mailbox {
  readonly port: number;
  close(): Promise<void>;
}

const SIZE_LIMIT = 10 * 1024 * 1024;

/** How long clients that stay connected hold up the end, milliseconds. */
const CLOSE_TIMEOUT = 500;

export async function openMailbox(options: {
  readonly host: string;
  readonly port: number;
  readonly journal: Journal;
  readonly now: () => Date;
}): Promise<Mailbox> {
  const { journal, now } = options;
  const server = new SMTPServer({
    authOptional: true,
    // On this machine only; a certificate that nobody can check would add nothing.
    disabledCommands: ["STARTTLS", "AUTH"],
    size: SIZE_LIMIT,
    closeTimeout: CLOSE_TIMEOUT,
    onData: (stream, session, done) => {
      simpleParser(stream).then(
        (mail) => {
          journal.append({
            type: "mail",
            at: now().toISOString(),
            messageId: mail.messageId ?? "",
            from: addressesOf(mail.from).join(", "),
            // Whom it really goes to, whatever its headers say.
            to: session.envelope.rcptTo.map(({ address }) => address),
            subject: mail.subject ?? "",
            text: mail.text ?? "",
          });
          done();
        },
        (error: unknown) => {
          done(error instanceof Error ? error : new Error(String(error)));
        },
      );
    },
  });
  const listener = server.listen(options.port, options.host);
  // Clients that go away in mid-sentence are their own affair.
  await once(listener, "listening");
  server.on("error", () => undefined);
  const address = listener.address();
  if (typeof address !== "object" || address === null) throw new Error("The mailbox has no port.");
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}

/** The newest first. */
export function mailsOf(journal: Journal): Mail[] {
  const mails = new Map<string, Mail>();
  journal.entries.forEach((entry, index) => {
    if (entry.type !== "mail") return;
    const id = entry.messageId || String(index);
    mails.set(id, merge(mails.get(id), entry));
  });
  return [...mails.values()].toReversed();
}

function merge(earlier: Mail | undefined, entry: MailEntry): Mail {
  if (earlier) return { ...earlier, deliveries: earlier.deliveries + 1 };
  const { messageId, from, to, subject, text, at } = entry;
  return { messageId, from, to, subject, text, receivedAt: at, deliveries: 1 };
}

function addressesOf(field: AddressObject | AddressObject[] | undefined): string[] {
  if (field === undefined) return [];
  return [field]
    .flat()
    .flatMap(({ value }) => value.flatMap(({ address }) => (address === undefined ? [] : [address])));
}
