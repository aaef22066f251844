import { bankCreditKind } from '../credit/bankCreditKind';

export const prepaymentKind = bankCreditKind('Prepayment');
