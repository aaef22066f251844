import { json, type Reply } from './Reply';
import type { SandboxRequest } from './SandboxRequest';

/**
 * One page as Xero's newer APIs give it: `items` beside `pagination`. A page or size that is no number
 * above zero is the usual one.
 */
export function itemPage<Row>(
	request: SandboxRequest,
	options: { readonly status?: number; readonly usualSize: number },
	rows: readonly Row[],
	present: (row: Row) => unknown,
): Reply {
	const page = wholeNumber(request.query.get('page')) ?? 1;
	const pageSize = wholeNumber(request.query.get('pageSize')) ?? options.usualSize;
	return json(options.status ?? 200, {
		pagination: {
			page,
			pageCount: Math.ceil(rows.length / pageSize),
			pageSize,
			itemCount: rows.length,
		},
		items: rows.slice((page - 1) * pageSize, page * pageSize).map(present),
	});
}

function wholeNumber(text: string | null): number | undefined {
	const value = Number(text ?? '');
	return Number.isInteger(value) && value > 0 ? value : undefined;
}
