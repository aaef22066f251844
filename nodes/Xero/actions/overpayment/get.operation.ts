import { getOperation } from '../common/getOperation';
import { overpaymentKind } from './overpaymentKind';

export const { description, request, execute } = getOperation(overpaymentKind);
