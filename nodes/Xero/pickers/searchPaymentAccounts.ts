import { matching } from './matching';
import { readForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

/** Bank accounts, and accounts that payments are enabled for. By id: not every one has a code. */
export const searchPaymentAccounts: SearchMethod = async function (filter) {
	const { records } = await readForPicker(this, 'Accounts', { where: 'Status=="ACTIVE"' });
	return {
		results: matching(
			records
				.filter(
					({ Type, EnablePaymentsToAccount }) =>
						Type === 'BANK' || EnablePaymentsToAccount === true,
				)
				.map(({ AccountID, Code, Name }) => ({
					name: Code ? `${String(Code)} · ${String(Name)}` : String(Name),
					value: String(AccountID),
				})),
			filter,
		),
	};
};
