import type { Invoice } from 'xero-node/dist/gen/model/accounting/invoice';
import { dayOf } from './dayOf';
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
		columns: COLUMNS,
		searches: 'number, reference or contact',
		async read(api, { tenantId, search, page }) {
			const { body } = await api.getInvoices(
				tenantId,
				undefined,
				`Type=="${wish.type}"`,
				'Date DESC',
				undefined,
				undefined,
				undefined,
				undefined,
				page,
				undefined,
				undefined,
				undefined,
				undefined,
				RECORDS_PAGE,
				search === '' ? undefined : search,
			);
			return foundPage(body, (body.invoices ?? []).map(toRow), page);
		},
	};
}

function toRow(invoice: Invoice): Cell[] {
	const currency = text(invoice.currencyCode);
	return [
		invoice.invoiceNumber ?? '(no number)',
		invoice.contact?.name ?? null,
		invoice.reference ?? null,
		dayOf(invoice.date),
		dayOf(invoice.dueDate),
		{ amount: invoice.total, currency },
		{ amount: invoice.amountDue, currency },
		text(invoice.status) ?? null,
	];
}

/** xero-node types codes as enums that hold their own text. */
export function text(code: unknown): string | undefined {
	return typeof code === 'string' ? code : undefined;
}
