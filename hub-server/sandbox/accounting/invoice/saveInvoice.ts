import type { ApiCall } from '../../resource/ApiResource';
import type { Invoice } from '../../world/Books';
import { randomGuid } from '../../world/random';
import type { Element } from '../../writing/readElements';
import { totalsOf } from '../amounts/lineMath';
import { settledStatus } from '../amounts/settledStatus';
import { checkLocks } from '../document/checkLocks';
import { checkSign, checkTotals } from '../document/checkTotals';
import { readDate } from '../document/readDate';
import { readDocumentLines } from '../document/readDocumentLines';
import { readHead } from '../document/readHead';
import { checkTransition, isInvoiceStatus } from './checkTransition';
import { datedDocument } from './datedDocument';
import { invoiceNumberOf } from './invoiceNumber';
import { hasAllocations, touchesAmounts } from './paidInvoice';
import { readRounding } from './readRounding';

export type SavedInvoice =
	| { readonly ok: true; readonly invoice: Invoice }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Creates a document, or changes the known one that `before` is. */
export function saveInvoice(
	call: ApiCall,
	element: Element,
	before: Invoice | undefined,
): SavedInvoice {
	const messages: string[] = [];
	const status = element['Status'] ?? before?.status ?? 'DRAFT';
	if (!isInvoiceStatus(status)) return refuse(`Invoice status '${String(status)}' is not valid`);
	const transition = checkTransition(before, status);
	if (transition !== undefined) return refuse(transition);

	const type = element['Type'] ?? before?.type;
	if (type !== 'ACCREC' && type !== 'ACCPAY')
		return refuse('Invoice type must be ACCREC or ACCPAY');
	if (before !== undefined && type !== before.type) return refuse('Invoice type cannot be changed');
	if (before !== undefined && (status === 'VOIDED' || status === 'DELETED')) {
		checkLocks(call, datedDocument(before), undefined, messages);
		if (messages.length > 0) return { ok: false, messages };
		return keep(call, { ...before, status, updatedMs: call.nowMs }, 'UPDATE');
	}

	const head = readHead(call, element, before, messages);
	checkLocks(call, before && datedDocument(before), datedDocument({ ...head, status }), messages);
	const types = head.lineAmountTypes;
	const complete = status === 'AUTHORISED' || status === 'SUBMITTED' || status === 'PAID';
	const isSale = type === 'ACCREC';
	const lines = readDocumentLines(call, element, before, { types, isSale, complete }, messages);
	if (complete && lines.length === 0) messages.push('One or more line items must be specified');

	const day = (name: string, known: number | undefined) => readDate(element, name, known, messages);
	const dueDateMs = day('DueDate', before?.dueDateMs);
	if (complete && dueDateMs === undefined) messages.push('A due date must be specified');

	const number = invoiceNumberOf(call, element, before, type, messages);
	if (
		status === 'AUTHORISED' &&
		before?.status !== 'AUTHORISED' &&
		call.context.faults().approvalLimitReached
	) {
		messages.push('You have reached the limit of invoices you can approve');
	}
	const sums = totalsOf(lines, types);
	const isRounded = call.context.faults().roundsInvoices;
	const rounding = isRounded
		? readRounding(element, before, status, sums, messages)
		: { roundingAmount: before?.roundingAmount, enteredTotal: before?.enteredTotal };
	if (
		before !== undefined &&
		hasAllocations(before) &&
		(touchesAmounts(before, { ...head, lines, types }) ||
			(rounding.roundingAmount ?? 0) !== (before.roundingAmount ?? 0))
	) {
		messages.push(
			'This document cannot be edited as it has a payment or credit note allocated to it.',
		);
	}
	const expectedPaymentDateMs = day('ExpectedPaymentDate', before?.expectedPaymentDateMs);
	const plannedPaymentDateMs = day('PlannedPaymentDate', before?.plannedPaymentDateMs);
	const totals = { ...sums, total: sums.total + (rounding.roundingAmount ?? 0) };
	if (!isRounded) checkTotals(element, totals, messages);
	checkSign(call, totals, messages);
	if (messages.length > 0) return { ok: false, messages: [...new Set(messages)] };

	const payments = before?.payments ?? [];
	const amountCredited = before?.amountCredited ?? 0;
	const paid = payments.reduce((sum, { amount }) => sum + amount, 0);
	const invoice: Invoice = {
		id: before?.id ?? randomGuid(call.context.random),
		updatedMs: call.nowMs,
		type,
		number,
		...head,
		status: settledStatus(status, totals.total - paid - amountCredited),
		dueDateMs,
		expectedPaymentDateMs,
		plannedPaymentDateMs,
		lines,
		totals,
		...rounding,
		payments,
		amountCredited,
		sentToContact:
			typeof element['SentToContact'] === 'boolean'
				? element['SentToContact']
				: (before?.sentToContact ?? false),
		createdByClientId: before === undefined ? call.app.clientId : before.createdByClientId,
		fields: fieldsOf(call, element, before),
	};
	return keep(call, invoice, before === undefined ? 'CREATE' : 'UPDATE');
}

function keep(call: ApiCall, invoice: Invoice, change: 'CREATE' | 'UPDATE'): SavedInvoice {
	call.transaction.put(call.books.invoices, invoice, {
		category: 'INVOICE',
		type: change,
		resource: 'Invoices',
		resourceId: invoice.id,
	});
	return { ok: true, invoice };
}

function refuse(message: string): SavedInvoice {
	return { ok: false, messages: [message] };
}

function fieldsOf(
	call: ApiCall,
	element: Element,
	before: Invoice | undefined,
): Record<string, unknown> {
	const keepsUrl = before !== undefined && call.context.faults().keepsFirstUrl;
	const names = ['Reference', 'BrandingThemeID', ...(keepsUrl ? [] : ['Url'])];
	const sent = names.filter((name) => typeof element[name] === 'string');
	return { ...before?.fields, ...Object.fromEntries(sent.map((name) => [name, element[name]])) };
}
