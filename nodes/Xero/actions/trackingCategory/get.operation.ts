import { getOperation } from '../common/getOperation';
import { trackingCategoryKind } from './trackingCategoryKind';

export const { description, request, execute } = getOperation(trackingCategoryKind);
