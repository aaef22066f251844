import { parameter } from '../../http/parameter';
import { empty, type Reply } from '../../http/Reply';
import { listRows } from '../../query/listRows';
import { ApiError, notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import type { LinkedTransaction } from '../../world/LinkedTransaction';
import type { Element } from '../../writing/readElements';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { linkedStatusOf, presentLinkedTransaction } from './presentLinkedTransaction';
import { saveLinkedTransaction, type SavedLink } from './saveLinkedTransaction';

const ONE = '/LinkedTransactions/:id';

/** Billable expenses. */
export const linkedTransactions: ApiResource = {
	name: 'LinkedTransactions',
	scopes: ['accounting.invoices'],
	routes: [
		{ method: 'GET', path: '/LinkedTransactions', handle: list },
		{ method: 'PUT', path: '/LinkedTransactions', handle: create },
		{
			method: 'GET',
			path: ONE,
			handle: withLink((call, link) =>
				envelope(call, 'LinkedTransactions', [presentLinkedTransaction(call.books, link)]),
			),
		},
		{ method: 'POST', path: ONE, handle: withLink(update) },
		{ method: 'DELETE', path: ONE, handle: withLink(remove) },
	],
};

function withLink(handle: (call: ApiCall, link: LinkedTransaction) => Reply) {
	return (call: ApiCall): Reply => {
		const link = call.books.linkedTransactions.get(call.params['id']?.toLowerCase() ?? '');
		return link === undefined ? notFound() : handle(call, link);
	};
}

/** Filtered by parameters of its own: Xero documents no `where` here. */
function list(call: ApiCall): Reply {
	const { books } = call;
	const wanted = (name: string) => parameter(call.request, name)?.toLowerCase();
	const filters: readonly [string | undefined, (link: LinkedTransaction) => string | undefined][] =
		[
			[wanted('LinkedTransactionID'), ({ id }) => id],
			[wanted('SourceTransactionID'), ({ sourceId }) => sourceId],
			[wanted('TargetTransactionID'), ({ targetId }) => targetId],
			[wanted('ContactID'), ({ contactId }) => contactId],
			[wanted('Status'), (link) => linkedStatusOf(books, link).toLowerCase()],
		];
	return listRows(call, {
		collection: 'LinkedTransactions',
		typeName: 'LinkedTransaction',
		rows: books.linkedTransactions,
		fields: {},
		paged: 'always',
		hasWhere: false,
		hasPagination: false,
		keep: (link) => filters.every(([value, of]) => value === undefined || of(link) === value),
		present: (link) => presentLinkedTransaction(books, link),
	});
}

function create(call: ApiCall): Reply {
	return write(call, undefined);
}

function update(call: ApiCall, link: LinkedTransaction): Reply {
	return write(call, link);
}

function write(call: ApiCall, before: LinkedTransaction | undefined): Reply {
	return writeElements(call, {
		collection: 'LinkedTransactions',
		write: (element) => outcome(call, element, saveLinkedTransaction(call, element, before)),
	});
}

/** What is on an approved sales invoice has been billed; the sandbox keeps it. */
function remove(call: ApiCall, link: LinkedTransaction): Reply {
	if (linkedStatusOf(call.books, link) === 'BILLED') {
		throw new ApiError('ValidationException', 'A billed linked transaction cannot be deleted');
	}
	call.transaction.remove(call.books.linkedTransactions, link.id);
	return empty(204);
}

function outcome(call: ApiCall, element: Element, saved: SavedLink): ElementOutcome {
	if (saved.ok) return { ok: true, view: presentLinkedTransaction(call.books, saved.link) };
	return {
		ok: false,
		messages: saved.messages,
		echo: { LinkedTransactionID: ZERO_GUID, ...element },
	};
}
