import { createOperation } from '../common/createOperation';
import { otherFieldsField } from '../fields/documentFields';
import { trackingNameField } from '../fields/trackingFields';
import { trackingCategoryKind } from './trackingCategoryKind';

export const { description, request, execute } = createOperation(trackingCategoryKind, {
	own: [trackingNameField],
	more: [otherFieldsField],
});
