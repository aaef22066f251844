import { matching } from './matching';
import { readForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

/** Every account by its id, those without a code and archived ones included. */
export const searchAccountRecords: SearchMethod = async function (filter) {
	const { records } = await readForPicker(this, 'Accounts');
	return {
		results: matching(
			records.map(({ AccountID, Code, Name, Status }) => ({
				name: [Code, Name, Status === 'ACTIVE' ? '' : Status].filter(Boolean).join(' · '),
				value: String(AccountID),
			})),
			filter,
		),
	};
};
