import type { Invoice, InvoiceLine, InvoiceStatus, LineAmountTypes } from '../../world/Books';
import { randomGuid } from '../../world/random';
import { parameter, type AccountingCall } from '../AccountingResource';
import { contactOfDocument } from '../contact/saveContact';
import { totalsOf } from '../document/lineMath';
import { readLines } from '../document/readLines';
import type { Element } from '../writing/readElements';
import { parseDay } from '../xeroDate';
import { parseDecimal } from '../decimal';
import { checkTransition, isInvoiceStatus } from './checkTransition';
import { invoiceNumberOf } from './invoiceNumber';
import { hasAllocations, touchesAmounts } from './paidInvoice';

export type SavedInvoice =
	| { readonly ok: true; readonly invoice: Invoice }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Creates a document, or changes the known one that `before` is. */
export function saveInvoice(
	call: AccountingCall,
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
		return keep(call, { ...before, status, updatedMs: call.nowMs }, 'UPDATE');
	}

	const contactId = contactIdOf(call, element, before, messages);
	const types = lineAmountTypesOf(element, before, messages);
	const complete = status === 'AUTHORISED' || status === 'SUBMITTED' || status === 'PAID';
	const lines = linesOf(call, element, before, { type, types, complete }, messages);
	if (complete && lines.length === 0) messages.push('One or more line items must be specified');

	const dates = datesOf(call, element, before, messages);
	if (complete && dates.dueDateMs === undefined) messages.push('A due date must be specified');
	checkLockDate(call, before?.dateMs ?? dates.dateMs, messages);
	checkLockDate(call, dates.dateMs, messages);

	const number = invoiceNumberOf(call, element, before, type, messages);
	const currencyCode = currencyOf(call, element, before, messages);
	if (
		status === 'AUTHORISED' &&
		before?.status !== 'AUTHORISED' &&
		call.context.faults().approvalLimitReached
	) {
		messages.push('You have reached the limit of invoices you can approve');
	}
	if (
		before !== undefined &&
		hasAllocations(before) &&
		touchesAmounts(before, { lines, types, currencyCode, dateMs: dates.dateMs })
	) {
		messages.push(
			'This document cannot be edited as it has a payment or credit note allocated to it.',
		);
	}
	if (messages.length > 0 || contactId === undefined)
		return { ok: false, messages: [...new Set(messages)] };

	const totals = totalsOf(lines, types);
	const payments = before?.payments ?? [];
	const amountCredited = before?.amountCredited ?? 0;
	const paid = payments.reduce((sum, { amount }) => sum + amount, 0);
	const invoice: Invoice = {
		id: before?.id ?? randomGuid(call.context.random),
		updatedMs: call.nowMs,
		type,
		number,
		contactId,
		status: settled(status, totals.total - paid - amountCredited),
		...dates,
		lineAmountTypes: types,
		lines,
		totals,
		currencyCode,
		currencyRate: parseRate(element['CurrencyRate']) ?? before?.currencyRate ?? 1_000_000,
		payments,
		amountCredited,
		sentToContact:
			typeof element['SentToContact'] === 'boolean'
				? element['SentToContact']
				: (before?.sentToContact ?? false),
		createdByClientId: before === undefined ? call.app.clientId : before.createdByClientId,
		fields: fieldsOf(element, before),
	};
	return keep(call, invoice, before === undefined ? 'CREATE' : 'UPDATE');
}

function keep(call: AccountingCall, invoice: Invoice, change: 'CREATE' | 'UPDATE'): SavedInvoice {
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

/** An approved document with nothing left to pay is paid; one with something left is not. */
function settled(status: InvoiceStatus, due: number): InvoiceStatus {
	if (status !== 'AUTHORISED' && status !== 'PAID') return status;
	return due === 0 ? 'PAID' : 'AUTHORISED';
}

function contactIdOf(
	call: AccountingCall,
	element: Element,
	before: Invoice | undefined,
	messages: string[],
): string | undefined {
	if (before !== undefined && element['Contact'] === undefined) return before.contactId;
	const saved = contactOfDocument(call, element['Contact']);
	if (saved.ok) return saved.contact.id;
	messages.push(...saved.messages);
	return undefined;
}

function lineAmountTypesOf(
	element: Element,
	before: Invoice | undefined,
	messages: string[],
): LineAmountTypes {
	const value = element['LineAmountTypes'] ?? before?.lineAmountTypes ?? 'Exclusive';
	const known = (['Exclusive', 'Inclusive', 'NoTax'] as const).find(
		(types) => types.toLowerCase() === String(value).toLowerCase(),
	);
	if (known === undefined) messages.push(`LineAmountTypes '${String(value)}' is not valid`);
	return known ?? 'Exclusive';
}

function linesOf(
	call: AccountingCall,
	element: Element,
	before: Invoice | undefined,
	rules: {
		readonly type: Invoice['type'];
		readonly types: LineAmountTypes;
		readonly complete: boolean;
	},
	messages: string[],
): readonly InvoiceLine[] {
	const sent = element['LineItems'];
	const isUnchanged =
		!Array.isArray(sent) &&
		before !== undefined &&
		before.lineAmountTypes === rules.types &&
		!rules.complete;
	if (isUnchanged) return before.lines;

	const old = before?.lines ?? [];
	const given = Array.isArray(sent) ? sent : old.map(({ id }) => ({ LineItemID: id }));
	const read = readLines(call, given, old, {
		types: rules.types,
		isSale: rules.type === 'ACCREC',
		complete: rules.complete,
		unitPlaces: parameter(call.request, 'unitdp') === '4' ? 4 : 2,
	});
	messages.push(...read.messages);
	return read.lines;
}

function datesOf(
	call: AccountingCall,
	element: Element,
	before: Invoice | undefined,
	messages: string[],
) {
	const read = (name: string, known: number | undefined): number | undefined => {
		const value = element[name] ?? element[`${name}String`];
		if (value === undefined || value === null) return known;
		const ms = parseDay(value);
		if (ms === undefined) messages.push(`${name} is not a valid date`);
		return ms;
	};
	const today = parseDay(new Date(call.nowMs).toISOString()) as number;
	return {
		dateMs: read('Date', before?.dateMs) ?? today,
		dueDateMs: read('DueDate', before?.dueDateMs),
		expectedPaymentDateMs: read('ExpectedPaymentDate', before?.expectedPaymentDateMs),
		plannedPaymentDateMs: read('PlannedPaymentDate', before?.plannedPaymentDateMs),
	};
}

function checkLockDate(call: AccountingCall, dateMs: number, messages: string[]): void {
	const lockMs = call.organisation.periodLockDateMs;
	if (lockMs === undefined || dateMs > lockMs) return;
	const day = new Date(lockMs).toLocaleDateString('en-NZ', { timeZone: 'UTC', dateStyle: 'long' });
	messages.push(`The document date cannot be before the period lock date, currently set at ${day}`);
}

function currencyOf(
	call: AccountingCall,
	element: Element,
	before: Invoice | undefined,
	messages: string[],
): string {
	const code = element['CurrencyCode'] ?? before?.currencyCode ?? call.organisation.baseCurrency;
	if (typeof code !== 'string' || call.books.currencies.get(code) === undefined) {
		messages.push(`Organisation is not subscribed to currency ${String(code)}`);
		return call.organisation.baseCurrency;
	}
	return code;
}

function fieldsOf(element: Element, before: Invoice | undefined): Record<string, unknown> {
	const sent = ['Reference', 'Url', 'BrandingThemeID'].filter(
		(name) => typeof element[name] === 'string',
	);
	return { ...before?.fields, ...Object.fromEntries(sent.map((name) => [name, element[name]])) };
}

function parseRate(value: unknown): number | undefined {
	const rate = parseDecimal(value, 4);
	return rate === undefined || rate <= 0 ? undefined : Math.round(Number(value) * 1_000_000);
}
