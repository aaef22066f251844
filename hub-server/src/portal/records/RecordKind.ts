import type { ListAnswer } from './ListAnswer';
import type { ListRequest } from './ListRequest';

/** One sort of record of Xero's, as a table for people. */
export interface RecordKind {
	/** In the address. */
	readonly name: string;
	readonly title: string;
	/** As event types name it. */
	readonly entity: string;
	readonly columns: readonly Column[];
	/** What the search looks at; undefined where Xero offers none. */
	readonly searches: string;
	/** What an empty list says. */
	readonly empty: string;
	/** What Xero is asked for. */
	request(wanted: RecordsQuery): ListRequest;
	/** What its answer shows. */
	read(answer: ListAnswer, wanted: RecordsQuery): RecordsFound;
}

export interface Column {
	readonly label: string;
	readonly kind: 'name' | 'text' | 'day' | 'amount' | 'status';
	/** Left out where the page is narrow. */
	readonly roomy?: boolean;
}

export interface RecordsQuery {
	/** Trimmed; empty means all. */
	readonly search: string;
	/** 1 for the first. */
	readonly page: number;
}

export interface RecordsFound {
	/** One cell for each column. */
	readonly rows: readonly (readonly Cell[])[];
	/** Xero's id of the record in each row; undefined where it told none. */
	readonly ids: readonly (string | undefined)[];
	readonly hasMore: boolean;
	/** Over all pages, where Xero says it. */
	readonly total: number | undefined;
}

export type Cell =
	| string
	| null
	| { readonly amount: number | null | undefined; readonly currency: string | undefined };

/** Rows a page. Xero allows up to 1,000; this many are read by a person. */
export const RECORDS_PAGE = 25;

/** Whether another page follows: Xero says so, or this one is full. */
export function foundPage(
	answer: ListAnswer,
	rows: readonly (readonly Cell[])[],
	ids: readonly (string | undefined)[],
	page: number,
): RecordsFound {
	const { pageCount, itemCount } = answer.pagination ?? {};
	const hasMore = pageCount === undefined ? rows.length === RECORDS_PAGE : page < pageCount;
	return { rows, ids, hasMore, total: itemCount };
}
