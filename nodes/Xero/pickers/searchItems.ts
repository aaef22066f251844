import { matching } from './matching';
import { readForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

export const searchItems: SearchMethod = async function (filter) {
	const { records } = await readForPicker(this, 'Items');
	return {
		results: matching(
			records.map(({ Code, Name }) => ({
				name: Name ? `${Code} · ${Name}` : String(Code),
				value: String(Code),
			})),
			filter,
		),
	};
};
