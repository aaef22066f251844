import type { IDataObject } from 'n8n-workflow';

import type { RecordKind } from './RecordKind';

export const journalKind: Omit<RecordKind, 'locator'> = {
	collection: {
		name: 'Journals',
		path: 'api.xro/2.0/Journals',
		idField: 'JournalID',
		label: 'journal',
		scope: 'accounting.journals.read',
		query: {},
		paging: 'after',
		offsetField: 'JournalNumber',
		changes: {
			note: 'Journals never change: what changes in the books is posted as further journals.',
		},
	},
	simplify: simplifyJournal,
};

/** Its number and source, and each line as one text. */
function simplifyJournal(journal: IDataObject): IDataObject {
	const lines = (journal.JournalLines as IDataObject[] | undefined) ?? [];
	return {
		JournalNumber: journal.JournalNumber,
		JournalDate: journal.JournalDate,
		SourceType: journal.SourceType,
		Reference: journal.Reference,
		Lines: lines.map(({ AccountCode, AccountName, NetAmount }) =>
			[AccountCode, AccountName, NetAmount].filter((part) => part !== undefined).join(' · '),
		),
		CreatedDateUTC: journal.CreatedDateUTC,
		JournalID: journal.JournalID,
		SourceID: journal.SourceID,
	};
}
