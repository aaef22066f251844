import { refuseInput } from '../../errors/failure';
import { otherFieldsField, textDocumentField } from '../../fields/documentFields';
import type { Field } from '../../fields/Field';

/** A text for a bank statement, which has little room. */
function statementField(
	displayName: string,
	name: string,
	{ longest, where }: { readonly longest: number; readonly where: string },
): Field {
	const description = `For the bank statement, up to ${longest} characters. ${where}.`;
	const field = textDocumentField(displayName, name, displayName, description);
	return {
		...field,
		write(value, label) {
			const { length } = String(value ?? '').trim();
			return length > longest
				? refuseInput(`${label} has ${length} characters; Xero takes ${longest}`, 'Shorten it.')
				: field.write(value, label);
		},
	};
}

/** Everything else of a batch payment that can be written. */
export const batchPaymentFields: readonly Field[] = [
	statementField('Code', 'code', { longest: 12, where: 'New Zealand only' }),
	statementField('Details', 'details', { longest: 18, where: 'Not in New Zealand' }),
	statementField('Narrative', 'narrative', { longest: 18, where: 'United Kingdom only' }),
	otherFieldsField,
	statementField('Particulars', 'particulars', { longest: 12, where: 'New Zealand only' }),
	textDocumentField('Reference', 'reference', 'Reference', 'Shown on every payment of the batch'),
];
