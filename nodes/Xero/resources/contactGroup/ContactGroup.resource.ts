import { defineResource } from '../../operations/defineResource';
import * as addContact from './addContact.operation';
import * as create from './create.operation';
import * as deleteGroup from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as removeContact from './removeContact.operation';
import * as update from './update.operation';

export const contactGroup = defineResource({
	title: 'Contact Group',
	value: 'contactGroup',
	operations: {
		addContact,
		create,
		delete: deleteGroup,
		get,
		getAll,
		removeContact,
		update,
	},
	choices: [
		{
			name: 'Add Contact',
			value: 'addContact',
			action: 'Add contact to contact group',
			description: 'Put a contact into a group',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create contact group',
			description: 'Create an empty group',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete contact group',
			description: 'Permanently delete a group; its contacts stay',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get contact group',
			description: 'Get a group with the contacts in it',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many contact groups',
			description: 'List the groups, without their contacts',
		},
		{
			name: 'Remove Contact',
			value: 'removeContact',
			action: 'Remove contact from contact group',
			description: 'Take a contact out of a group; the contact itself stays',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update contact group',
			description: 'Rename a group',
		},
	],
	default: 'getAll',
	returnable: 'Contacts Name Status',
});
