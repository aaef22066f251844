import type { Reply } from '../../http/Reply';
import { readOnlyList } from '../../query/readOnlyList';
import { apiErrorReply, notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import type { Account } from '../../world/Books';
import type { Element } from '../../writing/readElements';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { isAccountUsed } from './isAccountUsed';
import { presentAccount } from './presentAccount';
import { saveAccount, type SavedAccount } from './saveAccount';

const reading = readOnlyList<Account>({
	name: 'Accounts',
	typeName: 'Account',
	scopes: ['accounting.settings'],
	rows: ({ accounts }) => accounts,
	fields: {
		AccountID: { type: 'Guid', get: ({ id }) => id },
		Code: { type: 'String', get: ({ code }) => code },
		Name: { type: 'String', get: ({ name }) => name },
		Type: { type: 'String', get: ({ type }) => type },
		Class: { type: 'String', get: (account) => account.class },
		Status: { type: 'String', get: ({ status }) => status },
		TaxType: { type: 'String', get: ({ taxType }) => taxType },
		SystemAccount: { type: 'String', get: ({ systemAccount }) => systemAccount },
		EnablePaymentsToAccount: {
			type: 'Boolean',
			get: ({ fields }) => fields['EnablePaymentsToAccount'] === true,
		},
		UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
	},
	findByKey: (books, key) => books.accounts.find('code', key.toLowerCase()),
	present: (account, { books }) => presentAccount(books, account),
});

export const accounts: ApiResource = {
	...reading,
	routes: [
		...reading.routes,
		{ method: 'PUT', path: '/Accounts', handle: create },
		{ method: 'POST', path: '/Accounts/:id', handle: update },
		{ method: 'DELETE', path: '/Accounts/:id', handle: remove },
	],
};

function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'Accounts',
		write: (element) => outcome(call, element, saveAccount(call, element, undefined)),
	});
}

function update(call: ApiCall): Reply {
	const before = find(call);
	if (before === undefined) return notFound();
	return writeElements(call, {
		collection: 'Accounts',
		write: (element) => outcome(call, element, saveAccount(call, element, before)),
	});
}

/** Xero deletes an account for good, and answers with it once more. */
function remove(call: ApiCall): Reply {
	const account = find(call);
	if (account === undefined) return notFound();
	const reason =
		account.systemAccount !== undefined
			? 'System accounts cannot be deleted.'
			: isAccountUsed(call.books, account)
				? 'This account has been used and cannot be deleted; archive it instead.'
				: undefined;
	if (reason !== undefined) {
		return apiErrorReply('ValidationException', 'A validation exception occurred', [
			{ ...presentAccount(call.books, account), ValidationErrors: [{ Message: reason }] },
		]);
	}
	call.transaction.remove(call.books.accounts, account.id);
	const gone = presentAccount(call.books, { ...account, updatedMs: call.nowMs });
	const deleted = { ...gone, Status: 'DELETED' };
	return envelope(call, 'Accounts', [deleted]);
}

function find(call: ApiCall): Account | undefined {
	return call.books.accounts.get(call.params['id']?.toLowerCase() ?? '');
}

function outcome(call: ApiCall, element: Element, saved: SavedAccount): ElementOutcome {
	if (saved.ok) return { ok: true, view: presentAccount(call.books, saved.account) };
	return { ok: false, messages: saved.messages, echo: { AccountID: ZERO_GUID, ...element } };
}
