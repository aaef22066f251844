import type { IDataObject } from 'n8n-workflow';

import { refuseInput, success, type Outcome } from '../../errors/failure';
import type { Members } from '../../fields/Field';
import { keptOfQuote } from './keptOfQuote';

/**
 * Where each status of a quote leads. Xero's own refusal does not say what to do instead.
 *
 * @see https://developer.xero.com/documentation/api/accounting/quotes
 */
const FOLLOWERS: Readonly<Record<string, readonly string[]>> = {
	DRAFT: ['SENT', 'DELETED'],
	SENT: ['ACCEPTED', 'DECLINED', 'DELETED'],
	DECLINED: ['SENT', 'DELETED'],
	ACCEPTED: ['INVOICED', 'SENT', 'DELETED'],
	INVOICED: ['SENT', 'DELETED'],
	DELETED: [],
};

/** The change that gives a quote its new status, or why it cannot have it from where it is. */
export function withStatus(quote: IDataObject, wanted: string): Outcome<Members> {
	const present = String(quote.Status);
	const followers = FOLLOWERS[present];
	if (present === wanted || followers === undefined || followers.includes(wanted)) {
		return success({ ...keptOfQuote(quote), Status: wanted });
	}
	return refuseInput(
		`Quote ${String(quote.QuoteNumber)} is ${present} and cannot become ${wanted}`,
		followers.length === 0
			? 'A deleted quote stays deleted: create a new one.'
			: `From ${present} it can become ${followers.join(' or ')}.`,
	);
}
