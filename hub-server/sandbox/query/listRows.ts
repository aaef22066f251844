import { parameter } from '../http/parameter';
import type { Reply } from '../http/Reply';
import { ApiError } from '../resource/apiError';
import type { ApiCall } from '../resource/ApiResource';
import { envelope, type Pagination } from '../resource/envelope';
import { parseInstant } from '../resource/xeroDate';
import type { Table, TableRow } from '../world/Table';
import type { Fields } from './Field';
import { parseOrder } from './parseOrder';
import { parseWhere } from './parseWhere';

export interface ListOf<Row extends TableRow> {
	readonly collection: string;
	/** As Xero names it in its messages, e.g. `Invoice`. */
	readonly typeName: string;
	readonly rows: Table<Row>;
	readonly fields: Fields<Row>;
	/** `always`: a hundred at a time, whether a page is asked for or not (Payroll AU). */
	readonly paged: boolean | 'always';
	/** False where Xero knows no `where`: it is then ignored, as unknown parameters are. */
	readonly hasWhere?: boolean;
	/** False where pages come without a `pagination` object: Quotes. */
	readonly hasPagination?: boolean;
	/** What the resource's own parameters leave. */
	keep?(row: Row): boolean;
	/** @param isPaged whether `page` was asked for; Xero's unpaged lists leave things out */
	present(row: Row, isPaged: boolean): unknown;
}

/** A list GET: `If-Modified-Since`, `where`, `order`, `page` and `pageSize`. */
export function listRows<Row extends TableRow>(call: ApiCall, list: ListOf<Row>): Reply {
	const matching = selectRows(call, list);
	if (matching.length === 0 && isNotModified(call)) return { status: 304 };
	const page = pageOf(call, list.paged);
	if (page === undefined) {
		return envelope(
			call,
			list.collection,
			matching.map((row) => list.present(row, false)),
		);
	}

	const size = list.paged === 'always' ? undefined : parameter(call.request, 'pageSize');
	const pageSize = Math.min(positive(size) ?? 100, 1_000);
	const pagination: Pagination = {
		page,
		pageSize,
		pageCount: Math.ceil(matching.length / pageSize),
		itemCount: matching.length,
	};
	const shown = matching.slice((page - 1) * pageSize, page * pageSize);
	return envelope(
		call,
		list.collection,
		shown.map((row) => list.present(row, true)),
		list.hasPagination === false ? undefined : pagination,
	);
}

function pageOf({ request }: ApiCall, paged: boolean | 'always'): number | undefined {
	if (paged === false) return undefined;
	return positive(parameter(request, 'page')) ?? (paged === 'always' ? 1 : undefined);
}

function selectRows<Row extends TableRow>(call: ApiCall, list: ListOf<Row>): readonly Row[] {
	const whereText = list.hasWhere === false ? undefined : parameter(call.request, 'where');
	const orderText = parameter(call.request, 'order');
	const { doublesQuotes } = call.context.faults();
	const where = whereText
		? parseWhere(whereText, list.fields, list.typeName, doublesQuotes)
		: undefined;
	const order = orderText ? parseOrder(orderText, list.fields, list.typeName) : undefined;
	const sinceMs = modifiedSince(call);
	const { lateMs } = call.context.faults().lists;
	// What is stamped ahead of the clock is in lists at once, unless lists are late.
	const seenMs = lateMs === 0 ? Infinity : call.nowMs - lateMs;

	const isSlow = where?.optimised === false || order?.optimised === false;
	const isLarge = list.rows.size > call.context.faults().highVolumeFrom;
	if (isSlow && isLarge) {
		throw new ApiError('HighVolumeException', highVolume(list.collection, list.typeName));
	}

	const inOrder = list.rows.inUpdateOrder();
	const kept =
		where === undefined && sinceMs === undefined && list.keep === undefined
			? inOrder
			: inOrder.filter(
					(row) =>
						(sinceMs === undefined || (row.updatedMs > sinceMs && row.updatedMs <= seenMs)) &&
						list.keep?.(row) !== false &&
						where?.matches(row) !== false,
				);
	return order === undefined ? kept : [...kept].sort((a, b) => order.compare(a, b));
}

/** @see https://github.com/XeroAPI/xero-python/issues/148 */
function highVolume(collection: string, typeName: string): string {
	return `Your request is not filtering ${collection} efficiently, given the extremely high volume for this organisation. Please check https://developer.xero.com/documentation/api/efficient-data-retrieval for tips on making ${typeName} retrieval more efficient.`;
}

function isNotModified(call: ApiCall): boolean {
	return call.context.faults().lists.notModified && modifiedSince(call) !== undefined;
}

export function modifiedSince(call: ApiCall): number | undefined {
	const header = call.request.headers['if-modified-since'];
	if (header === undefined) return undefined;
	const ms = parseInstant(header) ?? Date.parse(header);
	return Number.isNaN(ms) ? undefined : ms;
}

function positive(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (!Number.isInteger(value) || value < 0) {
		throw new ApiError('QueryParseException', `'${text}' is not a valid page number or size`);
	}
	return Math.max(1, value);
}
