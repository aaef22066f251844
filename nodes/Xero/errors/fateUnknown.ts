import type { Failure } from './failure';

const LOOK_FIRST = 'Look for the record in Xero before sending the item again.';

/** Answers that look like a success and leave open whether what was sent is saved. */
export const fateUnknown = {
	/** The answer does not mention it. */
	unmentioned: {
		kind: 'api',
		message: "Xero's answer does not say what became of this item",
		description: LOOK_FIRST,
	},
	/** The answer shows it, but no id: none, or the zero one. */
	unnamed: {
		kind: 'api',
		message: 'Xero answered this item without an id, so that it is not known whether it was saved',
		description: LOOK_FIRST,
	},
} satisfies Readonly<Record<string, Failure>>;

/**
 * Xero refused a request as a whole, which may have saved this item all the same.
 *
 * @param refusal of the request
 * @param why it is not known
 */
export function refusedTogether(refusal: Failure, why: string): Failure {
	return {
		kind: 'api',
		message: `Xero refused the request that this item was in, and it is not known whether the item was saved (${refusal.message})`,
		description: `${why} ${LOOK_FIRST}`,
		httpCode: refusal.httpCode,
	};
}
