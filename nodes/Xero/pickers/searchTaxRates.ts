import { matching } from './matching';
import { readForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

export const searchTaxRates: SearchMethod = async function (filter) {
	const { records } = await readForPicker(this, 'TaxRates', { where: 'Status=="ACTIVE"' });
	return {
		results: matching(
			records.map(({ Name, TaxType, EffectiveRate }) => ({
				name: `${Name} (${EffectiveRate} %)`,
				value: String(TaxType),
			})),
			filter,
		),
	};
};
