import { trackingFields } from '../../fields/trackingFields';
import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';
import { updateOperation } from '../../operations/updateOperation';

export const { description, request, execute } = updateOperation(trackingCategoryKind, {
	fields: trackingFields,
});
