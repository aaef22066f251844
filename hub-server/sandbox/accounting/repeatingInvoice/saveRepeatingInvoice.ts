import type { ApiCall } from '../../resource/ApiResource';
import { randomGuid } from '../../world/random';
import type { RepeatingInvoice } from '../../world/RepeatingInvoice';
import type { Element } from '../../writing/readElements';
import { totalsOf } from '../amounts/lineMath';
import { readDocumentLines } from '../document/readDocumentLines';
import { readHead } from '../document/readHead';
import { readStoredFields } from '../document/readStoredFields';
import { readSchedule } from './readSchedule';

export type SavedRepeatingInvoice =
	| { readonly ok: true; readonly template: RepeatingInvoice }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Creates a template. Through the API these are for sales only, and are never changed afterwards. */
export function saveRepeatingInvoice(call: ApiCall, element: Element): SavedRepeatingInvoice {
	const messages: string[] = [];
	if (element['Type'] !== 'ACCREC') {
		messages.push('Only repeating invoices of type ACCREC can be created');
	}
	const status = element['Status'] ?? 'DRAFT';
	if (status !== 'DRAFT' && status !== 'AUTHORISED') {
		return { ok: false, messages: ['Repeating Invoice not of valid status for creation'] };
	}
	const head = readHead(call, element, undefined, messages);
	const schedule = readSchedule(call, element['Schedule'], messages);
	const complete = status === 'AUTHORISED';
	const rules = { types: head.lineAmountTypes, isSale: true, complete };
	const lines = readDocumentLines(call, element, undefined, rules, messages);
	if (lines.length === 0) messages.push('One or more line items must be specified');
	if (element['ApprovedForSending'] === true && !complete) {
		messages.push('ApprovedForSending can only be set on an AUTHORISED repeating invoice');
	}
	if (messages.length > 0 || schedule === undefined) return { ok: false, messages };

	const template: RepeatingInvoice = {
		id: randomGuid(call.context.random),
		updatedMs: call.nowMs,
		type: 'ACCREC',
		contactId: head.contactId,
		status,
		schedule,
		lineAmountTypes: head.lineAmountTypes,
		lines,
		totals: totalsOf(lines, head.lineAmountTypes),
		currencyCode: head.currencyCode,
		approvedForSending: element['ApprovedForSending'] === true,
		sendCopy: element['SendCopy'] === true,
		markAsSent: element['MarkAsSent'] === true,
		includePdf: element['IncludePDF'] === true,
		fields: readStoredFields(element, ['Reference', 'BrandingThemeID'], undefined),
	};
	call.transaction.put(call.books.repeatingInvoices, template);
	return { ok: true, template };
}
