import { parameter, type AccountingCall } from '../accounting/AccountingResource';
import { isObject, type Element } from '../accounting/writing/readElements';
import { json, type Reply } from '../http/Reply';

/** The `items` of a request; undefined when there are none to be found. */
export function feedItemsOf(call: AccountingCall): readonly Element[] | undefined {
	try {
		const body: unknown = JSON.parse(call.request.body.toString());
		const items = isObject(body) ? body['items'] : undefined;
		return Array.isArray(items) && items.length > 0 && items.every(isObject) ? items : undefined;
	} catch {
		return undefined;
	}
}

/** One page of rows, ten unless asked; a page that is no number is the first. */
export function feedPage<Row>(
	call: AccountingCall,
	status: number,
	rows: readonly Row[],
	present: (row: Row) => Element,
): Reply {
	const page = wholeNumber(parameter(call.request, 'page')) ?? 1;
	const pageSize = wholeNumber(parameter(call.request, 'pageSize')) ?? 10;
	return json(status, {
		pagination: {
			page,
			pageCount: Math.ceil(rows.length / pageSize),
			pageSize,
			itemCount: rows.length,
		},
		items: rows.slice((page - 1) * pageSize, page * pageSize).map(present),
	});
}

function wholeNumber(text: string | undefined): number | undefined {
	const value = Number(text);
	return Number.isInteger(value) && value > 0 ? value : undefined;
}
