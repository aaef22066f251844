import type { ApiCall } from '../../resource/ApiResource';
import { msDateTime } from '../../resource/xeroDate';
import type { Contact } from '../../world/Books';
import { toNumber } from '../../world/decimal';
import type { RepeatingInvoice, Schedule } from '../../world/RepeatingInvoice';
import type { Element } from '../../writing/readElements';
import { presentContactInDocument } from '../contact/presentContact';
import { presentLine } from '../document/presentLine';
import { unitPlacesOf } from '../document/unitPlacesOf';

/** A template as lists and single answers show it alike. */
export function presentRepeatingInvoice(call: ApiCall, template: RepeatingInvoice): Element {
	const { books } = call;
	const { totals, fields } = template;
	return {
		Schedule: presentSchedule(template.schedule),
		RepeatingInvoiceID: template.id,
		Type: template.type,
		Reference: fields['Reference'] ?? '',
		...(fields['BrandingThemeID'] !== undefined && { BrandingThemeID: fields['BrandingThemeID'] }),
		HasAttachments: books.files.get(template.id) !== undefined,
		ApprovedForSending: template.approvedForSending,
		SendCopy: template.sendCopy,
		MarkAsSent: template.markAsSent,
		IncludePDF: template.includePdf,
		ID: template.id,
		Contact: presentContactInDocument(books.contacts.get(template.contactId) as Contact),
		Status: template.status,
		LineAmountTypes: template.lineAmountTypes,
		LineItems: template.lines.map((line) => presentLine(books, line, unitPlacesOf(call))),
		SubTotal: toNumber(totals.subTotal, 2),
		TotalTax: toNumber(totals.totalTax, 2),
		Total: toNumber(totals.total, 2),
		CurrencyCode: template.currencyCode,
	};
}

function presentSchedule(schedule: Schedule): Element {
	return {
		Period: schedule.period,
		Unit: schedule.unit,
		DueDate: schedule.dueDate,
		DueDateType: schedule.dueDateType,
		StartDate: msDateTime(schedule.startDateMs),
		...(schedule.endDateMs !== undefined && { EndDate: msDateTime(schedule.endDateMs) }),
		NextScheduledDate: msDateTime(schedule.nextScheduledDateMs),
	};
}
