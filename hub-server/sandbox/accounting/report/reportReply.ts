import type { Reply } from '../../http/Reply';
import type { AccountingCall } from '../../resource/ApiResource';
import { todayOf } from '../document/readDate';
import { envelope } from '../../resource/envelope';
import type { Element } from '../../writing/readElements';
import { msDateTimeBare } from '../../resource/xeroDate';
import { longDay } from './reportDates';

export interface ReportText {
	readonly id?: string;
	readonly name: string;
	readonly type: string;
	/** Below the report's name and the organisation's, e.g. `As at 24 April 2019`. */
	readonly subtitles: readonly string[];
	readonly rows: readonly Element[];
}

export function reportReply(call: AccountingCall, report: ReportText): Reply {
	return envelope(call, 'Reports', [
		{
			...(report.id !== undefined && { ReportID: report.id }),
			ReportName: report.name,
			ReportType: report.type,
			ReportTitles: [report.name, call.organisation.name, ...report.subtitles],
			ReportDate: longDay(todayOf(call.nowMs)),
			UpdatedDateUTC: msDateTimeBare(call.nowMs),
			Fields: [],
			Rows: report.rows,
		},
	]);
}
