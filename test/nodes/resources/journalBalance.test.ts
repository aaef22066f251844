import fc from 'fast-check';

import { checkBalance } from '../../../nodes/Xero/resources/manualJournal/journalLines';
import { ExactNumber } from '../../../nodes/Xero/values/exactJson';

const journal = (amounts: readonly string[], more: Record<string, unknown> = {}) => ({
	Narration: 'Accrual',
	JournalLines: amounts.map((amount) => ({ LineAmount: new ExactNumber(amount) })),
	...more,
});
const refusal = (amounts: readonly string[], more: Record<string, unknown> = {}) => {
	const outcome = checkBalance(journal(amounts, more));
	return outcome.ok ? undefined : outcome.failure.message;
};
const decimal = (cents: number) => (cents / 100).toFixed(2);

describe('the balance of a manual journal', () => {
	it('is there when the last line makes up for all others, however many there are', () => {
		const cents = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1 });

		fc.assert(
			fc.property(cents, (amounts) => {
				const rest = -amounts.reduce((sum, amount) => sum + amount, 0);

				expect(refusal([...amounts, rest].map(decimal))).toBeUndefined();
			}),
		);
	});

	it('is missed by a single cent', () => {
		const cents = fc.integer({ min: 1, max: 1_000_000_000 });

		fc.assert(
			fc.property(cents, (amount) => {
				expect(refusal([decimal(amount), decimal(1 - amount)])).toMatch(/must equal/);
			}),
		);
	});

	it('does not mind binary fractions', () => {
		expect(refusal(['0.1', '0.2', '-0.3'])).toBeUndefined();
	});

	it('names both sides in Xero’s words', () => {
		expect(refusal(['100', '-10'])).toBe(
			'The total debits (100.00) must equal total credits (-10.00)',
		);
	});

	it('is left to Xero where tax comes on top, or an amount is missing', () => {
		expect(refusal(['100', '-115'], { LineAmountTypes: 'Exclusive' })).toBeUndefined();
		expect(checkBalance({ JournalLines: [{}, { LineAmount: new ExactNumber('1') }] }).ok).toBe(
			true,
		);
	});

	it('takes two lines', () => {
		expect(refusal(['0'])).toBe('A manual journal needs two lines at least, and has 1');
		expect(refusal([])).toBe('A manual journal needs two lines at least, and has 0');
	});
});
