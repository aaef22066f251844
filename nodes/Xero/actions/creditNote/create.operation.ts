import { createOperation } from '../common/createOperation';
import { plainLines } from '../fields/lineItems';
import { creditNoteContactField, creditNoteFields, creditNoteTypeField } from './creditNoteFields';
import { creditNoteKind } from './creditNoteKind';

export const { description, request, execute } = createOperation(creditNoteKind, {
	own: [creditNoteTypeField, creditNoteContactField],
	more: creditNoteFields,
	lines: plainLines,
});
