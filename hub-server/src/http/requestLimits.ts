import { createHash } from 'node:crypto';
import type { Uptime } from '../clock';
import { TooManyRequestsError } from '../errors/requestErrors';
import { createTokenBuckets, type BucketSize } from './tokenBuckets';

/** What one caller may ask of the hub. */
export interface RequestLimits {
	/** Counts a call with a good key. @throws TooManyRequestsError */
	countCall(keyId: string): void;
	/**
	 * Before a key is looked up: who guessed too often has to wait with a right guess too, or the answer would tell
	 * it. A key that was right from there before passes.
	 *
	 * @throws TooManyRequestsError
	 */
	requireTry(address: string, key: string): void;
	noteRightKey(address: string, key: string): void;
	/** Counts a key that is not known. @throws TooManyRequestsError */
	countWrongKey(address: string): void;
	/** Counts a consent that somebody without a key begins. @throws TooManyRequestsError */
	countConnectStart(network: string): void;
}

/** Far above what Xero lets a workspace do; below what would starve the webhooks of others. */
const CALLS: BucketSize = { burst: 1_000, perSecond: 100 };

/** A person who mistypes needs a few; keys of 256 bits are not found by trying. */
const WRONG_KEYS: BucketSize = { burst: 20, perSecond: 0.2 };

/** Beyond this all are forgotten: each is right again at its next call, unless its address guesses. */
const MAX_RIGHT_KEYS = 10_000;

/** A person needs one or two, and an office behind one address a few more. Each writes a row. */
const CONNECT_STARTS: BucketSize = { burst: 20, perSecond: 0.2 };

export function createRequestLimits(
	uptime: Uptime,
	{ calls = CALLS, wrongKeys = WRONG_KEYS, connectStarts = CONNECT_STARTS } = {},
): RequestLimits {
	const byKey = createTokenBuckets(calls, uptime);
	const byAddress = createTokenBuckets(wrongKeys, uptime);
	const byNetwork = createTokenBuckets(connectStarts, uptime);

	const right = new Set<string>();
	const pairOf = (address: string, key: string) =>
		createHash('sha256').update(`${address} ${key}`).digest('base64');

	return {
		requireTry(address, key) {
			const wait = byAddress.wait(address);
			if (wait > 0 && !right.has(pairOf(address, key))) {
				throw new TooManyRequestsError('Too many unknown keys came from here', wait);
			}
		},
		noteRightKey(address, key) {
			if (right.size >= MAX_RIGHT_KEYS) right.clear();
			right.add(pairOf(address, key));
		},
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
