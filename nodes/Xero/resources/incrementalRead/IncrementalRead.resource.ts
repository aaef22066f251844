import { defineResource } from '../../operations/defineResource';
import * as confirm from './confirm.operation';
import * as getAll from './getAll.operation';
import * as reset from './reset.operation';

export const incrementalRead = defineResource({
	title: 'Incremental Read',
	value: 'incrementalRead',
	operations: {
		confirm,
		getAll,
		reset,
	},
	choices: [
		{
			name: 'Confirm',
			value: 'confirm',
			action: 'Confirm incremental reads',
			description: 'Say that this execution has dealt with what it read',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many incremental reads',
			description: 'List how far the incremental reads of this workflow have come',
		},
		{
			name: 'Reset',
			value: 'reset',
			action: 'Reset incremental reads',
			description: 'Forget how far the incremental reads of this workflow have come',
		},
	],
	default: 'confirm',
});
