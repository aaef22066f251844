import { getOperation } from '../common/getOperation';
import { paymentKind } from './paymentKind';

export const { description, request, execute } = getOperation(paymentKind);
