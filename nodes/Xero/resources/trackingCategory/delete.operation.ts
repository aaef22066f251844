import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';
import { deleteOperation } from '../../operations/deleteOperation';

export const { description, request, execute } = deleteOperation(trackingCategoryKind);
