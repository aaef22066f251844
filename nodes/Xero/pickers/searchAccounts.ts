import { matching } from './matching';
import { readForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

/** Active accounts that have a code: only a code can stand on a line. */
export const searchAccounts: SearchMethod = async function (filter) {
	const { records } = await readForPicker(this, 'Accounts', { where: 'Status=="ACTIVE"' });
	return {
		results: matching(
			records
				.filter(({ Code }) => Boolean(Code))
				.map(({ Code, Name }) => ({ name: `${Code} · ${Name}`, value: String(Code) })),
			filter,
		),
	};
};
