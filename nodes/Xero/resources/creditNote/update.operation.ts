import { updateOperation } from '../../operations/updateOperation';
import { otherContactField } from '../../fields/documentFields';
import { plainLines } from '../../documents/lineItems';
import { creditNoteFields } from './creditNoteFields';
import { creditNoteKind } from '../../kinds/creditNoteKind';

export const { description, request, execute } = updateOperation(creditNoteKind, {
	fields: [...creditNoteFields, otherContactField],
	lines: plainLines,
});
