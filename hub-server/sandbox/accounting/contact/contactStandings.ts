import type { Books } from '../../world/Books';
import { toNumber, type Cents } from '../decimal';

/** What an organisation's documents say about a contact. Not writable through the API. */
export interface ContactStanding {
	readonly isCustomer: boolean;
	readonly isSupplier: boolean;
	readonly balances: unknown;
}

interface Sums {
	receivable: { outstanding: Cents; overdue: Cents } | undefined;
	payable: { outstanding: Cents; overdue: Cents } | undefined;
}

const kept = new WeakMap<
	Books,
	{ version: number; dayMs: number; standings: ReadonlyMap<string, ContactStanding> }
>();

/** The standing of every contact with documents; computed once per change of the invoices. */
export function contactStandings(
	books: Books,
	nowMs: number,
): ReadonlyMap<string, ContactStanding> {
	const dayMs = Math.floor(nowMs / 86_400_000) * 86_400_000;
	const known = kept.get(books);
	if (known?.version === books.invoices.version && known.dayMs === dayMs) return known.standings;

	const sums = new Map<string, Sums>();
	for (const invoice of books.invoices.values()) {
		if (invoice.status === 'DELETED' || invoice.status === 'VOIDED') continue;
		const sum = sums.get(invoice.contactId) ?? { receivable: undefined, payable: undefined };
		sums.set(invoice.contactId, sum);
		const side = invoice.type === 'ACCREC' ? 'receivable' : 'payable';
		const total = (sum[side] ??= { outstanding: 0, overdue: 0 });
		if (invoice.status !== 'AUTHORISED') continue;
		const paid = invoice.payments.reduce((paidSoFar, { amount }) => paidSoFar + amount, 0);
		const due = invoice.totals.total - paid - invoice.amountCredited;
		total.outstanding += due;
		if (invoice.dueDateMs !== undefined && invoice.dueDateMs < dayMs) total.overdue += due;
	}

	const standings = new Map([...sums].map(([id, sum]) => [id, standingOf(sum)]));
	kept.set(books, { version: books.invoices.version, dayMs, standings });
	return standings;
}

function standingOf({ receivable, payable }: Sums): ContactStanding {
	const print = (side: { outstanding: Cents; overdue: Cents } | undefined) => ({
		Outstanding: toNumber(side?.outstanding ?? 0, 2),
		Overdue: toNumber(side?.overdue ?? 0, 2),
	});
	return {
		isCustomer: receivable !== undefined,
		isSupplier: payable !== undefined,
		balances: { AccountsReceivable: print(receivable), AccountsPayable: print(payable) },
	};
}
