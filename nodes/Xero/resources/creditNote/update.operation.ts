import { plainLines } from '../../documents/lineItems';
import { otherContactField } from '../../fields/documentFields';
import { creditNoteKind } from '../../kinds/creditNoteKind';
import { updateOperation } from '../../operations/updateOperation';
import { creditNoteFields } from './creditNoteFields';

export const { description, request, execute } = updateOperation(creditNoteKind, {
	fields: [...creditNoteFields, otherContactField],
	lines: plainLines,
});
