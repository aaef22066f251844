import type { Ledger } from './ledgerOfSandbox';
import { picked, UNKNOWN_ID, type ResourceCases } from './OperationCases';

const oneGroup = async (ledger: Ledger) =>
	await ledger.put('ContactGroups', { ContactGroups: [{ Name: ledger.unique('Group') }] });

const groupAndContact = async (ledger: Ledger) => ({
	...(await oneGroup(ledger)),
	...(await ledger.put('Contacts', { Contacts: [{ Name: ledger.unique('Member') }] })),
});

const groupWithContact = async (ledger: Ledger) => {
	const prepared = await groupAndContact(ledger);
	const { ContactGroupID, ContactID } = prepared as Record<string, unknown>;
	await ledger.put(`ContactGroups/${String(ContactGroupID)}/Contacts`, {
		Contacts: [{ ContactID }],
	});
	return prepared;
};

const group = picked('={{ $json.group }}');
const contact = picked('={{ $json.contact }}');
const noGroup = {
	item: { group: UNKNOWN_ID, contact: UNKNOWN_ID },
	message: /no (record|contact)/,
};
const notAnId = { item: { group: 'VIP', contact: UNKNOWN_ID }, message: '"VIP"' };

export const cases: ResourceCases = {
	create: {
		parameters: { name: '={{ $json.name }}' },
		prepare: oneGroup,
		success: {
			item: ({ Name }) => ({ name: `${Name} more` }),
			output: ({ Name }) => ({ Name: `${Name} more`, Status: 'ACTIVE' }),
		},
		validationError: {
			item: ({ Name }) => ({ name: Name }),
			message: 'Please enter a unique Name.',
		},
		notFound: { notApplicable: 'a new group refers to no other record' },
	},
	get: {
		parameters: { contactGroup: group },
		prepare: groupWithContact,
		success: {
			item: ({ ContactGroupID }) => ({ group: ContactGroupID }),
			output: ({ ContactGroupID, ContactID }) => ({ ContactGroupID, Contacts: [{ ContactID }] }),
		},
		validationError: notAnId,
		notFound: noGroup,
	},
	getAll: {
		parameters: { filters: { name: '={{ $json.name }}' } },
		prepare: oneGroup,
		success: {
			item: ({ Name }) => ({ name: Name }),
			output: ({ ContactGroupID, Name }) => ({ ContactGroupID, Name }),
		},
		validationError: { notApplicable: 'a name can be anything, and finds nothing then' },
		notFound: { notApplicable: 'a list without matches is empty' },
	},
	update: {
		parameters: { contactGroup: group, updateFields: { name: '={{ $json.name }}' } },
		prepare: async (ledger) => ({
			taken: (await oneGroup(ledger))['Name'],
			...(await oneGroup(ledger)),
		}),
		success: {
			item: ({ ContactGroupID, Name }) => ({ group: ContactGroupID, name: `${Name} renamed` }),
			output: ({ ContactGroupID, Name }) => ({ ContactGroupID, Name: `${Name} renamed` }),
		},
		validationError: notAnId,
		notFound: { item: { group: UNKNOWN_ID, name: 'x' }, message: /no record/ },
	},
	delete: {
		parameters: { contactGroup: group },
		prepare: oneGroup,
		success: {
			item: ({ ContactGroupID }) => ({ group: ContactGroupID }),
			output: ({ ContactGroupID }) => ({ deleted: true, ContactGroupID }),
			then: async ({ prepared, ledger }) => {
				expect(await ledger.get(`ContactGroups/${String(prepared['ContactGroupID'])}`)).toEqual([]);
			},
		},
		validationError: notAnId,
		notFound: noGroup,
	},
	addContact: {
		parameters: { contactGroup: group, contact },
		prepare: groupAndContact,
		success: {
			item: ({ ContactGroupID, ContactID }) => ({ group: ContactGroupID, contact: ContactID }),
			output: ({ ContactGroupID, ContactID }) => ({ ContactGroupID, ContactID }),
		},
		validationError: notAnId,
		notFound: {
			item: ({ ContactGroupID }) => ({ group: ContactGroupID, contact: UNKNOWN_ID }),
			message: /no record/,
		},
	},
	removeContact: {
		parameters: { contactGroup: group, contact },
		prepare: groupWithContact,
		success: {
			item: ({ ContactGroupID, ContactID }) => ({ group: ContactGroupID, contact: ContactID }),
			output: ({ ContactID }) => ({ deleted: true, ContactID }),
		},
		validationError: notAnId,
		notFound: noGroup,
	},
};
