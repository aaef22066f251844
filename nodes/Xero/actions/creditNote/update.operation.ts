import { updateOperation } from '../common/updateOperation';
import { otherContactField } from '../fields/documentFields';
import { plainLines } from '../fields/lineItems';
import { creditNoteFields } from './creditNoteFields';
import { creditNoteKind } from './creditNoteKind';

export const { description, request, execute } = updateOperation(creditNoteKind, {
	fields: [...creditNoteFields, otherContactField],
	lines: plainLines,
});
