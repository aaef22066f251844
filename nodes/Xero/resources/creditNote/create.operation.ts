import { createOperation } from '../../operations/createOperation';
import { plainLines } from '../../documents/lineItems';
import { creditNoteContactField, creditNoteFields, creditNoteTypeField } from './creditNoteFields';
import { creditNoteKind } from '../../kinds/creditNoteKind';

export const { description, request, execute } = createOperation(creditNoteKind, {
	own: [creditNoteTypeField, creditNoteContactField],
	more: creditNoteFields,
	lines: plainLines,
});
