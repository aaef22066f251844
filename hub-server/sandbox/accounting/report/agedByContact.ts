import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import { ApiError, notFound } from '../../resource/apiError';
import type { ApiCall } from '../../resource/ApiResource';
import { dateString, DAY_MS } from '../../resource/xeroDate';
import { amountDueOf, amountPaidOf } from '../amounts/invoiceAmounts';
import { addUp } from './accountRows';
import { dayParameter, longDay, reportDay } from './reportDates';
import { reportReply } from './reportReply';
import { headerRow, money, sectionRow, summaryRow, valueRow } from './reportRows';

/** What one contact owes (`ACCREC`), or is owed (`ACCPAY`). */
export function agedByContact(call: ApiCall, type: 'ACCREC' | 'ACCPAY'): Reply {
	const { books } = call;
	const contactId = parameter(call.request, 'contactId')?.toLowerCase();
	if (contactId === undefined || contactId === '') {
		throw new ApiError('ValidationException', 'A contactId must be specified for this report');
	}
	const contact = books.contacts.get(contactId);
	if (contact === undefined) return notFound();
	const atMs = reportDay(call);
	const toMs = dayParameter(call, 'toDate') ?? atMs;
	const fromMs = dayParameter(call, 'fromDate');

	const open = books.invoices
		.group('contact', contactId)
		.filter((invoice) => invoice.type === type && invoice.status === 'AUTHORISED')
		.filter(({ dateMs }) => dateMs <= toMs && (fromMs === undefined || dateMs >= fromMs))
		.sort((a, b) => a.dateMs - b.dateMs);
	const lines = open.map((invoice) => ({
		invoice,
		amounts: [
			invoice.totals.total,
			amountPaidOf(invoice),
			invoice.amountCredited,
			amountDueOf(invoice),
		],
	}));
	const totals = addUp([0, 0, 0, 0], ...lines.map(({ amounts }) => amounts)).map(money);
	const name = type === 'ACCREC' ? 'Receivables' : 'Payables';

	return reportReply(call, {
		name: `Aged ${name} By Contact`,
		type: `Aged${name}ByContact`,
		subtitles: [contact.name, `To ${longDay(toMs)}`, `Showing payments to ${longDay(atMs)}`],
		rows: [
			headerRow(['Date', 'Number', 'Due Date', '', 'Total', 'Paid', 'Credited', 'Due']),
			sectionRow('', [
				...lines.map(({ invoice, amounts }) =>
					valueRow(
						[
							dateString(invoice.dateMs),
							invoice.number,
							invoice.dueDateMs === undefined ? '' : dateString(invoice.dueDateMs),
							overdue(invoice.dueDateMs, atMs),
							...amounts.map(money),
						],
						['invoiceID', invoice.id],
					),
				),
				summaryRow(['Total', '', '', '', ...totals]),
			]),
			sectionRow('', [summaryRow(['Closing Balance', '', '', '', ...totals])]),
		],
	});
}

function overdue(dueDateMs: number | undefined, atMs: number): string {
	const days = dueDateMs === undefined ? 0 : Math.floor((atMs - dueDateMs) / DAY_MS);
	return days > 0 ? `${days} days overdue` : '';
}
