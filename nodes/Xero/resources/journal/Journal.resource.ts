import { defineResource } from '../../operations/defineResource';
import * as getAll from './getAll.operation';

export const journal = defineResource({
	title: 'Journal',
	value: 'journal',
	operations: {
		getAll,
	},
	choices: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many journals',
			description: 'List the postings of the general ledger',
		},
	],
	default: 'getAll',
	returnable: `
		CreatedDateUTC JournalDate JournalLines JournalNumber Reference SourceID SourceType
	`,
});
