import { matching } from './matching';
import { readForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

/** Active bank accounts by their ids: not all have a code. */
export const searchBankAccounts: SearchMethod = async function (filter) {
	const { records } = await readForPicker(this, 'Accounts', {
		where: 'Type=="BANK" AND Status=="ACTIVE"',
	});
	return {
		results: matching(
			records.map(({ AccountID, Code, Name, CurrencyCode }) => ({
				name: [Code, Name, CurrencyCode].filter(Boolean).join(' · '),
				value: String(AccountID),
			})),
			filter,
		),
	};
};
