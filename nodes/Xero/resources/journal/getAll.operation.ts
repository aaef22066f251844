import type { IDataObject } from 'n8n-workflow';

import { refuseInput, success } from '../../errors/failure';
import type { FilterField } from '../../filters/Filter';
import { asSwitch } from '../../filters/filterEffects';
import { commonFilters } from '../../filters/filters';
import type { RecordKind } from '../../kinds/RecordKind';
import { listOperation } from '../../operations/listOperation';

const journalKind: Omit<RecordKind, 'locator'> = {
	collection: {
		name: 'Journals',
		path: 'api.xro/2.0/Journals',
		idField: 'JournalID',
		label: 'journal',
		scope: 'accounting.journals.read',
		query: {},
		paging: 'after',
		offsetField: 'JournalNumber',
	},
	simplify: simplifyJournal,
};

const afterNumber: FilterField = {
	property: {
		displayName: 'After Journal Number',
		name: 'afterNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4711',
		description:
			'Only journals with a higher number. The number of the last journal of one run is where the next can begin.',
	},
	apply(value) {
		const number = Number(value);
		return Number.isInteger(number) && number >= 0
			? success({ query: { offset: String(number) } })
			: refuseInput(`After Journal Number is not a whole number: ${JSON.stringify(value)}`);
	},
};

const paymentsOnly: FilterField = {
	property: {
		displayName: 'Cash Basis',
		name: 'paymentsOnly',
		type: 'boolean',
		default: false,
		description: 'Whether to return what moved cash only',
	},
	apply: asSwitch('paymentsOnly'),
};

export const { description, request, execute } = listOperation(journalKind, {
	filters: [afterNumber, paymentsOnly, commonFilters.updatedSince],
});

/** Its number and source, and each line as one text. */
function simplifyJournal(journal: IDataObject): IDataObject {
	const lines = (journal.JournalLines as IDataObject[] | undefined) ?? [];
	return {
		JournalID: journal.JournalID,
		JournalNumber: journal.JournalNumber,
		JournalDate: journal.JournalDate,
		SourceType: journal.SourceType,
		SourceID: journal.SourceID,
		Reference: journal.Reference,
		CreatedDateUTC: journal.CreatedDateUTC,
		Lines: lines.map(({ AccountCode, AccountName, NetAmount }) =>
			[AccountCode, AccountName, NetAmount].filter((part) => part !== undefined).join(' · '),
		),
	};
}
