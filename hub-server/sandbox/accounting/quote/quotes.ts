import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import type { Fields } from '../../query/Field';
import { listRows } from '../../query/listRows';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { dateString, msDateTimeBare, parseDay } from '../../resource/xeroDate';
import { toNumber } from '../../world/decimal';
import type { Quote } from '../../world/Quote';
import type { Element } from '../../writing/readElements';
import { UNKNOWN_ID } from '../../writing/unknownId';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { echoLines } from '../document/echoLines';
import { readDate } from '../document/readDate';
import { unitPlacesOf } from '../document/unitPlacesOf';
import { presentQuote } from './presentQuote';
import { linesWithoutTax } from './linesWithoutTax';
import { saveQuote, type SavedQuote } from './saveQuote';

export const quotes: ApiResource = {
	name: 'Quotes',
	scopes: ['accounting.invoices'],
	routes: [
		{ method: 'GET', path: '/Quotes', handle: list },
		{ method: 'PUT', path: '/Quotes', handle: create },
		{ method: 'POST', path: '/Quotes', handle: createOrUpdate },
		{ method: 'GET', path: '/Quotes/:id', handle: one },
		{ method: 'POST', path: '/Quotes/:id', handle: update },
	],
};

function list(call: ApiCall): Reply {
	const text = (name: string) => parameter(call.request, name)?.toLowerCase() || undefined;
	const within = daysWithin(call);
	const contactId = text('ContactID');
	const status = text('Status');
	const number = text('QuoteNumber');

	return listRows(call, {
		collection: 'Quotes',
		typeName: 'Quote',
		rows: call.books.quotes,
		fields: quoteFields,
		paged: true,
		hasWhere: false,
		hasPagination: false,
		keep: (quote) =>
			within('Date', quote.dateMs) &&
			within('ExpiryDate', quote.expiryDateMs) &&
			(contactId === undefined || quote.contactId === contactId) &&
			(status === undefined ? quote.status !== 'DELETED' : quote.status.toLowerCase() === status) &&
			(number === undefined || quote.number.toLowerCase().includes(number)),
		present: (quote) => present(call, quote),
	});
}

/** Whether a day lies between the `…From` and `…To` of the request, both included. */
function daysWithin(call: ApiCall): (name: string, ms: number | undefined) => boolean {
	const bound = (name: string) => {
		const value = parameter(call.request, name);
		return value === undefined ? undefined : readDate({ [name]: value }, name, undefined, []);
	};
	const bounds = Object.fromEntries(
		['Date', 'ExpiryDate'].map((name) => [name, [bound(`${name}From`), bound(`${name}To`)]]),
	);
	return (name, ms) => {
		const [from, to] = bounds[name] ?? [];
		if (from !== undefined && (ms === undefined || ms < from)) return false;
		return to === undefined || (ms !== undefined && ms <= to);
	};
}

function one(call: ApiCall): Reply {
	const quote = find(call);
	return quote === undefined ? notFound() : envelope(call, 'Quotes', [present(call, quote)]);
}

function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'Quotes',
		write: (element) => outcome(call, element, saveQuote(call, element, undefined)),
	});
}

function createOrUpdate(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'Quotes',
		write(element) {
			const id = element['QuoteID'];
			const names = typeof id === 'string' && id !== '';
			const before = names ? call.books.quotes.get(id.toLowerCase()) : undefined;
			if (names && before === undefined) {
				return outcome(call, element, { ok: false, messages: [UNKNOWN_ID] });
			}
			return outcome(call, element, saveQuote(call, element, before));
		},
	});
}

function update(call: ApiCall): Reply {
	const before = find(call);
	if (before === undefined) return notFound();
	return writeElements(call, {
		collection: 'Quotes',
		write: (element) =>
			outcome(call, { ...element, QuoteID: before.id }, saveQuote(call, element, before)),
	});
}

function find(call: ApiCall): Quote | undefined {
	return call.books.quotes.get(call.params['id']?.toLowerCase() ?? '');
}

function present(call: ApiCall, quote: Quote): Element {
	const isWithoutTax =
		quote.lineAmountTypes === 'Inclusive' && call.context.faults().quotes.answersLinesWithoutTax;
	const lines = isWithoutTax ? linesWithoutTax(quote) : quote.lines;
	return presentQuote(call.books, { ...quote, lines }, unitPlacesOf(call));
}

function outcome(call: ApiCall, element: Element, saved: SavedQuote): ElementOutcome {
	if (saved.ok) return { ok: true, view: present(call, saved.quote) };
	return { ok: false, messages: saved.messages, echo: echo(element) };
}

/** A refused element comes back whole, with the all-zero id. */
function echo(element: Element): Element {
	return {
		QuoteID: ZERO_GUID,
		...element,
		...echoedDay(element, 'Date'),
		...echoedDay(element, 'ExpiryDate'),
		LineItems: echoLines(element),
	};
}

function echoedDay(element: Element, name: string): Element {
	const ms = parseDay(element[name]);
	if (ms === undefined) return element[name] === undefined ? {} : { [name]: undefined };
	return { [name]: msDateTimeBare(ms), [`${name}String`]: dateString(ms) };
}

const quoteFields: Fields<Quote> = {
	QuoteID: { type: 'Guid', get: ({ id }) => id },
	QuoteNumber: { type: 'String', get: ({ number }) => number },
	Status: { type: 'String', get: ({ status }) => status },
	Date: { type: 'DateTime', get: ({ dateMs }) => dateMs },
	ExpiryDate: { type: 'DateTime', get: ({ expiryDateMs }) => expiryDateMs },
	Total: { type: 'Decimal', get: ({ totals }) => toNumber(totals.total, 2) },
	UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
};
