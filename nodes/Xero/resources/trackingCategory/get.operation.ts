import { getOperation } from '../../operations/getOperation';
import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';

export const { description, request, execute } = getOperation(trackingCategoryKind);
