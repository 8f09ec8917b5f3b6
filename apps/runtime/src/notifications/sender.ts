import { percentDecoded, type Credential } from "@holdfast/nodes/executors";

/** Whether the mail credential says whom mails come from. */
export function hasSender(credential: Credential): boolean {
  const value = credential.reveal();
  if (value.type !== "smtp") return false;
  const { searchParams, username } = new URL(value.url);
  return searchParams.has("from") || (percentDecoded(username) ?? username).includes("@");
}
