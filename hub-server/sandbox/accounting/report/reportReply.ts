import type { Reply } from '../../http/Reply';
import type { ApiCall } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { msDateTimeBare } from '../../resource/xeroDate';
import type { Element } from '../../writing/readElements';
import { todayOf } from '../document/readDate';
import { longDay } from './reportDates';

export interface ReportText {
	readonly id?: string;
	readonly name: string;
	readonly type: string;
	/** Below the report's name and the organisation's, e.g. `As at 24 April 2019`. */
	readonly subtitles: readonly string[];
	readonly rows: readonly Element[];
}

export function reportReply(call: ApiCall, report: ReportText): Reply {
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
