import type { Reply } from '../../http/Reply';
import { ApiError } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { isObject, readElements, type Element } from '../../writing/readElements';
import { trimmedText } from '../../writing/trimmedText';
import { saveAccount } from '../account/saveAccount';

/** The chart of accounts in one request, for those who move an organisation to Xero. */
export const setup: ApiResource = {
	name: 'Setup',
	scopes: ['accounting.settings'],
	routes: [{ method: 'POST', path: '/Setup', handle: importChart }],
};

/** Accounts are new, or known by their code; system accounts stay as they are, others are not taken away. */
function importChart(call: ApiCall): Reply {
	const [element = {}] = readElements(call.request, 'Setup');
	const wanted = listIn(element, 'Accounts');
	if (listIn(element, 'ConversionBalances').length > 0) {
		throw new ApiError('ValidationException', 'The sandbox keeps no conversion balances');
	}
	const fates = wanted.map((account) => importAccount(call, account));
	const count = (fate: Fate) => fates.filter((one) => one === fate).length;
	const isPresent = wanted.length > 0;
	return envelope(call, 'ImportSummary', {
		Accounts: {
			Total: call.books.accounts.size,
			New: count('new'),
			Updated: count('updated'),
			Deleted: 0,
			Locked: 0,
			System: count('system'),
			Errored: count('errored'),
			Present: isPresent,
			NewOrUpdated: count('new') + count('updated'),
		},
		Organisation: { Present: false },
	});
}

type Fate = 'new' | 'updated' | 'system' | 'errored';

function importAccount(call: ApiCall, account: Element): Fate {
	const code = trimmedText(account['Code'])?.toLowerCase() ?? '';
	const before = call.books.accounts.find('code', code);
	if (before?.systemAccount !== undefined) return 'system';
	const saved = saveAccount(call, account, before);
	if (!saved.ok) return 'errored';
	return before === undefined ? 'new' : 'updated';
}

function listIn(element: Element, name: string): readonly Element[] {
	const list = element[name];
	return Array.isArray(list) ? list.filter(isObject) : [];
}
