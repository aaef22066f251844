import { updateOperation } from '../common/updateOperation';
import { trackingFields } from '../fields/trackingFields';
import { trackingCategoryKind } from './trackingCategoryKind';

export const { description, request, execute } = updateOperation(trackingCategoryKind, {
	fields: trackingFields,
});
