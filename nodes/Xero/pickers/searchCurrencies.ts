import { matching } from './matching';
import { readForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

export const searchCurrencies: SearchMethod = async function (filter) {
	const { records } = await readForPicker(this, 'Currencies');
	return {
		results: matching(
			records.map(({ Code, Description }) => ({
				name: Description ? `${Code} · ${Description}` : String(Code),
				value: String(Code),
			})),
			filter,
		),
	};
};
