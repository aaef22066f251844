import type { Payment } from 'xero-node/dist/gen/model/accounting/payment';
import { dayOf } from './dayOf';
import { text } from './invoiceRecords';
import type { Sent } from './ListAnswer';
import { foundPage, RECORDS_PAGE, type Cell, type RecordKind } from './RecordKind';
import { referenceContains } from './referenceContains';

export const payments: RecordKind = {
	name: 'payments',
	title: 'Payments',
	entity: 'payment',
	columns: [
		{ label: 'Date', kind: 'day' },
		{ label: 'For', kind: 'name' },
		{ label: 'Contact', kind: 'text', roomy: true },
		{ label: 'Reference', kind: 'text', roomy: true },
		{ label: 'Amount', kind: 'amount' },
		{ label: 'Status', kind: 'status' },
	],
	searches: 'reference',
	empty: 'Payments of invoices and bills that are entered in Xero appear here.',
	request: ({ search, page }) => ({
		collection: 'Payments',
		where: referenceContains(search),
		order: 'Date DESC',
		page,
		pageSize: RECORDS_PAGE,
	}),
	read(answer, { page }) {
		const records = answer.Payments ?? [];
		const ids = records.map(({ PaymentID: id }) => id ?? undefined);
		return foundPage(answer, records.map(toRow), ids, page);
	},
};

function toRow(payment: Sent<Payment>): Cell[] {
	const { Invoice: invoice, CreditNote: creditNote } = payment;
	return [
		dayOf(payment.Date),
		invoice?.InvoiceNumber ?? creditNote?.CreditNoteNumber ?? text(payment.PaymentType) ?? null,
		invoice?.Contact?.Name ?? creditNote?.Contact?.Name ?? null,
		payment.Reference ?? null,
		{ amount: payment.Amount, currency: text(invoice?.CurrencyCode ?? creditNote?.CurrencyCode) },
		text(payment.Status) ?? null,
	];
}
