import { dateString, msDateTime } from '../../resource/xeroDate';
import type { Books, Invoice } from '../../world/Books';
import type { Credit, CreditKind } from '../../world/Credit';
import { toNumber } from '../../world/decimal';
import type { Element } from '../../writing/readElements';
import { creditKinds } from '../settling/creditKinds';

/** The credits of one kind that an invoice has used, each with what it took of it. */
export function presentAppliedCredits(
	books: Books,
	invoice: Invoice,
	kind: CreditKind,
): readonly Element[] {
	const { idField, table } = creditKinds[kind];
	return books.allocations
		.group('invoice', invoice.id)
		.filter(({ creditKind }) => creditKind === kind)
		.map(({ creditId, amount, dateMs }) => {
			const credit = table(books).get(creditId) as Credit;
			return {
				[idField]: credit.id,
				...(kind === 'CreditNote' && { CreditNoteNumber: credit.number }),
				ID: credit.id,
				...(kind === 'CreditNote' && { HasErrors: false }),
				AppliedAmount: toNumber(amount, 2),
				DateString: dateString(dateMs),
				Date: msDateTime(dateMs),
				LineItems: [],
				Total: toNumber(credit.totals.total, 2),
			};
		});
}
