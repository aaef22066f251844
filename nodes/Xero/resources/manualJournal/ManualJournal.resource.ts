import { defineResource } from '../../operations/defineResource';
import * as addNote from './addNote.operation';
import * as create from './create.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getHistory from './getHistory.operation';
import * as update from './update.operation';
import * as voidOrDelete from './voidOrDelete.operation';

export const manualJournal = defineResource({
	title: 'Manual Journal',
	value: 'manualJournal',
	operations: {
		addNote,
		create,
		get,
		getAll,
		getHistory,
		update,
		voidOrDelete,
	},
	choices: [
		{
			name: 'Add Note',
			value: 'addNote',
			action: 'Add note to manual journal',
			description: 'Add a note to the history of a manual journal',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create manual journal',
			description: 'Create a journal; its balance is checked before it is sent',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get manual journal',
			description: 'Get a manual journal by its ID',
		},
		{
			name: 'Get History',
			value: 'getHistory',
			action: 'Get history of manual journal',
			description: 'List the changes and notes of a manual journal',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many manual journals',
			description: 'List manual journals',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update manual journal',
			description: 'Change a manual journal; fields that are left out keep their values',
		},
		{
			name: 'Void or Delete',
			value: 'voidOrDelete',
			action: 'Void or delete manual journal',
			description: 'Void a posted journal, or delete a draft; neither can be undone',
		},
	],
	default: 'create',
	returnable: `
		Date HasAttachments JournalLines LineAmountTypes Narration ShowOnCashBasisReports Status
		UpdatedDateUTC Url
	`,
});
