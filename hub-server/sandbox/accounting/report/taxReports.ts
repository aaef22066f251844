import type { Reply } from '../../http/Reply';
import { notFound } from '../../resource/apiError';
import type { ApiCall } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { msDateTimeBare } from '../../resource/xeroDate';
import { todayOf } from '../document/readDate';
import { wantedPostings } from '../journal/wantedPostings';
import { dayMonthsBefore, longDay, monthEnd, monthStart } from './reportDates';
import { reportReply } from './reportReply';
import { headerRow, money, sectionRow, valueRow } from './reportRows';

/** What was published of the tax returns: one, of the last two whole months, where there are returns. */
export function listTaxReports(call: ApiCall): Reply {
	const published = publishedOf(call);
	if (published === undefined) return envelope(call, 'Reports', []);
	const { name, type, toMs } = published;
	return envelope(call, 'Reports', [
		{
			ReportID: call.organisation.tenantId,
			ReportName: name,
			ReportType: type,
			ReportTitles: [name, call.organisation.name],
			ReportDate: longDay(toMs),
			UpdatedDateUTC: msDateTimeBare(call.nowMs),
		},
	]);
}

export function oneTaxReport(call: ApiCall): Reply {
	const { organisation } = call;
	const published = publishedOf(call);
	const isIt = call.params['id']?.toLowerCase() === organisation.tenantId;
	if (!isIt || published === undefined) return notFound();
	const { name, type, fromMs, toMs } = published;
	const taxes = wantedPostings(call.books)
		.filter(({ dateMs }) => dateMs >= fromMs && dateMs <= toMs)
		.flatMap(({ lines }) => lines.map(({ taxAmount }) => taxAmount));
	const collected = 0 - taxes.filter((amount) => amount < 0).reduce((a, b) => a + b, 0);
	const paid = taxes.filter((amount) => amount > 0).reduce((a, b) => a + b, 0);

	return reportReply(call, {
		id: organisation.tenantId,
		name,
		type,
		subtitles: [`For the period ${longDay(fromMs)} to ${longDay(toMs)}`],
		rows: [
			headerRow(['', 'Amount']),
			sectionRow('', [
				valueRow(['Tax collected on sales', money(collected)]),
				valueRow(['Tax paid on purchases', money(paid)]),
				valueRow(['Tax to pay', money(collected - paid)]),
			]),
		],
	});
}

const RETURNS = {
	NZ: ['GST Return', 'GSTReturn'],
	AU: ['Business Activity Statement', 'BAS'],
	GB: ['VAT Return', 'VATReturn'],
	US: undefined,
} as const;

function publishedOf({ organisation, nowMs }: ApiCall) {
	const taxReturn = RETURNS[organisation.country];
	if (taxReturn === undefined) return undefined;
	const [name, type] = taxReturn;
	const toMs = monthEnd(dayMonthsBefore(monthStart(todayOf(nowMs)), 1));
	return { name, type, fromMs: monthStart(dayMonthsBefore(monthStart(toMs), 1)), toMs };
}
