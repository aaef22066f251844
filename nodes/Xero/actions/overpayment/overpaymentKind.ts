import { bankCreditKind } from '../credit/bankCreditKind';

export const overpaymentKind = bankCreditKind('Overpayment');
