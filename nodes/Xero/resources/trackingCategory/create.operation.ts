import { otherFieldsField } from '../../fields/documentFields';
import { trackingNameField } from '../../fields/trackingFields';
import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';
import { createOperation } from '../../operations/createOperation';

export const { description, request, execute } = createOperation(trackingCategoryKind, {
	own: [trackingNameField],
	more: [otherFieldsField],
});
