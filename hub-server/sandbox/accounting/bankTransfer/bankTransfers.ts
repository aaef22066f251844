import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import type { Fields } from '../../query/Field';
import { listRows } from '../../query/listRows';
import { notFound, UnknownRecordError } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { dateString, msDateTime } from '../../resource/xeroDate';
import type { BankTransfer } from '../../world/BankTransaction';
import { toNumber } from '../../world/decimal';
import { echoDates } from '../../writing/echoDates';
import type { Element } from '../../writing/readElements';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { presentBankAccount } from '../bankTransaction/bankAccountOf';
import { presentTracking } from '../document/presentLine';
import {
	deleteBankTransfer,
	halfOf,
	saveBankTransfer,
	type SavedBankTransfer,
} from './saveBankTransfer';

export const bankTransfers: ApiResource = {
	name: 'BankTransfers',
	scopes: ['accounting.banktransactions'],
	routes: [
		{ method: 'GET', path: '/BankTransfers', handle: list },
		{ method: 'PUT', path: '/BankTransfers', handle: create },
		{ method: 'POST', path: '/BankTransfers', handle: removeSome },
		{ method: 'GET', path: '/BankTransfers/:id', handle: one },
		{ method: 'POST', path: '/BankTransfers/:id', handle: removeOne },
	],
};

function list(call: ApiCall): Reply {
	const withDeleted = parameter(call.request, 'includeDeleted') === 'true';
	return listRows(call, {
		collection: 'BankTransfers',
		typeName: 'BankTransfer',
		rows: call.books.bankTransfers,
		fields: bankTransferFields,
		paged: false,
		keep: ({ status }) => withDeleted || status !== 'DELETED',
		present: (transfer) => present(call, transfer),
	});
}

function one(call: ApiCall): Reply {
	const transfer = find(call, call.params['id']);
	return transfer === undefined
		? notFound()
		: envelope(call, 'BankTransfers', [present(call, transfer)]);
}

function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'BankTransfers',
		write(element) {
			const saved = saveBankTransfer(call, element);
			if (saved.ok) return { ok: true, view: present(call, saved.transfer) };
			const echo = { BankTransferID: ZERO_GUID, ...echoDates(element, ['Date']) };
			return { ok: false, messages: saved.messages, echo };
		},
	});
}

/**
 * A POST only deletes: nothing else of a transfer can be changed.
 *
 * @throws UnknownRecordError for an id that does not exist
 */
function removeSome(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'BankTransfers',
		write(element) {
			const transfer = find(call, element['BankTransferID']);
			if (transfer === undefined) throw new UnknownRecordError('No such bank transfer');
			return remove(call, element, transfer);
		},
	});
}

function removeOne(call: ApiCall): Reply {
	const transfer = find(call, call.params['id']);
	if (transfer === undefined) return notFound();
	return writeElements(call, {
		collection: 'BankTransfers',
		write: (element) => remove(call, element, transfer),
	});
}

function remove(call: ApiCall, element: Element, transfer: BankTransfer): ElementOutcome {
	const deleted: SavedBankTransfer =
		element['Status'] === 'DELETED'
			? deleteBankTransfer(call, transfer)
			: { ok: false, messages: ['The only status that a bank transfer can be given is DELETED'] };
	if (deleted.ok) return { ok: true, view: present(call, deleted.transfer) };
	return { ok: false, messages: deleted.messages, echo: present(call, transfer) };
}

function find(call: ApiCall, id: unknown): BankTransfer | undefined {
	return call.books.bankTransfers.get(String(id ?? '').toLowerCase());
}

function present(call: ApiCall, transfer: BankTransfer): Element {
	const { books } = call;
	const { from, to } = transfer;
	const isReconciled = (side: typeof from) => halfOf(call, side).some((half) => half.isReconciled);
	const tracking = (side: typeof from) =>
		side.tracking.flatMap(({ categoryId, optionId }) =>
			presentTracking(books, categoryId, optionId),
		);
	return {
		BankTransferID: transfer.id,
		CreatedDateUTCString: dateString(transfer.createdMs),
		CreatedDateUTC: msDateTime(transfer.createdMs),
		DateString: dateString(transfer.dateMs),
		Date: msDateTime(transfer.dateMs),
		Status: transfer.status,
		FromBankAccount: presentBankAccount(books, from.accountId),
		ToBankAccount: presentBankAccount(books, to.accountId),
		Amount: toNumber(transfer.amount, 2),
		FromBankTransactionID: from.bankTransactionId,
		ToBankTransactionID: to.bankTransactionId,
		FromIsReconciled: isReconciled(from),
		ToIsReconciled: isReconciled(to),
		...(transfer.reference !== undefined && { Reference: transfer.reference }),
		CurrencyRate: 1,
		HasAttachments: books.files.get(transfer.id) !== undefined,
		FromTracking: tracking(from),
		ToTracking: tracking(to),
	};
}

const bankTransferFields: Fields<BankTransfer> = {
	BankTransferID: { type: 'Guid', get: ({ id }) => id },
	Date: { type: 'DateTime', get: ({ dateMs }) => dateMs },
	Amount: { type: 'Decimal', get: ({ amount }) => toNumber(amount, 2) },
	Reference: { type: 'String', get: ({ reference }) => reference },
	Status: { type: 'String', get: ({ status }) => status },
	'FromBankAccount.AccountID': { type: 'Guid', get: ({ from }) => from.accountId },
	'ToBankAccount.AccountID': { type: 'Guid', get: ({ to }) => to.accountId },
	CreatedDateUTC: { type: 'DateTime', get: ({ createdMs }) => createdMs },
};
