import type { Failure, Outcome } from '../Xero/errors/failure';

/** Tells a person of each trouble once, until it is over. */
export interface Reporter {
	/** @param key what was tried */
	ended(key: string, outcome: Outcome<unknown>): void;
}

/** @param tell shows a failure; `key` is the first that had it */
export function createReporter(tell: (failure: Failure, key: string) => void): Reporter {
	const troubles = new Map<string, string>();
	return {
		ended(key, outcome) {
			if (outcome.ok) {
				troubles.delete(key);
				return;
			}
			const trouble = troubleOf(outcome.failure);
			const isKnown = [...troubles.values()].includes(trouble);
			troubles.set(key, trouble);
			if (!isKnown) tell(outcome.failure, key);
		},
	};
}

/** The same trouble says another time when it will be over. */
function troubleOf({ httpCode, message }: Failure): string {
	return `${httpCode} ${message.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '')}`;
}
