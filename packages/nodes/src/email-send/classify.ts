/** What a failed delivery means for the step. */
import type { StepError } from "@holdfast/dsl";
import { OutboundError } from "../outbound/error.ts";

/** What nodemailer puts on its errors. */
interface SmtpFailure {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
}

/**
 * A reply by status is a refusal: the mail did not go out. Without a reply after DATA nobody knows.
 *
 * 4xx is the server asking to come back later; 5xx is final; a wrong password is final too.
 * @param dataSent the server may have had the mail
 */
export function smtpError(error: unknown, redact: (text: string) => string, dataSent: boolean): StepError {
  if (error instanceof OutboundError && error.code === "address_refused") {
    return { kind: "fatal", code: error.code, message: redact(error.message) };
  }
  const failure: SmtpFailure = typeof error === "object" && error !== null ? { ...error } : {};
  const code = typeof failure.code === "string" ? failure.code : "";
  const command = typeof failure.command === "string" ? failure.command : "";
  const status = typeof failure.responseCode === "number" ? failure.responseCode : undefined;
  const message = redact(error instanceof Error ? error.message : String(error))
    .replaceAll(/\s+/g, " ")
    .slice(0, 300);
  const details = { ...(status !== undefined && { status }), ...(command !== "" && { command }) };

  if (status !== undefined && status >= 500) {
    return { kind: "fatal", code: `smtp_${status}`, message: `The mail server refused: ${message}`, details };
  }
  if (status !== undefined && status >= 400) {
    return { kind: "error", code: `smtp_${status}`, message: `The mail server asks to try later: ${message}`, details };
  }
  if (code === "EAUTH") {
    return { kind: "fatal", code: "smtp_login_failed", message: "The mail server refused the login.", details };
  }
  if (code === "EENVELOPE") {
    return { kind: "fatal", code: "smtp_no_recipient", message: `No recipient was accepted: ${message}`, details };
  }
  if (dataSent) {
    return {
      kind: "unknown",
      code: "smtp_connection_lost",
      message: "The connection broke after the mail was handed over.",
      details,
    };
  }
  return {
    kind: "error",
    code: "smtp_unreachable",
    message: `The mail server could not be reached: ${message}`,
    details,
  };
}
