/** The executor of `email.send`. */
import { defineNode } from "../define-node.ts";
import { fail, fatal, output } from "../outcome.ts";
import { smtpError } from "./classify.ts";
import { emailSendInfo, MAIL_CREDENTIAL } from "./definition.ts";
import { MessageError, messageOf, type Message } from "./message.ts";
import { deliver, DeliveryError } from "./transport.ts";

/** `email.send` */
export const emailSend = defineNode({
  ...emailSendInfo,
  async execute({ params, key, signal, fetch: { connect }, credential: resolve }) {
    const credential = await resolve();
    const value = credential?.reveal();
    if (!credential || value?.type !== "smtp") {
      return fatal(
        "credential_missing",
        `Sending mail needs a credential of kind smtp; by default it is called “${MAIL_CREDENTIAL}”.`,
      );
    }
    if (!/^smtps?:$/.test(protocolOf(value.url))) {
      return fatal("credential_invalid", "The mail credential is no smtp:// or smtps:// address.");
    }
    let message: Message;
    try {
      message = messageOf(params, key, senderOf(value.url));
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      return fatal("params_invalid", error.message, { pointer: error.pointer });
    }
    try {
      const { accepted, rejected } = await deliver(value.url, message, { connect, signal });
      return output({ messageId: message.messageId, accepted, rejected });
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      if (signal.aborted && !error.dataSent) {
        return fail({ kind: "timeout", code: "timeout", message: "The mail server took too long." });
      }
      return fail(smtpError(error.cause, (text) => credential.redact(text), error.dataSent));
    }
  },
});

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : "";
}

/** `?from=` of the credential's address, else the user if that is a mailbox. */
function senderOf(url: string): string | undefined {
  const { searchParams, username } = new URL(url);
  const user = decodeURIComponent(username);
  return searchParams.get("from") ?? (user.includes("@") ? user : undefined);
}
