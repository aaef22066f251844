import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';
import type { Ledger } from './ledgerOfSandbox';

const oneContact = async (ledger: Ledger) =>
	await ledger.put('Contacts', { Contacts: [{ Name: ledger.unique('Prepared Ltd') }] });

const noSuchContact = { item: { id: UNKNOWN_ID }, message: UNKNOWN_ID };

export const cases: ResourceCases = {
	addNote: {
		parameters: { contact: picked('={{ $json.id }}'), note: '={{ $json.note }}' },
		prepare: oneContact,
		success: {
			item: ({ ContactID }) => ({ id: ContactID, note: 'Called, will pay on Friday' }),
			output: { Changes: 'Note', Details: 'Called, will pay on Friday' },
			then: async ({ prepared, ledger }) => {
				const history = await ledger.get(`Contacts/${prepared['ContactID']}/History`);
				expect(history).toContainEqual(
					expect.objectContaining({ Details: 'Called, will pay on Friday' }),
				);
			},
		},
		validationError: { item: { id: UNKNOWN_ID, note: 'x'.repeat(2501) }, message: '2501' },
		notFound: { item: { id: UNKNOWN_ID, note: 'Hello' }, message: /no record/ },
	},
	create: {
		parameters: { name: '={{ $json.name }}', additionalFields: { firstName: 'Ada' } },
		prepare: async (ledger) => ({ taken: (await oneContact(ledger))['Name'] }),
		success: {
			item: ({ taken }) => ({ name: `Not ${taken}` }),
			output: { Name: expect.stringContaining('Not '), FirstName: 'Ada' },
		},
		validationError: {
			item: ({ taken }) => ({ name: taken }),
			message: 'is already assigned to another contact',
		},
		notFound: { notApplicable: 'a new contact refers to no other record' },
	},
	upsert: {
		parameters: {
			matchBy: 'contactId',
			matchValue: '={{ $json.id }}',
			name: '={{ $json.name }}',
		},
		prepare: oneContact,
		success: {
			item: ({ ContactID, Name }) => ({ id: ContactID, name: `${Name} Group` }),
			output: ({ ContactID, Name }) => ({ ContactID, Name: `${Name} Group` }),
		},
		validationError: { item: { name: '' }, message: 'Name is not set' },
		notFound: {
			item: { id: UNKNOWN_ID, name: 'Nobody' },
			message: /no record|not found|not exist/,
		},
	},
	archive: {
		parameters: { contact: picked('={{ $json.id }}') },
		prepare: async (ledger) => {
			const archived = await oneContact(ledger);
			await ledger.post('Contacts', {
				Contacts: [{ ContactID: archived['ContactID'], ContactStatus: 'ARCHIVED' }],
			});
			return { ...(await oneContact(ledger)), archived: archived['ContactID'] };
		},
		success: {
			item: ({ ContactID }) => ({ id: ContactID }),
			output: ({ ContactID }) => ({ ContactID, ContactStatus: 'ARCHIVED' }),
		},
		validationError: {
			item: ({ archived }) => ({ id: archived }),
			message: 'Archived contacts cannot currently be edited via the API',
		},
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	findOrCreate: {
		parameters: {
			findBy: '={{ $json.by }}',
			findValue: '={{ $json.email }}',
			name: '={{ $json.name }}',
		},
		prepare: oneContact,
		success: {
			item: ({ Name }) => ({ by: 'name', name: Name }),
			output: ({ ContactID }) => ({ ContactID, created: false }),
		},
		validationError: {
			item: ({ Name }) => ({ by: 'emailAddress', email: 'nobody@example.com', name: Name }),
			message: 'is already assigned to another contact',
		},
		notFound: { notApplicable: 'a contact that is not found is created' },
	},
	get: {
		parameters: { contact: picked('={{ $json.id }}') },
		prepare: oneContact,
		success: {
			item: ({ ContactID }) => ({ id: ContactID }),
			output: ({ ContactID, Name }) => ({ ContactID, Name }),
		},
		validationError: { item: { id: 'CRM-7' }, message: '"CRM-7"' },
		notFound: noSuchContact,
	},
	getAll: {
		parameters: { filters: { name: '={{ $json.name }}', where: '={{ $json.where }}' } },
		prepare: oneContact,
		success: {
			item: ({ Name }) => ({ name: Name, where: '' }),
			output: ({ ContactID }) => ({ ContactID }),
		},
		validationError: { item: { name: '', where: 'Name===1' }, message: /./ },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	getHistory: {
		parameters: { contact: picked('={{ $json.id }}') },
		prepare: oneContact,
		success: {
			item: ({ ContactID }) => ({ id: ContactID }),
			output: {
				Changes: 'Created',
				User: expect.any(String),
				DateUTC: expect.stringMatching(/Z$/),
			},
		},
		validationError: { item: { id: '42' }, message: '"42"' },
		notFound: { item: { id: UNKNOWN_ID }, message: /no record/ },
	},
	update: {
		parameters: {
			contact: picked('={{ $json.id }}'),
			updateFields: { emailAddress: '={{ $json.email }}' },
		},
		prepare: oneContact,
		success: {
			item: ({ ContactID }) => ({ id: ContactID, email: 'ada@example.com' }),
			output: ({ ContactID }) => ({ ContactID, EmailAddress: 'ada@example.com' }),
		},
		validationError: {
			item: ({ ContactID }) => ({ id: ContactID, email: 'no address' }),
			message: 'Email address must be valid',
		},
		notFound: {
			item: { id: UNKNOWN_ID, email: 'ada@example.com' },
			message: /no record|not found|not exist/,
		},
	},
};
