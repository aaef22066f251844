import { recordLocator } from '../fields/recordLocator';
import { documentLines } from '../requests/RecordTraits';
import type { RecordKind } from './RecordKind';
import { simplifyCredit } from './simplifyCredit';

/** Credit notes to customers and from suppliers. `unitdp=4` keeps four decimals of a unit amount. */
export const creditNoteKind: RecordKind = {
	collection: {
		name: 'CreditNotes',
		path: 'api.xro/2.0/CreditNotes',
		idField: 'CreditNoteID',
		label: 'credit note',
		scope: 'accounting.invoices',
		bulkWhere: true,
		query: { unitdp: '4' },
		traits: {
			members: ['Type', 'CreditNoteNumber', 'Contact', 'Date', 'Reference', 'CurrencyCode'],
			parts: documentLines,
		},
		changes: { note: 'Voided and deleted ones come too: see Status.' },
	},
	codes: {},
	locator: recordLocator({
		displayName: 'Credit Note',
		name: 'creditNote',
		searchListMethod: 'searchCreditNotes',
		noun: 'a credit note',
		exampleUrl:
			'https://go.xero.com/AccountsReceivable/ViewCreditNote.aspx?creditNoteID=249f15fa-f2a7-4acc-8769-0984103f2225',
		required: true,
	}),
	simplify: simplifyCredit('CreditNoteID', 'CreditNoteNumber'),
};
