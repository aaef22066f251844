import { bankTransferKind } from '../../kinds/bankTransferKind';
import { deleteAloneOperation } from '../../operations/deleteAloneOperation';

export const { description, request, execute } = deleteAloneOperation(bankTransferKind);
