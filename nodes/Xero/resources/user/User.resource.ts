import { defineResource } from '../../operations/defineResource';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const user = defineResource({
	title: 'User',
	value: 'user',
	operations: {
		get,
		getAll,
	},
	choices: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get user',
			description: 'Get a user by their ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many users',
			description: 'List who can sign in to the organisation',
		},
	],
	default: 'getAll',
	returnable: `
		EmailAddress FirstName IsSubscriber LastName OrganisationRole UpdatedDateUTC
	`,
});
