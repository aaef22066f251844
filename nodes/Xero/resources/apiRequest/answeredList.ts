import type { IDataObject } from 'n8n-workflow';

/** A list as any of Xero's APIs answers it. */
export interface AnsweredList {
	readonly records: readonly IDataObject[];
	/** Absent where the answer does not say. */
	readonly pageCount?: number;
}

/** The list that a body is, or that its envelope holds: `Invoices`, `items`, `Items`, `employees` … */
export function answeredList(body: unknown): AnsweredList | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	if (Array.isArray(body)) return { records: body };
	const records = Object.values(body).find(Array.isArray) as IDataObject[] | undefined;
	return records === undefined ? undefined : { records, pageCount: pageCountOf(body) };
}

/** `pagination` of most APIs; `TotalCount` and `PerPage` of Files. */
function pageCountOf(body: object): number | undefined {
	const { pagination, TotalCount, PerPage } = body as Readonly<Record<string, unknown>>;
	const { pageCount } = (pagination ?? {}) as { readonly pageCount?: unknown };
	if (typeof pageCount === 'number') return pageCount;
	return typeof TotalCount === 'number' && typeof PerPage === 'number' && PerPage > 0
		? Math.ceil(TotalCount / PerPage)
		: undefined;
}
