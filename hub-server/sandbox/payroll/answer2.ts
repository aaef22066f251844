import { parameter } from '../http/parameter';
import { json, type Reply } from '../http/Reply';
import type { ApiCall } from '../resource/ApiResource';
import { randomGuid } from '../world/random';
import type { Element } from '../writing/readElements';

const PAGE_SIZE = 100;

/** A successful answer of Payroll 2.0. */
export function answer2(call: ApiCall, content: Element): Reply {
	return wrapped(call, 200, 'OK', content);
}

/** A hundred of a list, and how many there are. */
export function page2<Row>(
	call: ApiCall,
	collection: string,
	rows: readonly Row[],
	present: (row: Row) => Element,
): Reply {
	const page = Math.max(1, Number(parameter(call.request, 'page') ?? 1) || 1);
	return answer2(call, {
		pagination: {
			page,
			pageSize: PAGE_SIZE,
			pageCount: Math.ceil(rows.length / PAGE_SIZE),
			itemCount: rows.length,
		},
		[collection]: rows.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(present),
	});
}

/** A refusal, which has the shape of an answer too. */
export function problem2(call: ApiCall, status: 400 | 404, record: string, detail: string): Reply {
	const title = status === 400 ? 'BadRequest' : 'NotFound';
	return wrapped(call, status, title, {
		problem: {
			type: 'about:blank',
			title,
			status: String(status),
			detail,
			instance: null,
			invalidFields: null,
		},
		[record]: null,
	});
}

function wrapped(
	{ app, context, nowMs }: ApiCall,
	status: number,
	httpStatusCode: string,
	content: Element,
): Reply {
	return json(status, {
		id: randomGuid(context.random),
		providerName: app.name,
		dateTimeUTC: `${new Date(nowMs).toISOString().slice(0, -1)}0000`,
		httpStatusCode,
		pagination: null,
		problem: null,
		...content,
	});
}
