import { createOperation } from '../common/createOperation';
import { statusField } from '../fields/documentFields';
import { salesLines } from '../fields/lineItems';
import { quoteContactField, quoteFields } from './quoteFields';
import { quoteKind } from './quoteKind';

const initialStatus = statusField(
	[
		{ name: 'Draft', value: 'DRAFT' },
		{ name: 'Sent', value: 'SENT', description: 'Marked as sent. Xero does not send it.' },
	],
	'DRAFT',
);

export const { description, request, execute } = createOperation(quoteKind, {
	own: [quoteContactField],
	more: [...quoteFields, initialStatus],
	lines: salesLines,
});
