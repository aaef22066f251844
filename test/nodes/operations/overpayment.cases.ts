import { creditCases } from './creditCases';
import { oneBankCredit } from './preparedCredits';

export const cases = creditCases({
	locator: 'overpayment',
	collection: 'Overpayments',
	idField: 'OverpaymentID',
	label: 'Overpayment',
	prepare: async (ledger) => await oneBankCredit(ledger, 'Overpayment'),
});
