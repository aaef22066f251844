import type { Uptime } from '../clock';
import { TooManyRequestsError } from '../errors/requestErrors';
import { createTokenBuckets, type BucketSize } from './tokenBuckets';

/** What one caller may ask of the hub. */
export interface RequestLimits {
	/** Counts a call with a good key. @throws TooManyRequestsError */
	countCall(keyId: string): void;
	/** Counts a key that is not known. @throws TooManyRequestsError */
	countWrongKey(address: string): void;
	/** Counts a consent that somebody without a key begins. @throws TooManyRequestsError */
	countConnectStart(network: string): void;
}

/** Far above what Xero lets a workspace do; below what would starve the webhooks of others. */
const CALLS: BucketSize = { burst: 1_000, perSecond: 100 };

/** A person who mistypes needs a few; keys of 256 bits are not found by trying. */
const WRONG_KEYS: BucketSize = { burst: 20, perSecond: 0.2 };

/** A person needs one or two, and an office behind one address a few more. Each writes a row. */
const CONNECT_STARTS: BucketSize = { burst: 20, perSecond: 0.2 };

export function createRequestLimits(
	uptime: Uptime,
	{ calls = CALLS, wrongKeys = WRONG_KEYS, connectStarts = CONNECT_STARTS } = {},
): RequestLimits {
	const byKey = createTokenBuckets(calls, uptime);
	const byAddress = createTokenBuckets(wrongKeys, uptime);
	const byNetwork = createTokenBuckets(connectStarts, uptime);

	return {
		countCall(keyId) {
			const wait = byKey.take(keyId);
			if (wait > 0) throw new TooManyRequestsError('This key makes too many calls', wait);
		},
		countWrongKey(address) {
			const wait = byAddress.take(address);
			if (wait > 0) throw new TooManyRequestsError('Too many unknown keys came from here', wait);
		},
		countConnectStart(network) {
			const wait = byNetwork.take(network);
			if (wait > 0)
				throw new TooManyRequestsError('The link was opened very often from here', wait);
		},
	};
}
