import { bankTransferKind } from '../../kinds/bankTransferKind';
import { getOperation } from '../../operations/getOperation';

export const { description, request, execute } = getOperation(bankTransferKind);
