import { plainLines } from '../../documents/lineItems';
import { otherContactField } from '../../fields/documentFields';
import { pushOperation } from '../../operations/pushOperation';
import { creditNoteFields, creditNoteTypeField } from './creditNoteFields';

export const { description, hub, execute } = pushOperation({
	entity: 'credit_note',
	fields: [creditNoteTypeField, ...creditNoteFields, otherContactField],
	lines: plainLines,
});
