/** Which addresses belong to the open internet. */
import ipaddr from "ipaddr.js";

/** An address in the one form in which it is compared: IPv4 that hides in IPv6 is taken out of it. */
export function normalAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 {
  return ipaddr.process(text.replace(/%.*$/, ""));
}

/**
 * True for addresses anyone may be sent to: neither private, loopback, link-local (where clouds keep their
 * metadata), shared, multicast or reserved, nor an IPv6 form that carries an IPv4 address to a gateway (NAT64,
 * 6to4, Teredo, IPv4-compatible), behind which any of those may stand.
 */
export function isPublicAddress(text: string): boolean {
  const address = normalAddress(text);
  if (address.range() !== "unicast") return false;
  return !inRange(address, IPV4_COMPATIBLE);
}

/** True if the address is of the range's kind and within it. */
export function inRange(address: ipaddr.IPv4 | ipaddr.IPv6, range: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  return address.kind() === range[0].kind() && ipaddr.subnetMatch(address, { within: [range] }, "outside") === "within";
}

const IPV4_COMPATIBLE = ipaddr.parseCIDR("::/96");
