import { bankCreditKind } from './bankCreditKind';

export const overpaymentKind = bankCreditKind('Overpayment');
