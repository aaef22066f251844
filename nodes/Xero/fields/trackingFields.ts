import { statusField, textDocumentField } from './documentFields';
import type { Field } from './Field';
import { asText, required } from './writers';

/** Of a new tracking category or option. */
export const trackingNameField: Field = {
	property: {
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Region',
		description: 'Up to 100 characters',
	},
	write: required(asText('Name')),
};

/** What can be changed of a tracking category or option. */
export const trackingFields: readonly Field[] = [
	textDocumentField('Name', 'name', 'Name', 'Up to 100 characters'),
	statusField(
		[
			{ name: 'Active', value: 'ACTIVE' },
			{ name: 'Archived', value: 'ARCHIVED', description: 'Kept, but no longer offered' },
		],
		'ACTIVE',
	),
];
