import type { Invoice } from 'xero-node/dist/gen/model/accounting/invoice';
import { dayOf } from './dayOf';
import type { Sent } from './ListAnswer';
import { foundPage, RECORDS_PAGE, type Cell, type Column, type RecordKind } from './RecordKind';

const COLUMNS: readonly Column[] = [
	{ label: 'Number', kind: 'name' },
	{ label: 'Contact', kind: 'text' },
	{ label: 'Reference', kind: 'text', roomy: true },
	{ label: 'Date', kind: 'day', roomy: true },
	{ label: 'Due', kind: 'day', roomy: true },
	{ label: 'Total', kind: 'amount' },
	{ label: 'Still due', kind: 'amount', roomy: true },
	{ label: 'Status', kind: 'status' },
];

export const invoices: RecordKind = invoiceKind({
	name: 'invoices',
	title: 'Invoices',
	type: 'ACCREC',
	empty: 'Invoices that are sent to customers in Xero appear here.',
});

export const bills: RecordKind = invoiceKind({
	name: 'bills',
	title: 'Bills',
	type: 'ACCPAY',
	empty: 'Bills from suppliers that are entered in Xero appear here.',
});

function invoiceKind(wish: {
	readonly name: string;
	readonly title: string;
	readonly type: 'ACCREC' | 'ACCPAY';
	readonly empty: string;
}): RecordKind {
	return {
		...wish,
		entity: wish.type === 'ACCPAY' ? 'bill' : 'invoice',
		columns: COLUMNS,
		searches: 'number, reference or contact',
		request: ({ search, page }) => ({
			collection: 'Invoices',
			where: `Type=="${wish.type}"`,
			order: 'Date DESC',
			searchTerm: search === '' ? undefined : search,
			page,
			pageSize: RECORDS_PAGE,
		}),
		read(answer, { page }) {
			const records = answer.Invoices ?? [];
			const ids = records.map(({ InvoiceID: id }) => id ?? undefined);
			return foundPage(answer, records.map(toRow), ids, page);
		},
	};
}

function toRow(invoice: Sent<Invoice>): Cell[] {
	const currency = text(invoice.CurrencyCode);
	return [
		invoice.InvoiceNumber ?? '(no number)',
		invoice.Contact?.Name ?? null,
		invoice.Reference ?? null,
		dayOf(invoice.Date),
		dayOf(invoice.DueDate),
		{ amount: invoice.Total, currency },
		{ amount: invoice.AmountDue, currency },
		text(invoice.Status) ?? null,
	];
}

/** Xero's SDK types codes as enums that hold their own text. */
export function text(code: unknown): string | undefined {
	return typeof code === 'string' ? code : undefined;
}
