import { allocateOperation } from '../common/allocateOperation';
import { prepaymentKind } from './prepaymentKind';

export const { description, request, execute } = allocateOperation(prepaymentKind);
