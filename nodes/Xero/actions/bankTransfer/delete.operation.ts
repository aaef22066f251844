import { deleteAloneOperation } from '../common/deleteAloneOperation';
import { bankTransferKind } from './bankTransferKind';

export const { description, request, execute } = deleteAloneOperation(bankTransferKind);
