import { allocateOperation } from '../common/allocateOperation';
import { overpaymentKind } from './overpaymentKind';

export const { description, request, execute } = allocateOperation(overpaymentKind);
