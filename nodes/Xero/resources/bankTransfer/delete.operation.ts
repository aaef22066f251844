import { deleteAloneOperation } from '../../operations/deleteAloneOperation';
import { bankTransferKind } from '../../kinds/bankTransferKind';

export const { description, request, execute } = deleteAloneOperation(bankTransferKind);
