import ipaddr from 'ipaddr.js';

/**
 * Whom to count a caller as: an IPv4 address, or the /64 of an IPv6 address, of which whoever has one
 * has 2^64.
 *
 * @param address as a socket gives it; absent when the connection is gone
 */
export function networkOf(address: string | undefined): string {
	if (address === undefined || !ipaddr.isValid(address)) return 'unknown';
	const parsed = ipaddr.process(address);
	if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
	return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`;
}
