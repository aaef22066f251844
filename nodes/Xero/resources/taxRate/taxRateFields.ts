import { otherFieldsField, textDocumentField } from '../../fields/documentFields';
import type { Field } from '../../fields/Field';
import { asDecimal, asFlag, asRows, asText, required } from '../../fields/writers';

const componentFields: readonly Field[] = [
	textDocumentField('Name', 'name', 'Name', 'Such as GST, or the name of a state tax'),
	{
		property: {
			displayName: 'Rate %',
			name: 'rate',
			type: 'string',
			default: '',
			placeholder: 'e.g. 12.5',
			description: 'Percentage, up to four decimals',
		},
		write: asDecimal('Rate'),
	},
	{
		property: {
			displayName: 'Is Compound',
			name: 'isCompound',
			type: 'boolean',
			default: false,
			description: 'Whether it comes on top of the other components too',
		},
		write: asFlag('IsCompound'),
	},
	{
		property: {
			displayName: 'Is Non-Recoverable',
			name: 'isNonRecoverable',
			type: 'boolean',
			default: false,
			description: 'Whether the tax cannot be claimed back. Canada only.',
		},
		write: asFlag('IsNonRecoverable'),
	},
];

export const taxRateNameField: Field = {
	property: {
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. City Tax',
		description: 'What the tax rate is called in Xero',
	},
	write: required(asText('Name'), 'Every tax rate of Xero needs a name.'),
};

export const taxComponentsField: Field = {
	property: {
		displayName: 'Tax Components',
		name: 'taxComponents',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Component',
		description: 'The rates that add up to this one; one component for an ordinary rate',
		options: [
			{
				displayName: 'Component',
				name: 'component',
				values: componentFields.map(({ property }) => property),
			},
		],
	},
	write: asRows('TaxComponents', 'component', componentFields),
};

/** Components to add, or to give another rate. */
export const otherTaxComponentsField: Field = {
	...taxComponentsField,
	property: {
		...taxComponentsField.property,
		description:
			'Components that get another rate, by their names, and new ones. Those that are left out stay: Xero neither removes nor renames one.',
	},
};

/** Everything else of a tax rate that can be written. */
export const taxRateFields: readonly Field[] = [
	otherFieldsField,
	textDocumentField(
		'Report Tax Type',
		'reportTaxType',
		'ReportTaxType',
		'Where the tax is reported, such as OUTPUT or INPUT. Required in Australia, New Zealand and the United Kingdom.',
	),
];
