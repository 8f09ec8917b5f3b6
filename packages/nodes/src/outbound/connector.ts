/** Connections to addresses that were looked at first. */
import { lookup as dnsLookup } from "node:dns/promises";
import { isIP } from "node:net";
import { buildConnector } from "undici";
import { aliasOf, type HostAliases } from "./aliases.ts";
import { OutboundError } from "./error.ts";
import type { Destination } from "./policy.ts";

/** Every address of a name. */
export type Lookup = (hostname: string) => Promise<readonly string[]>;

const CONNECT_TIMEOUT = 10_000;

/** The system's resolver, with the hosts file. */
export const systemLookup: Lookup = async (hostname) => {
  const found = await dnsLookup(hostname, { all: true, order: "verbatim" });
  return found.map(({ address }) => address);
};

/**
 * Resolves a name once, asks about every address it has, and connects to one of exactly those: a name that
 * answers differently the second time gains nothing. One refused address refuses the name, since which of
 * several is reached is chance. An alias leads to an address that the operator
 * has allowed by naming it.
 */
export function guardedConnector(
  allows: (destination: Destination) => boolean,
  lookup: Lookup,
  aliases: HostAliases,
): buildConnector.connector {
  const connect = buildConnector({ timeout: CONNECT_TIMEOUT, allowH2: false });
  return (options, callback) => {
    void open().then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(asError(error), null),
    );

    async function open(): Promise<Awaited<ReturnType<typeof connectTo>>> {
      const host = options.hostname.replaceAll(/^\[|\]$/g, "");
      const port = Number(options.port) || (options.protocol === "https:" ? 443 : 80);
      const alias = aliasOf(aliases, { protocol: options.protocol, host, port });
      if (alias !== undefined) return connectTo(alias.host, host, String(alias.port));
      const addresses = await checkedAddresses({ host, port }, allows, lookup);
      return firstOf(addresses, (address) => connectTo(address, host));
    }

    function connectTo(
      address: string,
      host: string,
      port = options.port,
    ): Promise<NonNullable<Parameters<buildConnector.Callback>[1]>> {
      return new Promise((resolvePromise, reject) => {
        const servername = isIP(host) ? undefined : (options.servername ?? host);
        connect(
          { ...options, hostname: address, port, ...(servername !== undefined && { servername }) },
          (error, socket) => {
            if (error === null) resolvePromise(socket);
            else reject(connectError(error, host));
          },
        );
      });
    }
  };
}

/**
 * The addresses of a host, all of which may be connected to.
 * @throws OutboundError `address_refused`, `name_not_found`
 */
export async function checkedAddresses(
  { host, port }: { readonly host: string; readonly port: number },
  allows: (destination: Destination) => boolean,
  lookup: Lookup,
): Promise<readonly string[]> {
  const addresses = isIP(host) ? [host] : await resolve(host, lookup);
  const refused = addresses.find((address) => !allows({ host, port, address }));
  if (refused === undefined) return addresses;
  throw new OutboundError(
    "address_refused",
    `${host}:${port} is not a public address and is not allowed. Whoever runs Holdfast allows it by HOLDFAST_ALLOW_PRIVATE.`,
    { sent: false },
  );
}

async function resolve(host: string, lookup: Lookup): Promise<readonly string[]> {
  try {
    const addresses = await lookup(host);
    if (addresses.length > 0) return addresses;
  } catch (cause) {
    throw new OutboundError("name_not_found", `The name ${host} could not be resolved.`, { sent: false, cause });
  }
  throw new OutboundError("name_not_found", `The name ${host} has no address.`, { sent: false });
}

/** Tries one after the other, as long as none answers. */
export async function firstOf<T>(addresses: readonly string[], attempt: (address: string) => Promise<T>): Promise<T> {
  let failure: unknown;
  for (const address of addresses) {
    try {
      return await attempt(address);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/;

/** Why there is no connection. */
export function connectError(error: Error & { readonly code?: unknown }, host: string): OutboundError {
  const code = typeof error.code === "string" ? error.code : "";
  return TLS_CODE.test(code)
    ? new OutboundError("tls_failed", `No secure connection to ${host} (${code}).`, { sent: false, cause: error })
    : new OutboundError("connect_failed", `No connection to ${host}${code === "" ? "" : ` (${code})`}.`, {
        sent: false,
        cause: error,
      });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
