import { matching } from './matching';
import { readForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

/** Every product and service by its id. */
export const searchItemRecords: SearchMethod = async function (filter) {
	const { records } = await readForPicker(this, 'Items');
	return {
		results: matching(
			records.map(({ ItemID, Code, Name }) => ({
				name: Name ? `${Code} · ${Name}` : String(Code),
				value: String(ItemID),
				url: `https://go.xero.com/app/products-and-services/${ItemID}`,
			})),
			filter,
		),
	};
};
