/** Names in flows that stand for an address of the operator's choice: `shop.localhost=127.0.0.1:4010,other=…`. */
export interface HostAlias {
  readonly host: string;
  readonly port: number;
}

/** @throws Error naming the part that says nothing. */
export function parseHostAliases(text: string): ReadonlyMap<string, HostAlias> {
  const aliases = new Map<string, HostAlias>();
  for (const part of text.split(",").map((piece) => piece.trim())) {
    if (part === "") continue;
    const [, name, host, port] = /^([a-z0-9.-]+)=(\[[0-9a-f:.]+\]|[a-z0-9.-]+):(\d{1,5})$/i.exec(part) ?? [];
    if (name === undefined || host === undefined || port === undefined || Number(port) > 65_535) {
      throw new Error(`“${part}” is not name=host:port`);
    }
    aliases.set(name.toLowerCase(), { host: host.replaceAll(/[[\]]/g, ""), port: Number(port) });
  }
  return aliases;
}
