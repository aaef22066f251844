import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import { idsOf } from '../../query/idsOf';
import { listRows } from '../../query/listRows';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import type { Invoice } from '../../world/Books';
import { echoDates } from '../../writing/echoDates';
import type { Element } from '../../writing/readElements';
import { UNKNOWN_ID } from '../../writing/unknownId';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { detailOf } from '../document/DocumentDetail';
import { echoLines } from '../document/echoLines';
import { findInvoice, namesInvoice } from './findInvoice';
import { invoiceActions } from './invoiceActions';
import { invoiceFields } from './invoiceFields';
import { presentInvoice } from './presentInvoice';
import { saveInvoice, type SavedInvoice } from './saveInvoice';

export const invoices: ApiResource = {
	name: 'Invoices',
	scopes: ['accounting.invoices'],
	routes: [
		{ method: 'GET', path: '/Invoices', handle: list },
		{ method: 'PUT', path: '/Invoices', handle: create },
		{ method: 'POST', path: '/Invoices', handle: createOrUpdate },
		{ method: 'GET', path: '/Invoices/:id', handle: one },
		{ method: 'POST', path: '/Invoices/:id', handle: update },
		...invoiceActions,
	],
};

function list(call: ApiCall): Reply {
	const { books, request } = call;
	const ids = idsOf(call);
	const numbers = listParameter(call, 'InvoiceNumbers');
	const contactIds = listParameter(call, 'ContactIDs');
	const statuses = listParameter(call, 'Statuses');
	const term = parameter(request, 'searchTerm')?.toLowerCase();
	const isMine = parameter(request, 'createdByMyApp') === 'true';
	// Who asks by id or by status gets what was asked for; Xero's pages do not say what other lists show.
	const showsDeleted =
		parameter(request, 'includeArchived') === 'true' ||
		ids !== undefined ||
		statuses !== undefined ||
		/\bStatus\b/i.test(parameter(request, 'where') ?? '');
	const isSummary = parameter(request, 'summaryOnly') === 'true';

	return listRows(call, {
		collection: 'Invoices',
		typeName: 'Invoice',
		rows: books.invoices,
		fields: invoiceFields(books, call.context.faults().filtersByUrl),
		paged: true,
		keep: (invoice) =>
			ids?.has(invoice.id) !== false &&
			numbers?.has(invoice.number.toLowerCase()) !== false &&
			contactIds?.has(invoice.contactId) !== false &&
			statuses?.has(invoice.status.toLowerCase()) !== false &&
			(showsDeleted || invoice.status !== 'DELETED') &&
			(!isMine || invoice.createdByClientId === call.app.clientId) &&
			(term === undefined || searched(invoice).some((text) => text.toLowerCase().includes(term))),
		present: (invoice, isPaged) =>
			presentInvoice(books, invoice, detailOf(call, isPaged && !isSummary ? 'page' : 'summary')),
	});
}

function one(call: ApiCall): Reply {
	const invoice = find(call);
	if (invoice === undefined) return notFound();
	return envelope(call, 'Invoices', [presentInvoice(call.books, invoice, detailOf(call, 'one'))]);
}

function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'Invoices',
		write(element) {
			const isKnown = namesInvoice(element) && findInvoice(call, element) !== undefined;
			if (isKnown)
				return outcome(call, element, refusal('Invoice not of valid status for creation'));
			return outcome(call, element, saveInvoice(call, element, undefined));
		},
	});
}

function createOrUpdate(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'Invoices',
		write(element) {
			const before = findInvoice(call, element);
			if (before === undefined && namesInvoice(element))
				return outcome(call, element, refusal(UNKNOWN_ID));
			return outcome(call, element, saveInvoice(call, element, before));
		},
	});
}

function update(call: ApiCall): Reply {
	const before = find(call);
	if (before === undefined) return notFound();
	return writeElements(call, {
		collection: 'Invoices',
		write: (element) =>
			outcome(call, { ...element, InvoiceID: before.id }, saveInvoice(call, element, before)),
	});
}

function refusal(message: string): SavedInvoice {
	return { ok: false, messages: [message] };
}

function outcome(call: ApiCall, element: Element, saved: SavedInvoice): ElementOutcome {
	if (!saved.ok) return { ok: false, messages: saved.messages, echo: echo(element) };
	return { ok: true, view: presentInvoice(call.books, saved.invoice, detailOf(call, 'one')) };
}

/** A refused element comes back whole, with the all-zero id and its parts marked as checked. */
function echo(element: Element): Element {
	return {
		InvoiceID: ZERO_GUID,
		...echoDates(element, ['Date', 'DueDate']),
		LineItems: echoLines(element),
		HasErrors: true,
	};
}

/** By InvoiceID or by InvoiceNumber. */
function find(call: ApiCall): Invoice | undefined {
	const id = call.params['id']?.toLowerCase() ?? '';
	return call.books.invoices.get(id) ?? call.books.invoices.find('salesNumber', id);
}

function listParameter(call: ApiCall, name: string): ReadonlySet<string> | undefined {
	const text = parameter(call.request, name);
	if (text === undefined || text === '') return undefined;
	return new Set(text.split(',').map((part) => part.trim().toLowerCase()));
}

function searched(invoice: Invoice): string[] {
	return [invoice.number, String(invoice.fields['Reference'] ?? '')];
}
