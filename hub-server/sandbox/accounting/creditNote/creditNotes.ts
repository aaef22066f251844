import type { Reply } from '../../http/Reply';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import type { Credit } from '../../world/Credit';
import { echoDates } from '../../writing/echoDates';
import type { Element } from '../../writing/readElements';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { allocationRoutes } from '../credit/allocationRoutes';
import { presentCredit } from '../credit/presentCredit';
import { findCredit, listCredits, oneCredit } from '../credit/readCredits';
import { detailOf } from '../document/DocumentDetail';
import { echoLines } from '../document/echoLines';
import { saveCreditNote, type SavedCreditNote } from './saveCreditNote';

export const creditNotes: ApiResource = {
	name: 'CreditNotes',
	scopes: ['accounting.invoices'],
	routes: [
		{ method: 'GET', path: '/CreditNotes', handle: (call) => listCredits(call, 'CreditNote') },
		{ method: 'PUT', path: '/CreditNotes', handle: create },
		{ method: 'POST', path: '/CreditNotes', handle: createOrUpdate },
		{ method: 'GET', path: '/CreditNotes/:id', handle: (call) => oneCredit(call, 'CreditNote') },
		{ method: 'POST', path: '/CreditNotes/:id', handle: update },
		...allocationRoutes('CreditNote'),
	],
};

function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'CreditNotes',
		write: (element) =>
			outcome(
				call,
				element,
				namesCreditNote(element) && named(call, element) !== undefined
					? refusal('Credit Note not of valid status for creation')
					: saveCreditNote(call, element, undefined),
			),
	});
}

function createOrUpdate(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'CreditNotes',
		write(element) {
			const before = named(call, element);
			return outcome(
				call,
				element,
				before === undefined && namesCreditNote(element)
					? refusal('An existing Credit Note with the specified CreditNoteID could not be found')
					: saveCreditNote(call, element, before),
			);
		},
	});
}

function update(call: ApiCall): Reply {
	const before = findCredit(call, 'CreditNote');
	if (before === undefined) return notFound();
	return writeElements(call, {
		collection: 'CreditNotes',
		write: (element) =>
			outcome(call, { ...element, CreditNoteID: before.id }, saveCreditNote(call, element, before)),
	});
}

/** The credit note that a POST means: by id, else a sales credit note by its number. */
function named(call: ApiCall, element: Element): Credit | undefined {
	const { creditNotes } = call.books;
	const id = element['CreditNoteID'];
	if (typeof id === 'string' && id !== '') return creditNotes.get(id.toLowerCase());
	const number = element['CreditNoteNumber'];
	if (typeof number !== 'string' || element['Type'] === 'ACCPAYCREDIT') return undefined;
	return creditNotes.find('salesNumber', number.trim().toLowerCase());
}

function namesCreditNote(element: Element): boolean {
	return typeof element['CreditNoteID'] === 'string' && element['CreditNoteID'] !== '';
}

function refusal(message: string): SavedCreditNote {
	return { ok: false, messages: [message] };
}

function outcome(call: ApiCall, element: Element, saved: SavedCreditNote): ElementOutcome {
	if (!saved.ok) return { ok: false, messages: saved.messages, echo: echo(element) };
	return { ok: true, view: presentCredit(call.books, saved.creditNote, detailOf(call, 'one')) };
}

/** A refused element comes back whole, with the all-zero id and its parts marked as checked. */
function echo(element: Element): Element {
	return {
		CreditNoteID: ZERO_GUID,
		...echoDates(element, ['Date', 'DueDate']),
		LineItems: echoLines(element),
		HasErrors: true,
	};
}
