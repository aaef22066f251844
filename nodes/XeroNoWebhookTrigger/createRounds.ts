import type { Outcome } from '../Xero/errors/failure';
import type { BatchFate } from './watchList';

/** When each of several things is due, in minutes since they began. */
export interface Rounds {
	/** Called once a minute; `true` where it is due now. */
	isDue(key: string): boolean;
	nextMinute(): void;
	/** What came of it: after a failure it rests longer and longer. */
	ended(key: string, outcome: Outcome<BatchFate>): void;
}

/** A limit of a day or a revoked consent needs no call each minute; an outage is noticed as over soon enough. */
const LONGEST_REST_MINUTES = 15;

/** @param everyMinutes the interval where all is well */
export function createRounds(everyMinutes: number): Rounds {
	let minute = 0;
	const due = new Map<string, number>();
	const failures = new Map<string, number>();

	return {
		isDue: (key) => minute >= (due.get(key) ?? 0),
		nextMinute() {
			minute += 1;
		},
		ended(key, outcome) {
			const isWell = outcome.ok && outcome.value === 'counts';
			const inRow = isWell ? 0 : (failures.get(key) ?? 0) + 1;
			failures.set(key, inRow);
			const rest = inRow === 0 ? 0 : Math.min(2 ** (inRow - 1), LONGEST_REST_MINUTES);
			due.set(key, minute + Math.max(everyMinutes, rest));
		},
	};
}
