import { deleteOperation } from '../../operations/deleteOperation';
import { trackingCategoryKind } from '../../kinds/trackingCategoryKind';

export const { description, request, execute } = deleteOperation(trackingCategoryKind);
