/** Which private addresses an installation lets its flows reach. */
import ipaddr from "ipaddr.js";
import { inRange, isPublicAddress, normalAddress } from "./address.ts";
import type { HostAliases } from "./aliases.ts";

/** What an operator sets. */
export interface OutboundPolicy {
  /**
   * Exceptions for addresses that are not public, as `host`, `host:port` or `host:*`, where host is a name
   * (`shop.internal`, `*.internal`), an address (`127.0.0.1`, `[::1]`) or a range (`10.0.0.0/8`). Without a port: every port.
   */
  readonly allow?: readonly string[];
  /** Names that lead to services of the operator's choice, wherever those are. */
  readonly hostAliases?: HostAliases;
}

/** The question a connection asks. */
export interface Destination {
  /** As in the URL. */
  readonly host: string;
  readonly port: number;
  /** What the host's name was resolved to. */
  readonly address: string;
}

/**
 * Reads the patterns once.
 * @throws TypeError for a pattern that says nothing, so that a typing error does not open or close a door silently.
 */
export function compilePolicy(policy: OutboundPolicy): (destination: Destination) => boolean {
  const exceptions = (policy.allow ?? []).map(compilePattern);
  return (destination) => isPublicAddress(destination.address) || exceptions.some((matches) => matches(destination));
}

const PATTERN = /^(?<host>\[[0-9a-fA-F:.]+\](?:\/\d+)?|[^:[\]\s]+)(?::(?<port>\d{1,5}|\*))?$/;

function compilePattern(pattern: string): (destination: Destination) => boolean {
  const { host, port } = PATTERN.exec(pattern.trim().toLowerCase())?.groups ?? {};
  if (host === undefined || (host.includes("/") && !ipaddr.isValidCIDR(withoutBrackets(host)))) {
    throw new TypeError(`“${pattern}” is not host, host:port or host:*`);
  }
  const onHost = compileHost(withoutBrackets(host));
  const wanted = port === undefined || port === "*" ? undefined : Number(port);
  return (destination) => (wanted === undefined || wanted === destination.port) && onHost(destination);
}

function compileHost(host: string): (destination: Destination) => boolean {
  if (host.includes("/")) {
    const range = ipaddr.parseCIDR(host);
    return ({ address }) => inRange(normalAddress(address), range);
  }
  if (ipaddr.isValid(host)) {
    const wanted = normalAddress(host).toString();
    return ({ address }) => normalAddress(address).toString() === wanted;
  }
  if (host.startsWith("*.")) {
    const suffix = host.slice(1);
    return (destination) => destination.host.toLowerCase().endsWith(suffix);
  }
  return (destination) => destination.host.toLowerCase() === host;
}

function withoutBrackets(host: string): string {
  return host.replaceAll(/[[\]]/g, "");
}
