import type { QuoteStatus } from '../../world/Quote';

/** Where each status leads; it may also stay, except once deleted. */
const TRANSITIONS: Readonly<Record<QuoteStatus, readonly QuoteStatus[]>> = {
	DRAFT: ['SENT', 'DELETED'],
	SENT: ['ACCEPTED', 'DECLINED', 'DELETED'],
	DECLINED: ['SENT', 'DELETED'],
	ACCEPTED: ['INVOICED', 'SENT', 'DELETED'],
	INVOICED: ['SENT', 'DELETED'],
	DELETED: [],
};
const AT_CREATION: readonly QuoteStatus[] = ['DRAFT', 'SENT'];

/** Why the status cannot be had; undefined when it can. */
export function checkQuoteStatus(
	before: QuoteStatus | undefined,
	wanted: QuoteStatus,
): string | undefined {
	if (before === undefined) {
		return AT_CREATION.includes(wanted) ? undefined : 'Quote not of valid status for creation';
	}
	if (before === 'DELETED') return 'Deleted quotes cannot be updated';
	return before === wanted || TRANSITIONS[before].includes(wanted)
		? undefined
		: `Quote status cannot be changed from ${before} to ${wanted}`;
}

export function isQuoteStatus(value: unknown): value is QuoteStatus {
	return typeof value === 'string' && Object.hasOwn(TRANSITIONS, value);
}
