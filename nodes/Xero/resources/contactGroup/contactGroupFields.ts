import { refuseInput, success } from '../../errors/failure';
import type { Field } from '../../fields/Field';

export const groupNameField: Field = {
	property: {
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Preferred Suppliers',
		description: 'Unique among groups; an organisation has up to 100',
	},
	write: (value) => {
		const name = String(value ?? '').trim();
		return name === '' ? refuseInput('Name is not set') : success({ Name: name });
	},
};
