import ipaddr from 'ipaddr.js';

/**
 * Public unicast in the registry, yet answered inside every Azure network by the platform's own
 * agent, which hands out credentials.
 */
const AZURE_WIRE_SERVER = '168.63.129.16';

/** The only block from which public IPv6 addresses are given out (RFC 4291 §2.4, IANA registry). */
const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address is a single host on the public internet. Addresses that carry another inside
 * (IPv4-mapped, 6to4, NAT64, Teredo) are not: they lead wherever the inner one does.
 *
 * @param address as a resolver or a URL's host gives it, without brackets
 */
export function isPublicAddress(address: string): boolean {
	if (!ipaddr.isValid(address)) return false;
	const parsed = ipaddr.parse(address);
	if (parsed.range() !== 'unicast') return false;
	return parsed instanceof ipaddr.IPv6
		? parsed.match(GLOBAL_UNICAST_V6)
		: parsed.toString() !== AZURE_WIRE_SERVER;
}
