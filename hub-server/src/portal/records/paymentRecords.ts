import type { Payment } from 'xero-node/dist/gen/model/accounting/payment';
import { dayOf } from './dayOf';
import { text } from './invoiceRecords';
import { foundPage, RECORDS_PAGE, type Cell, type RecordKind } from './RecordKind';
import { whereText } from './whereText';

export const payments: RecordKind = {
	name: 'payments',
	title: 'Payments',
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
	async read(api, { tenantId, search, page }) {
		const { body } = await api.getPayments(
			tenantId,
			undefined,
			search === '' ? undefined : `Reference!=null AND Reference.Contains(${whereText(search)})`,
			'Date DESC',
			page,
			RECORDS_PAGE,
		);
		return foundPage(body, (body.payments ?? []).map(toRow), page);
	},
};

function toRow(payment: Payment): Cell[] {
	const { invoice, creditNote } = payment;
	return [
		dayOf(payment.date),
		invoice?.invoiceNumber ?? creditNote?.creditNoteNumber ?? text(payment.paymentType) ?? null,
		invoice?.contact?.name ?? creditNote?.contact?.name ?? null,
		payment.reference ?? null,
		{ amount: payment.amount, currency: text(invoice?.currencyCode ?? creditNote?.currencyCode) },
		text(payment.status) ?? null,
	];
}
