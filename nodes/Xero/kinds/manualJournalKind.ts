import type { IDataObject } from 'n8n-workflow';

import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';

export const manualJournalKind: RecordKind = {
	collection: {
		name: 'ManualJournals',
		path: 'api.xro/2.0/ManualJournals',
		idField: 'ManualJournalID',
		label: 'manual journal',
		scope: 'accounting.manualjournals',
		bulkWhere: true,
		query: {},
		// tap-xero#104
		losesPagesInOrder: true,
		traits: {
			members: ['Narration', 'Date'],
			parts: {
				name: 'JournalLines',
				members: ['Description'],
				figures: ['AccountCode', 'LineAmount'],
			},
		},
		changes: { note: 'Voided and deleted ones come too: see Status.' },
	},
	codes: {},
	locator: recordLocator({
		displayName: 'Manual Journal',
		name: 'manualJournal',
		searchListMethod: 'searchManualJournals',
		noun: 'a manual journal',
		exampleUrl:
			'https://go.xero.com/Journal/View.aspx?invoiceID=99cb8353-ce73-4a5d-8e0d-8b0edf86cfc4',
		required: true,
	}),
	simplify: simplifyManualJournal,
};

/** What it says, without its lines. */
function simplifyManualJournal(journal: IDataObject): IDataObject {
	return {
		Narration: journal.Narration,
		Date: journal.Date,
		Status: journal.Status,
		LineAmountTypes: journal.LineAmountTypes,
		ShowOnCashBasisReports: journal.ShowOnCashBasisReports,
		Url: journal.Url,
		UpdatedDateUTC: journal.UpdatedDateUTC,
		ManualJournalID: journal.ManualJournalID,
	};
}
