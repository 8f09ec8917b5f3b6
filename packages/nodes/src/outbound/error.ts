/** Why a call to the outside got no answer. */

/** Stable codes of the door. */
export type OutboundCode =
  /** The address is no `http` or `https` URL, or carries a user or password. */
  | "url_invalid"
  /** The name leads to an address that the installation has not allowed. */
  | "address_refused"
  | "name_not_found"
  | "connect_failed"
  | "tls_failed"
  | "too_many_redirects"
  | "response_too_large"
  /** Cut off after the request, or part of it, was sent. */
  | "connection_lost"
  | "aborted";

/** A failed call. The message names hosts, never headers, bodies or queries. */
export class OutboundError extends Error {
  readonly code: OutboundCode;
  /** False only if it is certain that no byte of any request reached a server. */
  readonly sent: boolean;

  constructor(code: OutboundCode, message: string, options: { readonly sent: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = "OutboundError";
    this.code = code;
    this.sent = options.sent;
  }
}
