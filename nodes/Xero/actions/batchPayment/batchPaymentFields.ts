import type { Field } from '../fields/Field';
import { otherFieldsField, textDocumentField } from '../fields/documentFields';

/** Everything else of a batch payment that can be written. */
export const batchPaymentFields: readonly Field[] = [
	textDocumentField('Code', 'code', 'Code', 'For the bank statement. New Zealand only.'),
	textDocumentField('Details', 'details', 'Details', 'For the bank statement'),
	textDocumentField(
		'Narrative',
		'narrative',
		'Narrative',
		'For the bank statement, up to 18 characters. United Kingdom only.',
	),
	otherFieldsField,
	textDocumentField(
		'Particulars',
		'particulars',
		'Particulars',
		'For the bank statement, up to 12 characters. New Zealand only.',
	),
	textDocumentField('Reference', 'reference', 'Reference', 'Shown on every payment of the batch'),
];
