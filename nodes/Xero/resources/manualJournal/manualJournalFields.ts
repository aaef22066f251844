import {
	dayField,
	lineAmountTypesField,
	otherFieldsField,
	statusField,
	urlField,
} from '../../fields/documentFields';
import type { Field } from '../../fields/Field';
import { asFlag, asText, required } from '../../fields/writers';

export const narrationField: Field = {
	property: {
		displayName: 'Narration',
		name: 'narration',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Accrued rent, March',
		description: 'What the journal is for',
	},
	write: required(asText('Narration'), 'Every manual journal of Xero needs one.'),
};

/** A narration to change to. */
export const otherNarrationField: Field = {
	property: { ...narrationField.property, required: false },
	write: asText('Narration'),
};

const { property: amountsAre, write: writeAmountsAre } = lineAmountTypesField();

/** Everything else of a manual journal that can be written, its lines aside. */
export const manualJournalFields: readonly Field[] = [
	{ property: { ...amountsAre, default: 'NoTax' }, write: writeAmountsAre },
	dayField('Date', 'date', 'Date', 'Day of the journal, as written; today if left empty'),
	otherFieldsField,
	{
		property: {
			displayName: 'Show on Cash Basis Reports',
			name: 'showOnCashBasisReports',
			type: 'boolean',
			default: true,
			description: 'Whether the journal counts in reports on cash basis',
		},
		write: asFlag('ShowOnCashBasisReports'),
	},
	statusField(
		[
			{ name: 'Draft', value: 'DRAFT', description: 'Not in the accounts yet' },
			{ name: 'Posted', value: 'POSTED', description: 'In the accounts' },
		],
		'DRAFT',
	),
	urlField,
];
