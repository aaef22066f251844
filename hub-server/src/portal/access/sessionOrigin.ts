import type { Request } from 'express';
import ipaddr from 'ipaddr.js';

/** Where somebody signed in, as far as they recognise it and no further. */
export interface SessionOrigin {
	/** Such as *Firefox on Linux*. */
	readonly browser: string;
	/** The /24 of an IPv4 address or the /48 of an IPv6 address: about a provider's town. */
	readonly network: string;
}

/** Behind proxies that the operator trusts the network is the client's (Express's `trust proxy`). */
export function sessionOrigin(request: Request): SessionOrigin {
	return {
		browser: browserName(request.get('user-agent') ?? ''),
		network: coarseNetwork(request.ip),
	};
}

/**
 * The two words that a person looks for. Browsers name the ones that they want to be taken for, too, so
 * the order counts; whoever lies about it deceives only their own list.
 */
export function browserName(userAgent: string): string {
	const nameIn = (names: readonly (readonly [RegExp, string])[]) =>
		names.find(([pattern]) => pattern.test(userAgent))?.[1];
	const browser = nameIn(BROWSERS) ?? 'A browser';
	const system = nameIn(SYSTEMS);
	return system === undefined ? browser : `${browser} on ${system}`;
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
	[/\bEdgA?\//, 'Edge'],
	[/\bOPR\//, 'Opera'],
	[/\bFirefox\/|\bFxiOS\//, 'Firefox'],
	[/\bChrom(?:e|ium)\/|\bCriOS\//, 'Chrome'],
	[/\bSafari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
	[/\bAndroid\b/, 'Android'],
	[/\biPhone\b/, 'iPhone'],
	[/\biPad\b/, 'iPad'],
	[/\bWindows\b/, 'Windows'],
	[/\bMac OS X\b/, 'macOS'],
	[/\bCrOS\b/, 'ChromeOS'],
	[/\bLinux\b/, 'Linux'],
];

export function coarseNetwork(address: string | undefined): string {
	if (address === undefined || !ipaddr.isValid(address)) return 'unknown';
	const parsed = ipaddr.process(address);
	if (parsed instanceof ipaddr.IPv6) {
		return `${new ipaddr.IPv6([...parsed.parts.slice(0, 3), 0, 0, 0, 0, 0]).toString()}/48`;
	}
	return `${parsed.octets.slice(0, 3).join('.')}.0/24`;
}
