import type { ApiCall } from '../../resource/ApiResource';
import type { Invoice } from '../../world/Books';
import type { LinkedTransaction } from '../../world/LinkedTransaction';
import { randomGuid } from '../../world/random';
import type { Element } from '../../writing/readElements';
import { trimmedText } from '../../writing/trimmedText';
import { linkedSource } from './linkedSource';
import { linkedStatusOf } from './presentLinkedTransaction';

export type SavedLink =
	| { readonly ok: true; readonly link: LinkedTransaction }
	| { readonly ok: false; readonly messages: readonly string[] };

/**
 * Links a line of a purchase to a customer and a sale, or changes the link that `before` is. The two
 * sentences about what does not match are Xero's (examples of its OpenAPI file), the others the sandbox's.
 */
export function saveLinkedTransaction(
	call: ApiCall,
	element: Element,
	before: LinkedTransaction | undefined,
): SavedLink {
	const { books } = call;
	if (before !== undefined && linkedStatusOf(books, before) === 'VOIDED') {
		return refuse('A voided linked transaction cannot be changed');
	}
	const sourceId = idIn(element, 'SourceTransactionID') ?? before?.sourceId;
	const sourceLineId = idIn(element, 'SourceLineItemID') ?? before?.sourceLineId;
	if (sourceId === undefined || sourceLineId === undefined) {
		return refuse('SourceTransactionID and SourceLineItemID must be specified');
	}
	const source = linkedSource(books, sourceId);
	if (source?.lines.some(({ id }) => id === sourceLineId) !== true) {
		return refuse('The SourceLineItemID and SourceTransactionID do not match');
	}
	const isTaken = [...books.linkedTransactions.values()].some(
		(other) => other.sourceLineId === sourceLineId && other.id !== before?.id,
	);
	if (isTaken) return refuse('The source line item is linked already');

	const targetId = idIn(element, 'TargetTransactionID') ?? before?.targetId;
	const targetLineId = idIn(element, 'TargetLineItemID') ?? before?.targetLineId;
	const target = targetId === undefined ? undefined : books.invoices.get(targetId);
	const fault = targetFault(targetId, target, targetLineId);
	if (fault !== undefined) return refuse(fault);

	// An expense that goes to a sale goes to its customer.
	const contactId = idIn(element, 'ContactID') ?? before?.contactId ?? target?.contactId;
	if (contactId !== undefined && books.contacts.get(contactId) === undefined) {
		return refuse('The ContactID is not of a contact');
	}
	if (target !== undefined && target.contactId !== contactId) {
		return refuse('The ContactID and the TargetTransaction ContactID do not match');
	}
	const link: LinkedTransaction = {
		id: before?.id ?? randomGuid(call.context.random),
		updatedMs: call.nowMs,
		sourceId,
		sourceLineId,
		contactId,
		targetId,
		targetLineId,
	};
	call.transaction.put(books.linkedTransactions, link);
	return { ok: true, link };
}

/** "Only invoices with a type of ACCREC can be a target transaction"; its line may be left out (Xero's page). */
function targetFault(
	id: string | undefined,
	target: Invoice | undefined,
	lineId: string | undefined,
): string | undefined {
	if (id === undefined) {
		return lineId === undefined ? undefined : 'TargetTransactionID must be specified';
	}
	if (target?.type !== 'ACCREC') return 'The TargetTransactionID is not of a sales invoice';
	return lineId === undefined || target.lines.some((line) => line.id === lineId)
		? undefined
		: 'The TargetLineItemID and TargetTransactionID do not match';
}

function idIn(element: Element, name: string): string | undefined {
	return trimmedText(element[name])?.toLowerCase();
}

function refuse(message: string): SavedLink {
	return { ok: false, messages: [message] };
}
