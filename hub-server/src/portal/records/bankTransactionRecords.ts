import type { BankTransaction } from 'xero-node/dist/gen/model/accounting/bankTransaction';
import { dayOf } from './dayOf';
import { text } from './invoiceRecords';
import { foundPage, RECORDS_PAGE, type Cell, type RecordKind } from './RecordKind';
import { whereText } from './whereText';

export const bankTransactions: RecordKind = {
	name: 'bank-transactions',
	title: 'Bank transactions',
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
	async read(api, { tenantId, search, page }) {
		const { body } = await api.getBankTransactions(
			tenantId,
			undefined,
			search === '' ? undefined : `Reference!=null AND Reference.Contains(${whereText(search)})`,
			'Date DESC',
			page,
			undefined,
			RECORDS_PAGE,
		);
		return foundPage(body, (body.bankTransactions ?? []).map(toRow), page);
	},
};

function toRow(transaction: BankTransaction): Cell[] {
	return [
		dayOf(transaction.date),
		transaction.contact?.name ?? null,
		transaction.bankAccount?.name ?? transaction.bankAccount?.code ?? null,
		transaction.reference ?? null,
		kindOf(text(transaction.type)),
		{ amount: transaction.total, currency: text(transaction.currencyCode) },
		text(transaction.status) ?? null,
	];
}

/** RECEIVE → Received, SPEND-OVERPAYMENT → Spent (overpayment). */
function kindOf(type: string | undefined): string | null {
	const [direction, ...rest] = (type ?? '').toLowerCase().split('-');
	if (direction === undefined || direction === '') return null;
	const word = { receive: 'Received', spend: 'Spent' }[direction] ?? direction;
	return rest.length === 0 ? word : `${word} (${rest.join(' ')})`;
}
