export type EmbeddedPostgresErrorCode =
  /** There are no Postgres binaries for this operating system and processor. */
  | "unsupported_platform"
  /** The binaries' package is not installed, or only in part. */
  | "binaries_missing"
  /** We are root, Postgres refuses root, and there is no account to run it as. */
  | "no_account"
  /** A folder can't be created, written or entered. */
  | "not_writable"
  /** Another living process uses the folder. */
  | "in_use"
  /** The data was written by another major version. */
  | "wrong_version"
  /** The data folder is not where it was, or its password is lost. */
  | "data_incomplete"
  /** `initdb` failed. */
  | "init_failed"
  /** The server did not come up. */
  | "start_failed";

/** A reason why the embedded server can't be used. The message is one line, fit for a terminal, without secrets. */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";
  readonly code: EmbeddedPostgresErrorCode;

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The `code` of a failed system call (`EACCES`, `ENOENT`), if the value is one. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is a file",
};

/** Why a system call failed, in words. */
export function reasonOf(error: unknown): string {
  const code = systemCode(error);
  return code === undefined ? String(error) : (REASONS[code] ?? code);
}
