import type { Reply } from '../../http/Reply';
import type { Fields } from '../../query/Field';
import { listRows } from '../../query/listRows';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { toNumber } from '../../world/decimal';
import type { RepeatingInvoice } from '../../world/RepeatingInvoice';
import type { Element } from '../../writing/readElements';
import { UNKNOWN_ID } from '../../writing/unknownId';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { presentRepeatingInvoice } from './presentRepeatingInvoice';
import { saveRepeatingInvoice } from './saveRepeatingInvoice';

export const repeatingInvoices: ApiResource = {
	name: 'RepeatingInvoices',
	scopes: ['accounting.invoices'],
	routes: [
		{ method: 'GET', path: '/RepeatingInvoices', handle: list },
		{ method: 'PUT', path: '/RepeatingInvoices', handle: create },
		{ method: 'POST', path: '/RepeatingInvoices', handle: createOrDelete },
		{ method: 'GET', path: '/RepeatingInvoices/:id', handle: one },
		{ method: 'POST', path: '/RepeatingInvoices/:id', handle: remove },
	],
};

function list(call: ApiCall): Reply {
	return listRows(call, {
		collection: 'RepeatingInvoices',
		typeName: 'RepeatingInvoice',
		rows: call.books.repeatingInvoices,
		fields: fieldsOf(call),
		paged: false,
		present: (template) => presentRepeatingInvoice(call, template),
	});
}

function one(call: ApiCall): Reply {
	const template = find(call, call.params['id']);
	if (template === undefined) return notFound();
	return envelope(call, 'RepeatingInvoices', [presentRepeatingInvoice(call, template)]);
}

function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'RepeatingInvoices',
		write: (element) => creation(call, element),
	});
}

/** POST creates what has no id, and deletes what has one; it changes nothing. */
function createOrDelete(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'RepeatingInvoices',
		write: (element) =>
			element['RepeatingInvoiceID'] === undefined
				? creation(call, element)
				: removal(call, element, find(call, element['RepeatingInvoiceID'])),
	});
}

function remove(call: ApiCall): Reply {
	const template = find(call, call.params['id']);
	if (template === undefined) return notFound();
	return writeElements(call, {
		collection: 'RepeatingInvoices',
		write: (element) => removal(call, element, template),
	});
}

function creation(call: ApiCall, element: Element): ElementOutcome {
	const saved = saveRepeatingInvoice(call, element);
	if (!saved.ok) return refusal(element, saved.messages);
	return { ok: true, view: presentRepeatingInvoice(call, saved.template) };
}

function removal(
	call: ApiCall,
	element: Element,
	template: RepeatingInvoice | undefined,
): ElementOutcome {
	if (template === undefined) {
		return refusal(element, [UNKNOWN_ID]);
	}
	if (element['Status'] !== 'DELETED' || template.status === 'DELETED') {
		return refusal(element, ['Repeating Invoice not of valid status for modification']);
	}
	const deleted: RepeatingInvoice = { ...template, status: 'DELETED', updatedMs: call.nowMs };
	call.transaction.put(call.books.repeatingInvoices, deleted);
	return { ok: true, view: presentRepeatingInvoice(call, deleted) };
}

function refusal(element: Element, messages: readonly string[]): ElementOutcome {
	return { ok: false, messages, echo: { ...element, RepeatingInvoiceID: ZERO_GUID } };
}

function find(call: ApiCall, id: unknown): RepeatingInvoice | undefined {
	return typeof id === 'string' ? call.books.repeatingInvoices.get(id.toLowerCase()) : undefined;
}

function fieldsOf({ books }: ApiCall): Fields<RepeatingInvoice> {
	return {
		RepeatingInvoiceID: { type: 'Guid', get: ({ id }) => id },
		Type: { type: 'String', get: ({ type }) => type },
		Status: { type: 'String', get: ({ status }) => status },
		Reference: {
			type: 'String',
			get: ({ fields: { Reference } }) => (typeof Reference === 'string' ? Reference : undefined),
		},
		'Contact.ContactID': { type: 'Guid', get: ({ contactId }) => contactId },
		'Contact.Name': {
			type: 'String',
			get: ({ contactId }) => books.contacts.get(contactId)?.name,
		},
		Total: { type: 'Decimal', get: ({ totals }) => toNumber(totals.total, 2) },
		CurrencyCode: { type: 'String', get: ({ currencyCode }) => currencyCode },
	};
}
