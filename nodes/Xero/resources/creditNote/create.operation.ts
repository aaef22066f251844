import { plainLines } from '../../documents/lineItems';
import { creditNoteKind } from '../../kinds/creditNoteKind';
import { createOperation } from '../../operations/createOperation';
import { creditNoteContactField, creditNoteFields, creditNoteTypeField } from './creditNoteFields';

export const { description, request, execute } = createOperation(creditNoteKind, {
	own: [creditNoteTypeField, creditNoteContactField],
	more: creditNoteFields,
	lines: plainLines,
});
