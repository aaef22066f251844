import { getOperation } from '../common/getOperation';
import { bankTransferKind } from './bankTransferKind';

export const { description, request, execute } = getOperation(bankTransferKind);
