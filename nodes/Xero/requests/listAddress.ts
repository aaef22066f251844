import type { Address } from './inAddresses';
import type { ListQuery } from './ListQuery';
import type { XeroCollection } from './XeroCollection';

/** The longest place in a list: a page of a size, or a number to go on after. */
const PLACE = { page: '1000000', pageSize: '1000', offset: '1000000000' };

/** The address of any page of a list: no page has a longer one. */
export function listAddress(
	{ path, query: always, changes }: XeroCollection,
	{ query, ids }: Pick<ListQuery, 'query' | 'ids'>,
): Address {
	return {
		path,
		query: {
			...always,
			...changes?.query,
			...query,
			...(ids.length === 0 ? {} : { IDs: ids.join(',') }),
			...PLACE,
		},
	};
}
