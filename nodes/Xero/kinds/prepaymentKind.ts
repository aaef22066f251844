import { bankCreditKind } from './bankCreditKind';

export const prepaymentKind = bankCreditKind('Prepayment');
