/** Names that an operator gives to services, so that a document can name them without knowing where they are. */

/** Where an alias leads. */
export interface AliasTarget {
  readonly host: string;
  readonly port: number;
}

/** From a name in small letters to `host:port`, such as `shop.localhost` → `127.0.0.1:4010`. */
export type HostAliases = Readonly<Record<string, string>>;

const TARGET = /^(?:\[(?<v6>[0-9a-f:.]+)\]|(?<host>[^:[\]\s]+)):(?<port>\d{1,5})$/i;

/**
 * Reads `HOLDFAST_HOST_ALIASES`: `shop.localhost=127.0.0.1:4010,stock.localhost=10.0.0.7:80`.
 *
 * @throws TypeError for an entry that says nothing.
 */
export function parseHostAliases(text: string): HostAliases {
  const entries = text.split(",").filter((entry) => entry.trim() !== "");
  return Object.fromEntries(
    entries.map((entry) => {
      const [name = "", target = "", ...rest] = entry.split("=").map((part) => part.trim());
      if (name === "" || rest.length > 0) throw new TypeError(`“${entry.trim()}” is not name=host:port`);
      targetOf(name, target);
      return [name.toLowerCase(), target];
    }),
  );
}

/**
 * Only plain HTTP to the standard port is led elsewhere: a URL with a port of its own means that port, and TLS asks
 * for the name that the URL has. Whoever sets an alias allows its address.
 *
 * @throws TypeError for a target that is not `host:port`.
 */
export function compileAliases(aliases: HostAliases = {}): (host: string, port: number) => AliasTarget | undefined {
  const targets = new Map(
    Object.entries(aliases).map(([name, target]): [string, AliasTarget] => [
      name.toLowerCase(),
      targetOf(name, target),
    ]),
  );
  return (host, port) => (port === 80 ? targets.get(host.toLowerCase()) : undefined);
}

function targetOf(name: string, text: string): AliasTarget {
  const { v6, host = v6, port } = TARGET.exec(text)?.groups ?? {};
  if (host === undefined || Number(port) > 65_535) {
    throw new TypeError(`${name} leads to “${text}”, which is not host:port`);
  }
  return { host, port: Number(port) };
}
