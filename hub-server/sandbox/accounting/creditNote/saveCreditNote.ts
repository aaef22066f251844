import type { ApiCall } from '../../resource/ApiResource';
import type { InvoiceStatus } from '../../world/Books';
import type { Credit, CreditType } from '../../world/Credit';
import { randomGuid } from '../../world/random';
import type { Element } from '../../writing/readElements';
import { isUsed } from '../amounts/creditAmounts';
import { totalsOf } from '../amounts/lineMath';
import { checkLocks } from '../document/checkLocks';
import { checkSign, checkTotals } from '../document/checkTotals';
import { nextNumber } from '../document/nextNumber';
import { readDate } from '../document/readDate';
import { readDocumentLines } from '../document/readDocumentLines';
import { readHead } from '../document/readHead';
import { readStoredFields } from '../document/readStoredFields';
import { isInvoiceStatus, statusesAfter } from '../invoice/checkTransition';
import { datedDocument } from '../invoice/datedDocument';
import { touchesAmounts } from '../invoice/paidInvoice';
import { keepCredit } from '../settling/keepCredit';

export type SavedCreditNote =
	| { readonly ok: true; readonly creditNote: Credit }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Creates a credit note, or changes the known one that `before` is. */
export function saveCreditNote(
	call: ApiCall,
	element: Element,
	before: Credit | undefined,
): SavedCreditNote {
	const messages: string[] = [];
	const status = element['Status'] ?? before?.status ?? 'DRAFT';
	if (!isInvoiceStatus(status))
		return refuse(`Credit Note status '${String(status)}' is not valid`);
	const transition = checkTransition(call, before, status);
	if (transition !== undefined) return refuse(transition);
	const type = element['Type'] ?? before?.type;
	if (!isCreditNoteType(type))
		return refuse('Credit Note type must be ACCRECCREDIT or ACCPAYCREDIT');
	if (before !== undefined && type !== before.type) {
		return refuse('Credit Note type cannot be changed');
	}
	if (before !== undefined && (status === 'VOIDED' || status === 'DELETED')) {
		checkLocks(call, datedDocument(before), undefined, messages);
		if (messages.length > 0) return { ok: false, messages };
		return { ok: true, creditNote: keepCredit(call, { ...before, status }, 'UPDATE') };
	}

	const head = readHead(call, element, before, messages);
	checkLocks(call, before && datedDocument(before), datedDocument({ ...head, status }), messages);
	const types = head.lineAmountTypes;
	const complete = status !== 'DRAFT';
	const rules = { types, isSale: type === 'ACCRECCREDIT', discounts: 'none', complete } as const;
	const lines = readDocumentLines(call, element, before, rules, messages);
	if (complete && lines.length === 0) messages.push('One or more line items must be specified');
	const dueDateMs = readDate(element, 'DueDate', before?.dueDateMs, messages);
	const number = numberOf(call, element, before, type, messages);
	if (
		before !== undefined &&
		isUsed(call.books, before) &&
		touchesAmounts(before, { ...head, lines, types })
	) {
		messages.push(
			'This document cannot be edited as it has a payment or credit note allocated to it.',
		);
	}
	const totals = totalsOf(lines, types);
	checkTotals(element, totals, messages);
	checkSign(call, totals, messages);
	if (messages.length > 0) return { ok: false, messages: [...new Set(messages)] };

	const creditNote: Credit = {
		id: before?.id ?? randomGuid(call.context.random),
		updatedMs: call.nowMs,
		kind: 'CreditNote',
		type,
		number,
		...head,
		status,
		dueDateMs,
		lines,
		totals,
		sentToContact: before?.sentToContact ?? false,
		fields: readStoredFields(element, ['Reference', 'BrandingThemeID'], before?.fields),
	};
	const change = before === undefined ? 'CREATE' : 'UPDATE';
	return { ok: true, creditNote: keepCredit(call, creditNote, change) };
}

function refuse(message: string): SavedCreditNote {
	return { ok: false, messages: [message] };
}

function isCreditNoteType(value: unknown): value is CreditType & `ACC${string}` {
	return value === 'ACCRECCREDIT' || value === 'ACCPAYCREDIT';
}

function checkTransition(
	call: ApiCall,
	before: Credit | undefined,
	wanted: InvoiceStatus,
): string | undefined {
	if (wanted === 'VOIDED' && before !== undefined && isUsed(call.books, before)) {
		return 'The status VOIDED cannot be applied to the credit note because it has payments or allocations.';
	}
	if (statusesAfter(before?.status).includes(wanted)) return undefined;
	const step = before === undefined ? 'creation' : 'modification';
	return `Credit Note not of valid status for ${step}`;
}

/** Numbers of sales credit notes are unique, and given out when absent; suppliers number theirs. */
function numberOf(
	call: ApiCall,
	element: Element,
	before: Credit | undefined,
	type: CreditType,
	messages: string[],
): string {
	const holderOf = (number: string) =>
		call.books.creditNotes.find('salesNumber', number.toLowerCase());
	const sent = element['CreditNoteNumber'];
	const number = typeof sent === 'string' && sent.trim() !== '' ? sent.trim() : before?.number;
	if (type === 'ACCPAYCREDIT') return number ?? '';
	if (number === undefined) {
		return nextNumber(call, 'CN', (candidate) => holderOf(candidate) !== undefined);
	}
	const holder = holderOf(number);
	if (holder !== undefined && holder.id !== before?.id) {
		messages.push('Credit Note # must be unique.');
	}
	return number;
}
