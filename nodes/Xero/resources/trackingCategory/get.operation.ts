import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(trackingCategoryKind);
