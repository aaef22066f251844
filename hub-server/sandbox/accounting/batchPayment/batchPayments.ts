import type { Reply } from '../../http/Reply';
import type { Fields } from '../../query/Field';
import { listRows } from '../../query/listRows';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { toNumber } from '../../world/decimal';
import type { BatchPayment } from '../../world/Payment';
import { echoDates } from '../../writing/echoDates';
import type { Element } from '../../writing/readElements';
import { UNKNOWN_ID } from '../../writing/unknownId';
import { writeElements, ZERO_GUID, type ElementOutcome } from '../../writing/writeElements';
import { checkLocks } from '../document/checkLocks';
import { deletePayment } from '../payment/deletePayment';
import { paymentsOfBatch } from './paymentsOfBatch';
import { presentBatchPayment } from './presentBatchPayment';
import { saveBatchPayment } from './saveBatchPayment';

export const batchPayments: ApiResource = {
	name: 'BatchPayments',
	scopes: ['accounting.payments'],
	routes: [
		{ method: 'GET', path: '/BatchPayments', handle: list },
		{ method: 'PUT', path: '/BatchPayments', handle: create },
		{ method: 'POST', path: '/BatchPayments', handle: remove },
		{ method: 'GET', path: '/BatchPayments/:id', handle: one },
		{ method: 'POST', path: '/BatchPayments/:id', handle: removeOne },
	],
};

function list(call: ApiCall): Reply {
	return listRows(call, {
		collection: 'BatchPayments',
		typeName: 'BatchPayment',
		rows: call.books.batchPayments,
		fields,
		paged: false,
		present: (batch) => presentBatchPayment(call.books, batch),
	});
}

function one(call: ApiCall): Reply {
	const batch = find(call, call.params['id']);
	if (batch === undefined) return notFound();
	return envelope(call, 'BatchPayments', [presentBatchPayment(call.books, batch)]);
}

function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'BatchPayments',
		write(element): ElementOutcome {
			const saved = saveBatchPayment(call, element);
			if (!saved.ok) {
				const echo = { ...echoDates(element, ['Date']), BatchPaymentID: ZERO_GUID };
				return { ok: false, messages: saved.messages, echo };
			}
			return { ok: true, view: presentBatchPayment(call.books, saved.batch) };
		},
	});
}

/** The only change there is: `{"BatchPaymentID":"…","Status":"DELETED"}`. */
function remove(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'BatchPayments',
		write: (element) => removal(call, element, find(call, element['BatchPaymentID'])),
	});
}

function removeOne(call: ApiCall): Reply {
	const batch = find(call, call.params['id']);
	if (batch === undefined) return notFound();
	return writeElements(call, {
		collection: 'BatchPayments',
		write: (element) => removal(call, element, batch),
	});
}

function removal(call: ApiCall, element: Element, batch: BatchPayment | undefined): ElementOutcome {
	if (batch === undefined) {
		return {
			ok: false,
			messages: [UNKNOWN_ID],
			echo: { ...element, BatchPaymentID: ZERO_GUID },
		};
	}
	if (batch.status === 'DELETED' || element['Status'] !== 'DELETED') {
		return {
			ok: false,
			messages: ['Batch Payment not of valid status for modification'],
			echo: presentBatchPayment(call.books, batch),
		};
	}
	const messages: string[] = [];
	checkLocks(call, batch, undefined, messages);
	if (messages.length > 0) {
		return { ok: false, messages, echo: presentBatchPayment(call.books, batch) };
	}
	for (const payment of paymentsOfBatch(call.books, batch.id)) deletePayment(call, payment);
	const deleted: BatchPayment = { ...batch, status: 'DELETED', updatedMs: call.nowMs };
	call.transaction.put(call.books.batchPayments, deleted);
	return { ok: true, view: presentBatchPayment(call.books, deleted) };
}

function find(call: ApiCall, id: unknown): BatchPayment | undefined {
	return typeof id === 'string' ? call.books.batchPayments.get(id.toLowerCase()) : undefined;
}

const fields: Fields<BatchPayment> = {
	BatchPaymentID: { type: 'Guid', get: ({ id }) => id },
	'Account.AccountID': { type: 'Guid', get: ({ accountId }) => accountId },
	Type: { type: 'String', get: ({ type }) => type },
	Status: { type: 'String', get: ({ status }) => status },
	Reference: {
		type: 'String',
		get: ({ fields: { Reference } }) => (typeof Reference === 'string' ? Reference : undefined),
	},
	Date: { type: 'DateTime', get: ({ dateMs }) => dateMs },
	TotalAmount: { type: 'Decimal', get: ({ totalAmount }) => toNumber(totalAmount, 2) },
	IsReconciled: { type: 'Boolean', get: ({ isReconciled }) => isReconciled },
	UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
};
