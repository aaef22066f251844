import type { Reply } from '../../http/Reply';
import { empty } from '../../http/Reply';
import { listRows } from '../../query/listRows';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import type { ContactGroup } from '../../world/ContactGroup';
import { randomGuid } from '../../world/random';
import { readElements, type Element } from '../../writing/readElements';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { nameKey } from '../../world/nameKey';

/** Xero's limit for one organisation. */
const MAX_GROUPS = 100;

export const contactGroups: ApiResource = {
	name: 'ContactGroups',
	scopes: ['accounting.contacts'],
	routes: [
		{ method: 'GET', path: '/ContactGroups', handle: list },
		{ method: 'PUT', path: '/ContactGroups', handle: (call) => write(call, () => undefined) },
		{ method: 'GET', path: '/ContactGroups/:id', handle: withGroup(one) },
		{
			method: 'POST',
			path: '/ContactGroups/:id',
			handle: withGroup((call, group) => write(call, () => group)),
		},
		{ method: 'PUT', path: '/ContactGroups/:id/Contacts', handle: withGroup(addContacts) },
		{
			method: 'DELETE',
			path: '/ContactGroups/:id/Contacts',
			handle: withGroup((call, group) => keepContacts(call, group, [])),
		},
		{
			method: 'DELETE',
			path: '/ContactGroups/:id/Contacts/:contactId',
			handle: withGroup(removeContact),
		},
	],
};

function withGroup(handle: (call: ApiCall, group: ContactGroup) => Reply) {
	return (call: ApiCall): Reply => {
		const group = call.books.contactGroups.get(call.params['id']?.toLowerCase() ?? '');
		return group === undefined || group.status === 'DELETED' ? notFound() : handle(call, group);
	};
}

/** Lists name the groups; only one group alone comes with its contacts. */
function list(call: ApiCall): Reply {
	return listRows(call, {
		collection: 'ContactGroups',
		typeName: 'ContactGroup',
		rows: call.books.contactGroups,
		fields: {
			ContactGroupID: { type: 'Guid', get: ({ id }) => id },
			Name: { type: 'String', get: ({ name }) => name },
			Status: { type: 'String', get: ({ status }) => status },
		},
		paged: false,
		keep: ({ status }) => status === 'ACTIVE',
		present: (group) => ({ ...head(group), Contacts: [] }),
	});
}

function one(call: ApiCall, group: ContactGroup): Reply {
	return envelope(call, 'ContactGroups', [whole(call, group)]);
}

function write(call: ApiCall, known: () => ContactGroup | undefined): Reply {
	return writeElements(call, {
		collection: 'ContactGroups',
		write: (element) => save(call, element, known()),
	});
}

function save(call: ApiCall, element: Element, before: ContactGroup | undefined): ElementOutcome {
	const { books, transaction, nowMs } = call;
	const name = typeof element['Name'] === 'string' ? element['Name'].trim() : before?.name;
	const refuse = (message: string): ElementOutcome => ({
		ok: false,
		messages: [message],
		echo: { ContactGroupID: before?.id ?? ZERO_GUID, ...element },
	});
	const others = [...books.contactGroups.values()].filter(
		({ id, status }) => id !== before?.id && status === 'ACTIVE',
	);
	const isTaken = (wanted: string) =>
		others.some((group) => nameKey(group.name) === nameKey(wanted));
	if (name === undefined || name === '' || isTaken(name))
		return refuse('Please enter a unique Name.');
	if (before === undefined && others.length >= MAX_GROUPS) {
		return refuse(`You’ve reached the limit of ${MAX_GROUPS} contact groups.`);
	}
	const group: ContactGroup = {
		id: before?.id ?? randomGuid(call.context.random),
		updatedMs: nowMs,
		name,
		status: element['Status'] === 'DELETED' ? 'DELETED' : 'ACTIVE',
		contactIds: before?.contactIds ?? [],
	};
	transaction.put(books.contactGroups, group);
	return { ok: true, view: whole(call, group) };
}

function addContacts(call: ApiCall, group: ContactGroup): Reply {
	const { books, transaction, nowMs } = call;
	const added = readElements(call.request, 'Contacts').map(({ ContactID }) =>
		books.contacts.get(String(ContactID ?? '').toLowerCase()),
	);
	if (added.some((contact) => contact === undefined)) return notFound();
	const ids = added.flatMap((contact) => (contact === undefined ? [] : [contact.id]));
	const contactIds = [...new Set([...group.contactIds, ...ids])];
	transaction.put(books.contactGroups, { ...group, contactIds, updatedMs: nowMs });
	return envelope(
		call,
		'Contacts',
		ids.map((id) => contactIn(call, id)),
	);
}

function removeContact(call: ApiCall, group: ContactGroup): Reply {
	const id = call.params['contactId']?.toLowerCase() ?? '';
	if (!group.contactIds.includes(id)) return notFound();
	return keepContacts(
		call,
		group,
		group.contactIds.filter((held) => held !== id),
	);
}

function keepContacts(
	{ books, transaction, nowMs }: ApiCall,
	group: ContactGroup,
	contactIds: readonly string[],
): Reply {
	transaction.put(books.contactGroups, { ...group, contactIds, updatedMs: nowMs });
	return empty(204);
}

function head(group: ContactGroup) {
	return {
		Name: group.name,
		Status: group.status,
		ContactGroupID: group.id,
	};
}

function whole(call: ApiCall, group: ContactGroup) {
	return { ...head(group), Contacts: group.contactIds.map((id) => contactIn(call, id)) };
}

function contactIn({ books }: ApiCall, id: string) {
	const contact = books.contacts.get(id);
	return {
		ContactID: id,
		Name: contact?.name ?? '',
		Addresses: [],
		Phones: [],
		ContactGroups: [],
		ContactPersons: [],
		HasValidationErrors: false,
	};
}
