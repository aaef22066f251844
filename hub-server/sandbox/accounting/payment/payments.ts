import type { Reply } from '../../http/Reply';
import { listRows } from '../../query/listRows';
import { notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { parseDecimal, toNumber } from '../../world/decimal';
import { randomGuid } from '../../world/random';
import { echoDates } from '../../writing/echoDates';
import type { Element } from '../../writing/readElements';
import { writeElements, type ElementOutcome } from '../../writing/writeElements';
import { checkDeletion, deletePayment } from './deletePayment';
import { namedDocument } from './paidDocument';
import { paymentFields } from './paymentFields';
import { presentPaidDocument } from './presentPaidDocument';
import { presentPayment } from './presentPayment';
import { savePayment } from './savePayment';

export const payments: ApiResource = {
	name: 'Payments',
	scopes: ['accounting.payments'],
	routes: [
		{ method: 'GET', path: '/Payments', handle: list },
		{ method: 'PUT', path: '/Payments', handle: create },
		{ method: 'POST', path: '/Payments', handle: create },
		{ method: 'GET', path: '/Payments/:id', handle: one },
		{ method: 'POST', path: '/Payments/:id', handle: remove },
	],
};

function list(call: ApiCall): Reply {
	return listRows(call, {
		collection: 'Payments',
		typeName: 'Payment',
		rows: call.books.payments,
		fields: paymentFields(call.books),
		paged: true,
		present: (payment) => presentPayment(call, payment, 'list'),
	});
}

function one(call: ApiCall): Reply {
	const payment = find(call);
	if (payment === undefined) return notFound();
	return envelope(call, 'Payments', [presentPayment(call, payment, 'one')]);
}

function create(call: ApiCall): Reply {
	return writeElements(call, {
		collection: 'Payments',
		refusesWhole: !call.context.faults().paymentErrorsIn200,
		write(element): ElementOutcome {
			const saved = savePayment(call, element);
			if (!saved.ok) return { ok: false, messages: saved.messages, echo: echo(call, element) };
			return { ok: true, view: presentPayment(call, saved.payment, 'one') };
		},
	});
}

/** The only change there is: `{"Status":"DELETED"}`. */
function remove(call: ApiCall): Reply {
	const payment = find(call);
	if (payment === undefined) return notFound();
	return writeElements(call, {
		collection: 'Payments',
		write(element): ElementOutcome {
			const messages =
				element['Status'] === 'DELETED'
					? checkDeletion(call, payment)
					: ['Payment not of valid status for modification'];
			if (messages.length > 0) {
				const view = presentPayment(call, payment, 'one');
				return { ok: false, messages, echo: { ...view, HasValidationErrors: true } };
			}
			return { ok: true, view: presentPayment(call, deletePayment(call, payment), 'one') };
		},
	});
}

function find(call: ApiCall) {
	return call.books.payments.get(call.params['id']?.toLowerCase() ?? '');
}

/**
 * A refused payment comes back with the document as it stands and with an id that looks real and names
 * nothing: only its ValidationErrors say that it was not made.
 */
function echo(call: ApiCall, element: Element): Element {
	const document = namedDocument(call, element);
	const amount = parseDecimal(element['Amount'], 2);
	const { Reference } = element;
	return {
		PaymentID: randomGuid(call.context.random),
		...echoDay(element),
		...(amount !== undefined && { BankAmount: toNumber(amount, 2), Amount: toNumber(amount, 2) }),
		...(typeof Reference === 'string' && { Reference }),
		HasAccount: element['Account'] !== undefined,
		...(typeof document !== 'string' && {
			Invoice: presentPaidDocument(call, document, 'one'),
		}),
		HasValidationErrors: true,
	};
}

function echoDay(element: Element): Element {
	const { Date: date } = echoDates({ Date: element['Date'] }, ['Date']);
	return date === undefined ? {} : { Date: date };
}
