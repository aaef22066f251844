import type { BankTransaction } from 'xero-node/dist/gen/model/accounting/bankTransaction';
import { dayOf } from './dayOf';
import { text } from './invoiceRecords';
import type { Sent } from './ListAnswer';
import { foundPage, RECORDS_PAGE, type Cell, type RecordKind } from './RecordKind';
import { referenceContains } from './referenceContains';

export const bankTransactions: RecordKind = {
	name: 'bank-transactions',
	title: 'Bank transactions',
	entity: 'bank_transaction',
	columns: [
		{ label: 'Date', kind: 'day' },
		{ label: 'Contact', kind: 'name' },
		{ label: 'Account', kind: 'text', roomy: true },
		{ label: 'Reference', kind: 'text', roomy: true },
		{ label: 'Kind', kind: 'text', roomy: true },
		{ label: 'Total', kind: 'amount' },
		{ label: 'Status', kind: 'status' },
	],
	searches: 'reference',
	empty: 'Money that is spent or received directly at the bank appears here.',
	request: ({ search, page }) => ({
		collection: 'BankTransactions',
		where: referenceContains(search),
		order: 'Date DESC',
		page,
		pageSize: RECORDS_PAGE,
	}),
	read(answer, { page }) {
		const records = answer.BankTransactions ?? [];
		const ids = records.map(({ BankTransactionID: id }) => id ?? undefined);
		return foundPage(answer, records.map(toRow), ids, page);
	},
};

function toRow(transaction: Sent<BankTransaction>): Cell[] {
	return [
		dayOf(transaction.Date),
		transaction.Contact?.Name ?? null,
		transaction.BankAccount?.Name ?? transaction.BankAccount?.Code ?? null,
		transaction.Reference ?? null,
		kindOf(text(transaction.Type)),
		{ amount: transaction.Total, currency: text(transaction.CurrencyCode) },
		text(transaction.Status) ?? null,
	];
}

/** RECEIVE → Received, SPEND-OVERPAYMENT → Spent (overpayment). */
function kindOf(type: string | undefined): string | null {
	const [direction, ...rest] = (type ?? '').toLowerCase().split('-');
	if (direction === undefined || direction === '') return null;
	const word = { receive: 'Received', spend: 'Spent' }[direction] ?? direction;
	return rest.length === 0 ? word : `${word} (${rest.join(' ')})`;
}
