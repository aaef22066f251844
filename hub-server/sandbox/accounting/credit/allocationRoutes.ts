import { json, type Reply } from '../../http/Reply';
import { apiErrorReply, notFound } from '../../resource/apiError';
import type { ApiCall, ApiRoute } from '../../resource/ApiResource';
import { msDateTimeBare } from '../../resource/xeroDate';
import type { Credit, CreditKind } from '../../world/Credit';
import { echoDates } from '../../writing/echoDates';
import { writeElements } from '../../writing/writeElements';
import { creditKinds } from '../settling/creditKinds';
import { allocate, removeAllocation } from './allocate';
import { presentNewAllocation } from './presentAllocation';
import { findCredit } from './readCredits';

/** `PUT …/{id}/Allocations` and `DELETE …/{id}/Allocations/{AllocationID}`. */
export function allocationRoutes(kind: CreditKind): readonly ApiRoute[] {
	const path = `/${creditKinds[kind].collection}/:id/Allocations`;
	return [
		{ method: 'PUT', path, handle: (call) => create(call, kind) },
		{
			method: 'DELETE',
			path: `${path}/:allocationId`,
			handle: (call) => remove(call, kind),
		},
	];
}

function create(call: ApiCall, kind: CreditKind): Reply {
	const named = findCredit(call, kind);
	if (named === undefined) return notFound();
	return writeElements(call, {
		collection: 'Allocations',
		write(element) {
			const credit = creditKinds[kind].table(call.books).get(named.id) as Credit;
			const allocated = allocate(call, credit, element);
			if (!allocated.ok) {
				return { ok: false, messages: allocated.messages, echo: echoDates(element, ['Date']) };
			}
			return { ok: true, view: presentNewAllocation(call.books, allocated.allocation, credit) };
		},
	});
}

/** Not in the envelope, and with `AllocationId` in this spelling: Xero's own. */
function remove(call: ApiCall, kind: CreditKind): Reply {
	const credit = findCredit(call, kind);
	const allocation = call.books.allocations.get(call.params['allocationId']?.toLowerCase() ?? '');
	if (credit === undefined || allocation?.creditId !== credit.id) return notFound();
	const messages = removeAllocation(call, credit, allocation);
	if (messages.length > 0) {
		return apiErrorReply('ValidationException', 'A validation exception occurred', [
			{ ValidationErrors: messages.map((Message) => ({ Message })) },
		]);
	}
	return json(200, {
		AllocationId: allocation.id,
		Date: msDateTimeBare(call.nowMs),
		Invoice: [{ InvoiceID: allocation.invoiceId }],
		IsDeleted: true,
	});
}
