import { deleteOperation } from '../common/deleteOperation';
import { trackingCategoryKind } from './trackingCategoryKind';

export const { description, request, execute } = deleteOperation(trackingCategoryKind);
