import { getOperation } from '../../operations/getOperation';
import { bankTransferKind } from '../../kinds/bankTransferKind';

export const { description, request, execute } = getOperation(bankTransferKind);
