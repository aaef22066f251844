import type { Clock } from '../../clock';

/** Slows down whoever tries passwords. Counts failures per name, such as an address or a network. */
export interface SignInLimiter {
	/** Milliseconds to wait before any of these may try again; 0 when they may now. */
	waitMs(names: readonly string[]): number;
	failed(names: readonly string[]): void;
	succeeded(names: readonly string[]): void;
}

export interface SignInLimits {
	/** Failures of one name within the window. */
	readonly failures: number;
	readonly windowMs: number;
}

/** Beyond this the oldest names are forgotten: memory must not be what an attacker fills. */
const MAX_NAMES = 10_000;

/** Ten wrong passwords in a quarter of an hour. Each process of the hub counts by itself. */
export function createSignInLimiter(
	now: Clock,
	{ failures, windowMs }: SignInLimits = { failures: 10, windowMs: 15 * 60_000 },
): SignInLimiter {
	const byName = new Map<string, number[]>();
	const recent = (name: string) => (byName.get(name) ?? []).filter((at) => at > now() - windowMs);

	return {
		waitMs(names) {
			const waits = names.map((name) => {
				const times = recent(name);
				return times.length < failures ? 0 : (times.at(-failures) ?? 0) + windowMs - now();
			});
			return Math.max(0, ...waits);
		},
		failed(names) {
			for (const name of names) {
				const times = [...recent(name), now()];
				byName.delete(name);
				byName.set(name, times.slice(-failures));
			}
			for (const oldest of byName.keys()) {
				if (byName.size <= MAX_NAMES) break;
				byName.delete(oldest);
			}
		},
		succeeded(names) {
			for (const name of names) byName.delete(name);
		},
	};
}
