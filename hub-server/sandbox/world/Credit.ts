import type { InvoiceLine, InvoiceStatus, StoredFields, Totals } from './Books';
import type { DocumentHead } from './DocumentHead';
import type { Cents } from './decimal';
import type { TableRow } from './Table';

/** What an organisation owes a contact, or has coming from one, until it is allocated or refunded. */
export interface Credit extends TableRow, DocumentHead {
	readonly kind: CreditKind;
	readonly type: CreditType;
	/** Of a credit note; text that a prepayment shows as its `InvoiceNumber`. */
	readonly number: string;
	readonly status: InvoiceStatus;
	readonly dueDateMs: number | undefined;
	readonly lines: readonly InvoiceLine[];
	readonly totals: Totals;
	readonly sentToContact: boolean;
	/** Reference, BrandingThemeID. */
	readonly fields: StoredFields;
}

export type CreditKind = 'CreditNote' | 'Prepayment' | 'Overpayment';
export type CreditType =
	| 'ACCRECCREDIT'
	| 'ACCPAYCREDIT'
	| 'RECEIVE-PREPAYMENT'
	| 'SPEND-PREPAYMENT'
	| 'RECEIVE-OVERPAYMENT'
	| 'SPEND-OVERPAYMENT';

/** Credit used up by an invoice or bill. */
export interface Allocation extends TableRow {
	readonly creditKind: CreditKind;
	readonly creditId: string;
	readonly invoiceId: string;
	readonly amount: Cents;
	readonly dateMs: number;
}
