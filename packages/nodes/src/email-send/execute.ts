/** The executor of `email.send`. */
import { isJsonObject, type Json } from "@holdfast/dsl";
import { percentDecoded } from "../credential-value.ts";
import { defineNode } from "../define-node.ts";
import type { AttachedFile, AttachedFiles } from "../files.ts";
import { fail, fatal, output } from "../outcome.ts";
import { smtpError } from "./classify.ts";
import { emailSendInfo, MAIL_CREDENTIAL } from "./definition.ts";
import { LARGEST_MAIL, MessageError, messageOf, type Message } from "./message.ts";
import { deliver, DeliveryError } from "./transport.ts";

/** `email.send` */
export const emailSend = defineNode({
  ...emailSendInfo,
  async execute(context) {
    const { params, key, signal } = context;
    const { connect } = context.fetch;
    const credential = await context.credential();
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
      const files = await filesOf(params.files ?? [], context.files);
      message = messageOf(params, key, { sender: senderOf(value.url), files });
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
  const user = percentDecoded(username) ?? username;
  return searchParams.get("from") ?? (user.includes("@") ? user : undefined);
}

/** Those that were attached to tasks, by what a task's output tells of them: `{id, …}`, or the id alone. */
async function filesOf(named: readonly Json[], files: AttachedFiles): Promise<readonly AttachedFile[]> {
  const found: AttachedFile[] = [];
  let size = 0;
  for (const [index, one] of named.entries()) {
    const id = isJsonObject(one) ? one["id"] : one;
    const file = typeof id === "string" ? await files.read(id) : undefined;
    if (file === undefined) {
      throw new MessageError("There is no such file in this run. It may have been removed.", `/params/files/${index}`);
    }
    found.push(file);
    size += file.content.length;
    // Whoever puts them together refuses them; more need not be read for that.
    if (size > LARGEST_MAIL) break;
  }
  return found;
}
