import { updateOperation } from '../../operations/updateOperation';
import { trackingFields } from '../../fields/trackingFields';
import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';

export const { description, request, execute } = updateOperation(trackingCategoryKind, {
	fields: trackingFields,
});
