import { defineResource } from '../../operations/defineResource';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const project = defineResource({
	title: 'Project',
	value: 'project',
	operations: { get, getAll },
	choices: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get project',
			description: 'Get a project by its ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many projects',
			description: 'List the projects',
		},
	],
	default: 'getAll',
});
