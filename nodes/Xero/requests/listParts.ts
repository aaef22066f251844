import { comparable, XERO_IDS_PER_REQUEST } from '../../../hub-server/protocol/xero';
import { fitsAddress, inAddresses } from './inAddresses';
import { listAddress } from './listAddress';
import type { ListQuery } from './ListQuery';
import type { XeroCollection } from './XeroCollection';

/** Parameters with a list of which each record matches one value: what parts of it find, all of it finds. */
const LISTS = ['ContactIDs', 'InvoiceNumbers'] as const;

/**
 * What one item asks a list for, in requests whose addresses Xero takes: 40 ids in one at most, and fewer,
 * or fewer numbers, where the other filters are long. A filter that cannot be cut stays whole.
 */
export function listParts(collection: XeroCollection, list: ListQuery): ListQuery[] {
	const { ids } = list;
	const withIds = (some: readonly string[]): ListQuery => ({ ...list, ids: some });
	if (!fitsAddress(listAddress(collection, withIds(ids.slice(0, 1))))) {
		const halves = halved(list);
		if (halves !== undefined) return halves.flatMap((half) => listParts(collection, half));
	}
	if (ids.length === 0) return [list];
	return inAddresses(ids, XERO_IDS_PER_REQUEST, (some) =>
		listAddress(collection, withIds(some)),
	).map(withIds);
}

/** Two lists instead of one, by the longest of their parameters that can be cut. */
function halved(list: ListQuery): ListQuery[] | undefined {
	const [longest] = LISTS.map((name) => ({ name, values: valuesOf(list, name) })).sort(
		(a, b) => b.values.join().length - a.values.join().length,
	);
	if (longest === undefined || longest.values.length < 2) return undefined;
	const { name, values } = longest;
	const middle = Math.ceil(values.length / 2);
	return [values.slice(0, middle), values.slice(middle)].map((some) => ({
		...list,
		query: { ...list.query, [name]: some.join(',') },
	}));
}

/** Each once: what stands in two parts would be found twice. */
function valuesOf({ query }: ListQuery, name: string): string[] {
	const values = (query[name] ?? '').split(',').map((value) => [comparable(value), value] as const);
	return [...new Map(values).values()];
}
