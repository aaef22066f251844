import type { Uptime } from '../clock';

export interface BucketSize {
	/** How many may come at once. */
	readonly burst: number;
	readonly perSecond: number;
}

/** One bucket of tokens for each name; in one process. */
export interface TokenBuckets {
	/** Takes a token. @returns seconds until there is one; 0 when one was taken */
	take(name: string): number;
	/** As `take`, and takes none. */
	wait(name: string): number;
}

/** Beyond this the longest unused are forgotten, which fills them again. */
const MAX_NAMES = 10_000;

export function createTokenBuckets({ burst, perSecond }: BucketSize, uptime: Uptime): TokenBuckets {
	const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();

	function filledBy(name: string, now: number): number {
		const { tokens, at } = buckets.get(name) ?? { tokens: burst, at: now };
		return Math.min(burst, tokens + ((now - at) / 1000) * perSecond);
	}
	const secondsUntilOne = (filled: number) =>
		filled >= 1 ? 0 : Math.ceil((1 - filled) / perSecond);

	return {
		wait: (name) => secondsUntilOne(filledBy(name, uptime())),
		take(name) {
			const now = uptime();
			const filled = filledBy(name, now);
			buckets.delete(name);
			buckets.set(name, { tokens: filled >= 1 ? filled - 1 : filled, at: now });
			const [oldest] = buckets.keys();
			if (buckets.size > MAX_NAMES && oldest !== undefined) buckets.delete(oldest);
			return secondsUntilOne(filled);
		},
	};
}
