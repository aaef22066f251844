import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isPublicAddress } from './targetAddress';
import { TargetNotAllowedError } from '../errors/targetErrors';
import type { ResolveHost } from './targetGuard';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Opens connections to public addresses only. The socket connects to the very addresses that were
 * checked, not to a second answer of the resolver.
 */
export function createTargetConnector(resolve: ResolveHost): buildConnector.connector {
	const connect = buildConnector({
		timeout: CONNECT_TIMEOUT_MS,
		lookup: createCheckedLookup(resolve),
	});

	return (options, callback) => {
		// Node asks no resolver for an address, so the lookup would not see it.
		const host = options.hostname.replace(/^\[|\]$/g, '');
		if (isIP(host) !== 0 && !isPublicAddress(host)) {
			callback(refusal(host), null);
			return;
		}
		connect(options, callback);
	};
}

/** `dns.lookup` for `net.connect`. One private address among public ones refuses them all. */
export function createCheckedLookup(resolve: ResolveHost): LookupFunction {
	return (hostname, options, callback) => {
		const answer = (found: readonly LookupAddress[]) => {
			const [first] = found;
			if (first === undefined || !found.every(({ address }) => isPublicAddress(address))) {
				callback(refusal(hostname), []);
			} else if (options.all === true) {
				callback(null, [...found]);
			} else {
				callback(null, first.address, first.family);
			}
		};
		resolve(hostname).then(answer, (cause: unknown) =>
			callback(cause instanceof Error ? cause : new Error(String(cause)), []),
		);
	};
}

function refusal(host: string): TargetNotAllowedError {
	return new TargetNotAllowedError(
		`${host} leads to an address that is not public; nothing was sent.`,
	);
}
