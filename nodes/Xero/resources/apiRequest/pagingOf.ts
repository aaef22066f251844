export interface Paging {
	/** The query parameter that moves on. */
	readonly by: 'page' | 'offset';
	/** Where a list starts that names no place. */
	readonly start: string;
	/** Fewer records on a page mean that it is the last. */
	readonly full: number;
	/** Whether it is known that the list is paged. */
	readonly isKnown: boolean;
}

/**
 * How the list at a path is read to its end; `undefined` where Xero gives it whole.
 *
 * @param path below Xero's host, as `readApiPath` gives it
 */
export function pagingOf(path: string): Paging | undefined {
	const [api = '', , ...rest] = path.replace(/\/+$/, '').split('/');
	if (api.toLowerCase() !== 'api.xro') return BY_PAGE_OF_ANY_SIZE;
	const collection = rest.join('/').toLowerCase();
	const known = { full: ACCOUNTING_PAGE, isKnown: true };
	if (collection === 'journals') return { by: 'offset', start: '0', ...known };
	return PAGED.has(collection) ? { by: 'page', start: '1', ...known } : undefined;
}

/** The newer APIs page every list, in sizes of their own. */
const BY_PAGE_OF_ANY_SIZE: Paging = { by: 'page', start: '1', full: 1, isKnown: false };

/** What lists of the Accounting API that do not count their pages have on each of them. */
const ACCOUNTING_PAGE = 100;

/** The lists of the Accounting API that take `page`. */
const PAGED = new Set([
	'banktransactions',
	'contacts',
	'creditnotes',
	'invoices',
	'linkedtransactions',
	'manualjournals',
	'overpayments',
	'payments',
	'prepayments',
	'purchaseorders',
	'quotes',
]);
