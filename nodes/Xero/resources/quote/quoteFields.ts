import {
	brandingThemeField,
	contactField,
	currencyField,
	currencyRateField,
	dateField,
	dayField,
	lineAmountTypesField,
	otherFieldsField,
	textDocumentField,
} from '../../fields/documentFields';
import type { Field } from '../../fields/Field';

export const quoteContactField: Field = contactField('Whom the quote is made out to');

/** Everything else of a quote that can be written, lines and status aside. */
export const quoteFields: readonly Field[] = [
	lineAmountTypesField({ none: 'NOTAX', exclusive: 'EXCLUSIVE', inclusive: 'INCLUSIVE' }),
	brandingThemeField,
	currencyField,
	currencyRateField,
	dateField,
	dayField(
		'Expiry Date',
		'expiryDate',
		'ExpiryDate',
		'Last day on which it can be accepted. The day is used as written.',
	),
	otherFieldsField,
	textDocumentField(
		'Quote Number',
		'quoteNumber',
		'QuoteNumber',
		'Unique among quotes, and given by Xero if left empty',
	),
	textDocumentField('Reference', 'reference', 'Reference', 'Up to 4,000 characters'),
	textDocumentField(
		'Summary',
		'summary',
		'Summary',
		'Stands above the lines, up to 3,000 characters',
	),
	textDocumentField('Terms', 'terms', 'Terms', 'Stands below the lines, up to 4,000 characters'),
	textDocumentField('Title', 'title', 'Title', 'Up to 100 characters'),
];
