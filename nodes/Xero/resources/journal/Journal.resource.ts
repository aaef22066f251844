import { defineResource } from '../../operations/defineResource';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const journal = defineResource({
	title: 'Journal',
	value: 'journal',
	operations: {
		get,
		getAll,
	},
	choices: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get journal',
			description: 'Get a posting of the general ledger by its number or ID',
		},
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
