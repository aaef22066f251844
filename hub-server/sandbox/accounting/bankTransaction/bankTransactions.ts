import type { Reply } from '../../http/Reply';
import type { Fields } from '../../query/Field';
import { listRows } from '../../query/listRows';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import type { BankTransaction } from '../../world/BankTransaction';
import type { Books } from '../../world/Books';
import { toNumber } from '../../world/decimal';
import { echoDates } from '../../writing/echoDates';
import type { Element } from '../../writing/readElements';
import { textOf } from '../../writing/textOf';
import { UNKNOWN_ID } from '../../writing/unknownId';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { echoLines } from '../document/echoLines';
import { presentBankTransaction } from './presentBankTransaction';
import { saveBankTransaction, type SavedBankTransaction } from './saveBankTransaction';

export const bankTransactions: ApiResource = {
	name: 'BankTransactions',
	scopes: ['accounting.banktransactions'],
	routes: [
		{ method: 'GET', path: '/BankTransactions', handle: list },
		{ method: 'PUT', path: '/BankTransactions', handle: create },
		{ method: 'POST', path: '/BankTransactions', handle: createOrUpdate },
		{ method: 'GET', path: '/BankTransactions/:id', handle: one },
		{ method: 'POST', path: '/BankTransactions/:id', handle: update },
	],
};

function list(call: ApiCall): Reply {
	return listRows(call, {
		collection: 'BankTransactions',
		typeName: 'BankTransaction',
		rows: call.books.bankTransactions,
		fields: bankTransactionFields(call.books, call.context.faults().filtersByUrl),
		paged: true,
		present: (row, isPaged) => presentBankTransaction(call, row, isPaged ? 'page' : 'summary'),
	});
}

function one(call: ApiCall): Reply {
	const transaction = find(call);
	if (transaction === undefined) return notFound();
	return envelope(call, 'BankTransactions', [presentBankTransaction(call, transaction, 'one')]);
}

function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'BankTransactions',
		write: (element) => outcome(call, element, saveBankTransaction(call, element, undefined)),
	});
}

function createOrUpdate(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'BankTransactions',
		write(element) {
			const id = element['BankTransactionID'];
			const isNamed = typeof id === 'string' && id !== '';
			const before = isNamed ? call.books.bankTransactions.get(id.toLowerCase()) : undefined;
			if (isNamed && before === undefined) {
				return outcome(call, element, { ok: false, messages: [UNKNOWN_ID] });
			}
			return outcome(call, element, saveBankTransaction(call, element, before));
		},
	});
}

function update(call: ApiCall): Reply {
	const before = find(call);
	if (before === undefined) return notFound();
	return writeElements(call, {
		collection: 'BankTransactions',
		write: (element) =>
			outcome(
				call,
				{ ...element, BankTransactionID: before.id },
				saveBankTransaction(call, element, before),
			),
	});
}

function find(call: ApiCall): BankTransaction | undefined {
	return call.books.bankTransactions.get(call.params['id']?.toLowerCase() ?? '');
}

function outcome(call: ApiCall, element: Element, saved: SavedBankTransaction): ElementOutcome {
	if (!saved.ok) return { ok: false, messages: saved.messages, echo: echo(element) };
	return { ok: true, view: presentBankTransaction(call, saved.transaction, 'one') };
}

/** A refused element comes back whole, with the all-zero id and its lines marked as checked. */
function echo(element: Element): Element {
	return {
		BankTransactionID: ZERO_GUID,
		...echoDates(element, ['Date']),
		LineItems: echoLines(element),
	};
}

function bankTransactionFields(books: Books, filtersByUrl: boolean): Fields<BankTransaction> {
	const account = (row: BankTransaction) => books.accounts.get(row.bankAccountId);
	const contact = (row: BankTransaction) =>
		row.contactId === undefined ? undefined : books.contacts.get(row.contactId);
	const stored = (name: string) => (row: BankTransaction) => textOf(row.fields[name]);
	return {
		BankTransactionID: { type: 'Guid', optimised: 'equality', get: ({ id }) => id },
		Type: { type: 'String', optimised: 'equality', get: ({ type }) => type },
		Status: { type: 'String', optimised: 'equality', get: ({ status }) => status },
		Reference: { type: 'String', get: stored('Reference') },
		...(filtersByUrl && { Url: { type: 'String' as const, get: stored('Url') } }),
		IsReconciled: { type: 'Boolean', get: ({ isReconciled }) => isReconciled },
		'BankAccount.AccountID': { type: 'Guid', get: ({ bankAccountId }) => bankAccountId },
		'BankAccount.Code': { type: 'String', get: (row) => account(row)?.code },
		'Contact.ContactID': { type: 'Guid', optimised: 'equality', get: (row) => row.contactId },
		'Contact.Name': { type: 'String', get: (row) => contact(row)?.name },
		Date: { type: 'DateTime', optimised: 'range', get: ({ dateMs }) => dateMs },
		Total: { type: 'Decimal', get: ({ totals }) => toNumber(totals.total, 2) },
		CurrencyCode: { type: 'String', get: ({ currencyCode }) => currencyCode },
		UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
	};
}
