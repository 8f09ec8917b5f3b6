/** Names that an operator gives to services, so that a document can name them without knowing where they are. */

/** Where an alias leads. */
export interface HostAlias {
  readonly host: string;
  readonly port: number;
}

/** By name, in small letters: `shop.localhost` → `{ host: "127.0.0.1", port: 4010 }`. */
export type HostAliases = ReadonlyMap<string, HostAlias>;

const HTTP_PORT = 80;

/**
 * Where a request to `host` on `port` is led instead. Only plain HTTP to the standard port is: a URL with a port of
 * its own means that port, and TLS asks for the name that the URL has.
 */
export function aliasOf(
  aliases: HostAliases,
  url: { protocol: string; host: string; port: number },
): HostAlias | undefined {
  const led = url.protocol === "http:" && url.port === HTTP_PORT;
  return led ? aliases.get(url.host.toLowerCase()) : undefined;
}
