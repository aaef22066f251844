import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import type { ApiCall } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';

/** For organisations in the United States; the sandbox's report nobody. */
export function tenNinetyNine(call: ApiCall): Reply {
	const year =
		parameter(call.request, 'reportYear') || String(new Date(call.nowMs).getUTCFullYear());
	return envelope(
		call,
		'Reports',
		['1099-NEC report', '1099-MISC report'].map((name) => ({
			ReportName: name,
			ReportDate: `1 Jan ${year} to 31 Dec ${year}`,
			Contacts: [],
		})),
	);
}
