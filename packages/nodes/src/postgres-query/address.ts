/** The address of a database, as a credential has it. */
import { percentDecoded } from "../credential-value.ts";

export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** False: without TLS. */
  readonly tls: false | { readonly rejectUnauthorized: boolean };
}

/** What is wrong with an address. The message has nothing of it that is secret. */
export class AddressError extends Error {}

const TLS: ReadonlyMap<string, DatabaseAddress["tls"]> = new Map<string, DatabaseAddress["tls"]>([
  ["disable", false],
  ["no-verify", { rejectUnauthorized: false }],
  ["require", { rejectUnauthorized: true }],
  ["verify-ca", { rejectUnauthorized: true }],
  ["verify-full", { rejectUnauthorized: true }],
]);

/**
 * Reads `postgres://user:password@host:port/database?sslmode=…`. Without `sslmode` the connection is encrypted, and the
 * server's certificate is checked. Other parameters are refused: some of them read files of the machine.
 * @throws AddressError
 */
export function databaseAddress(text: string): DatabaseAddress {
  if (!URL.canParse(text)) throw new AddressError("The credential's address is not a URL.");
  const url = new URL(text);
  if (!/^postgres(?:ql)?:$/.test(url.protocol)) {
    throw new AddressError("The credential's address must begin with postgres://.");
  }
  const unknown = [...url.searchParams.keys()].find((name) => name !== "sslmode");
  if (unknown !== undefined) {
    throw new AddressError(`The credential's address has the parameter “${unknown}”; only sslmode can stand there.`);
  }
  const mode = url.searchParams.get("sslmode") ?? "verify-full";
  const tls = TLS.get(mode);
  if (tls === undefined) {
    throw new AddressError(`sslmode is “${mode}”; it can be ${[...TLS.keys()].join(", ")}.`);
  }
  const user = plain(url.username);
  if (user === "" || url.hostname === "") throw new AddressError("The credential's address names no user or no host.");
  const database = plain(url.pathname.slice(1));
  return {
    host: url.hostname.replaceAll(/[[\]]/g, ""),
    port: url.port === "" ? 5432 : Number(url.port),
    user,
    password: plain(url.password),
    database: database === "" ? user : database,
    tls,
  };
}

function plain(part: string): string {
  const text = percentDecoded(part);
  if (text === undefined) throw new AddressError("A % in the credential's address must be written as %25.");
  return text;
}
