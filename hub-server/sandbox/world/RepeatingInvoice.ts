import type { InvoiceLine, LineAmountTypes, StoredFields, Totals } from './Books';
import type { TableRow } from './Table';

/** A template from which Xero makes an invoice every so often. */
export interface RepeatingInvoice extends TableRow {
	readonly type: 'ACCREC' | 'ACCPAY';
	readonly contactId: string;
	readonly status: 'DRAFT' | 'AUTHORISED' | 'DELETED';
	readonly schedule: Schedule;
	readonly lineAmountTypes: LineAmountTypes;
	readonly lines: readonly InvoiceLine[];
	readonly totals: Totals;
	readonly currencyCode: string;
	readonly approvedForSending: boolean;
	readonly sendCopy: boolean;
	readonly markAsSent: boolean;
	readonly includePdf: boolean;
	/** Reference, BrandingThemeID. */
	readonly fields: StoredFields;
}

/** All dates are midnight UTC of the organisation's local day. */
export interface Schedule {
	/** Every so many units. */
	readonly period: number;
	readonly unit: 'WEEKLY' | 'MONTHLY';
	/** A day of the month or a number of days, as `dueDateType` says. */
	readonly dueDate: number;
	readonly dueDateType: DueDateType;
	readonly startDateMs: number;
	readonly nextScheduledDateMs: number;
	readonly endDateMs: number | undefined;
}

export const DUE_DATE_TYPES = [
	'DAYSAFTERBILLDATE',
	'DAYSAFTERBILLMONTH',
	'DAYSAFTERINVOICEDATE',
	'DAYSAFTERINVOICEMONTH',
	'OFCURRENTMONTH',
	'OFFOLLOWINGMONTH',
] as const;
export type DueDateType = (typeof DUE_DATE_TYPES)[number];
