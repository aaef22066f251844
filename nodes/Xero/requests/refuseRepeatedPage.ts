import type { IDataObject } from 'n8n-workflow';

import { refuse, type Outcome } from '../errors/failure';

/**
 * Refuses a page that has the records of the page before: a list that ignores paging answers each page
 * with all it has, and reading it would never end (manual journals with an order were seen to).
 *
 * @param idOf what tells one record from another
 */
export function refuseRepeatedPage(
	records: readonly IDataObject[],
	before: readonly IDataObject[] | undefined,
	idOf: (record: IDataObject) => unknown,
): Outcome<never> | undefined {
	if (before === undefined || records.length === 0 || records.length !== before.length) {
		return undefined;
	}
	const isRepeated = records.every(
		(record, index) => String(idOf(record)) === String(idOf(before[index] ?? {})),
	);
	return isRepeated ? REPEATED : undefined;
}

const REPEATED = refuse({
	kind: 'api',
	message: 'Xero answered a page of this list with the records of the page before',
	description:
		'The reading ends here, because it is not known whether more records follow. Choose another sorting, or set filters that leave less than a page.',
});
