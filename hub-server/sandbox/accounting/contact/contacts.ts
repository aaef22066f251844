import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import type { Fields } from '../../query/Field';
import { idsOf } from '../../query/idsOf';
import { listRows } from '../../query/listRows';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import type { Contact } from '../../world/Books';
import { isObject, type Element } from '../../writing/readElements';
import { writeElements, ZERO_GUID } from '../../writing/writeElements';
import { presentContact } from './presentContact';
import { saveContact, type SaveMode } from './saveContact';

export const contacts: ApiResource = {
	name: 'Contacts',
	scopes: ['accounting.contacts'],
	routes: [
		{ method: 'GET', path: '/Contacts', handle: list },
		{ method: 'PUT', path: '/Contacts', handle: (call) => write(call, 'create') },
		{ method: 'POST', path: '/Contacts', handle: (call) => write(call, 'createOrUpdate') },
		{ method: 'GET', path: '/Contacts/:id', handle: one },
		{ method: 'POST', path: '/Contacts/:id', handle: writeOne },
	],
};

function list(call: ApiCall): Reply {
	const { books, request, nowMs } = call;
	const wanted = idsOf(call);
	const withArchived = parameter(request, 'includeArchived') === 'true';
	const term = parameter(request, 'searchTerm')?.toLowerCase();
	const isSummary = parameter(request, 'summaryOnly') === 'true';

	return listRows(call, {
		collection: 'Contacts',
		typeName: 'Contact',
		rows: books.contacts,
		fields: contactFields,
		paged: true,
		keep: (contact) =>
			(withArchived || contact.status !== 'ARCHIVED') &&
			wanted?.has(contact.id) !== false &&
			(term === undefined || searched(contact).some((text) => text?.toLowerCase().includes(term))),
		present: (contact, isPaged) =>
			presentContact(books, contact, isSummary ? 'summary' : isPaged ? 'full' : 'list', nowMs),
	});
}

function one(call: ApiCall): Reply {
	const contact = find(call);
	if (contact === undefined) return notFound();
	return envelope(call, 'Contacts', [presentContact(call.books, contact, 'full', call.nowMs)]);
}

function write(call: ApiCall, mode: SaveMode): Reply {
	return writeElements(call, {
		collection: 'Contacts',
		write(element) {
			const saved = saveContact(call, element, mode);
			if (!saved.ok) return { ok: false, messages: saved.messages, echo: echo(element) };
			return { ok: true, view: presentContact(call.books, saved.contact, 'full', call.nowMs) };
		},
	});
}

function writeOne(call: ApiCall): Reply {
	const contact = find(call);
	if (contact === undefined) return notFound();
	return writeElements(call, {
		collection: 'Contacts',
		write(element) {
			const named = { ...element, ContactID: contact.id };
			const saved = saveContact(call, named, 'createOrUpdate');
			if (!saved.ok) return { ok: false, messages: saved.messages, echo: echo(named) };
			return { ok: true, view: presentContact(call.books, saved.contact, 'full', call.nowMs) };
		},
	});
}

/** By ContactID or by ContactNumber. */
function find(call: ApiCall): Contact | undefined {
	const id = call.params['id']?.toLowerCase() ?? '';
	return call.books.contacts.get(id) ?? call.books.contacts.find('number', id);
}

/** A refused element comes back whole, with the all-zero id and its parts marked as checked. */
function echo(element: Element): Element {
	const checked = (value: unknown): unknown =>
		Array.isArray(value)
			? value.map((part: unknown) => (isObject(part) ? { ...part, ValidationErrors: [] } : part))
			: [];
	return {
		ContactID: ZERO_GUID,
		...element,
		Addresses: checked(element['Addresses']),
		Phones: checked(element['Phones']),
		ContactGroups: [],
		ContactPersons: checked(element['ContactPersons']),
		HasValidationErrors: true,
	};
}

function searched(contact: Contact): (string | undefined)[] {
	const { fields } = contact;
	return [
		contact.name,
		contact.number,
		...['FirstName', 'LastName', 'EmailAddress'].map((name) => textOf(fields[name])),
	];
}

const contactFields: Fields<Contact> = {
	ContactID: { type: 'Guid', get: ({ id }) => id },
	ContactNumber: { type: 'String', get: ({ number }) => number },
	ContactStatus: { type: 'String', get: ({ status }) => status },
	Name: { type: 'String', optimised: 'equality', sorts: true, get: ({ name }) => name },
	FirstName: { type: 'String', get: ({ fields }) => textOf(fields['FirstName']) },
	LastName: { type: 'String', get: ({ fields }) => textOf(fields['LastName']) },
	EmailAddress: {
		type: 'String',
		optimised: 'equality',
		get: ({ fields }) => textOf(fields['EmailAddress']),
	},
	AccountNumber: {
		type: 'String',
		optimised: 'equality',
		get: ({ fields }) => textOf(fields['AccountNumber']),
	},
	CompanyNumber: { type: 'String', get: ({ fields }) => textOf(fields['CompanyNumber']) },
	TaxNumber: { type: 'String', get: ({ fields }) => textOf(fields['TaxNumber']) },
	UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
};

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}
