import { creditCases } from './creditCases';
import { oneBankCredit } from './preparedCredits';

export const cases = creditCases({
	locator: 'prepayment',
	collection: 'Prepayments',
	idField: 'PrepaymentID',
	label: 'Prepayment',
	prepare: async (ledger) => await oneBankCredit(ledger, 'Prepayment'),
});
