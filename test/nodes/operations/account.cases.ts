import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

const oneAccount = async (ledger: Ledger) =>
	await ledger.put('Accounts', {
		Code: ledger.unique('P').replace(' ', ''),
		Name: ledger.unique('Prepared account'),
		Type: 'EXPENSE',
	});

const named = { account: picked('={{ $json.id }}') };
const malformed = { item: { id: '200' }, message: '"200"' };
const unknown = { item: { id: UNKNOWN_ID }, message: /no record/ };

export const cases: ResourceCases = {
	create: {
		parameters: {
			name: '={{ $json.name }}',
			code: '={{ $json.code }}',
			type: 'EXPENSE',
			additionalFields: { description: 'For tests', taxType: picked('INPUT2') },
		},
		prepare: oneAccount,
		success: {
			item: ({ Code, Name }) => ({ name: `${Name} too`, code: `${Code}B` }),
			output: {
				Type: 'EXPENSE',
				Class: 'EXPENSE',
				Description: 'For tests',
				TaxType: 'INPUT2',
			},
		},
		validationError: {
			item: ({ Code, Name }) => ({ name: Name, code: `${Code}C` }),
			message: 'Please enter a unique Name.',
		},
		notFound: { notApplicable: 'a new account refers to no other record' },
	},
	get: {
		parameters: named,
		prepare: oneAccount,
		success: {
			item: ({ AccountID }) => ({ id: AccountID }),
			output: ({ AccountID, Code }) => ({ AccountID, Code }),
		},
		validationError: malformed,
		notFound: { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID },
	},
	getAll: {
		parameters: {
			filters: { type: 'BANK', code: '={{ $json.code }}', where: '={{ $json.where }}' },
		},
		success: {
			item: { code: '090', where: 'EnablePaymentsToAccount==false' },
			output: { Code: '090', Type: 'BANK', BankAccountNumber: expect.any(String) },
		},
		validationError: { item: { code: '', where: 'Colour=="red"' }, message: /./ },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	update: {
		parameters: { ...named, updateFields: { name: '={{ $json.name }}' } },
		prepare: oneAccount,
		success: {
			item: ({ AccountID, Name }) => ({ id: AccountID, name: `${Name} renamed` }),
			output: ({ AccountID, Name, Code }) => ({ AccountID, Code, Name: `${Name} renamed` }),
		},
		validationError: {
			item: ({ AccountID }) => ({ id: AccountID, name: 'Sales' }),
			message: 'Please enter a unique Name.',
		},
		notFound: { item: { id: UNKNOWN_ID, name: 'Nobody' }, message: /no record/ },
	},
	archive: {
		parameters: named,
		prepare: oneAccount,
		success: {
			item: ({ AccountID }) => ({ id: AccountID }),
			output: ({ AccountID }) => ({ AccountID, Status: 'ARCHIVED' }),
		},
		validationError: malformed,
		notFound: unknown,
	},
	delete: {
		parameters: named,
		prepare: async (ledger) => ({
			...(await oneAccount(ledger)),
			system: (await ledger.get('Accounts/610'))[0]?.['AccountID'],
		}),
		success: {
			item: ({ AccountID }) => ({ id: AccountID }),
			output: ({ AccountID }) => ({ deleted: true, AccountID }),
			then: async ({ prepared, ledger }) => {
				expect(await ledger.get(`Accounts/${String(prepared['AccountID'])}`)).toEqual([]);
			},
		},
		validationError: {
			item: ({ system }) => ({ id: system }),
			message: 'System accounts cannot be deleted.',
		},
		notFound: unknown,
	},
};
