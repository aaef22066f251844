import type { Books } from '../../world/Books';
import type { Credit, CreditKind, CreditType } from '../../world/Credit';
import type { Table } from '../../world/Table';
import type { ChangeEvent } from '../../world/Transaction';

/** How one kind of credit stands in the API. */
export interface CreditKindFacts {
	/** Path segment and collection key. */
	readonly collection: string;
	readonly idField: string;
	/** As Xero's sentences name it. */
	readonly label: string;
	readonly category: ChangeEvent['category'];
	table(books: Books): Table<Credit>;
}

export const creditKinds: Readonly<Record<CreditKind, CreditKindFacts>> = {
	CreditNote: {
		collection: 'CreditNotes',
		idField: 'CreditNoteID',
		label: 'Credit Note',
		category: 'CREDITNOTE',
		table: ({ creditNotes }) => creditNotes,
	},
	Prepayment: {
		collection: 'Prepayments',
		idField: 'PrepaymentID',
		label: 'Prepayment',
		category: 'PREPAYMENT',
		table: ({ prepayments }) => prepayments,
	},
	Overpayment: {
		collection: 'Overpayments',
		idField: 'OverpaymentID',
		label: 'Overpayment',
		category: 'OVERPAYMENT',
		table: ({ overpayments }) => overpayments,
	},
};

/** Whether it is owed to a customer, and so goes with sales invoices. */
export function isSalesCredit(type: CreditType): boolean {
	return type === 'ACCRECCREDIT' || type.startsWith('RECEIVE');
}
