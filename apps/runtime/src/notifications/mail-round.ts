/** Whatever mail is due, by the processes that have a mail server. */
import type { MailOptions } from "./send-mails.ts";
import { sendMails } from "./send-mails.ts";
import { sendDigest } from "./send-digests.ts";

export async function mailRound(options: MailOptions): Promise<void> {
  while (await sendMails(options));
  while (await sendDigest(options));
}
