import { amountColumn, textColumn } from '../../documents/LineField';
import { lineTrackingFields } from '../../documents/lineItemFields';
import type { LineItemsKind } from '../../documents/LineItemsKind';
import { refuseInput, success, type Outcome } from '../../errors/failure';
import { accountPicker, taxRatePicker } from '../../fields/codePickers';
import type { Members } from '../../fields/Field';
import { asDecimal, asIs, asText } from '../../fields/writers';
import { ExactNumber } from '../../values/exactJson';
import { fromFixedPoint, toFixedPoint } from '../../values/fixedPoint';

/** A journal's lines have no ids: those that are given replace all that were there. */
export const journalLines: LineItemsKind = {
	member: 'JournalLines',
	fields: [
		textColumn(
			'Description',
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				description: 'The narration if left empty',
			},
			'Rent, March',
		),
		amountColumn(
			'LineAmount',
			{
				displayName: 'Amount',
				name: 'lineAmount',
				default: '',
				placeholder: 'e.g. 100.00 or -100.00',
				description: 'A debit above zero, a credit below',
			},
			'-100.00',
		),
		textColumn(
			'AccountCode',
			accountPicker({
				displayName: 'Account',
				name: 'accountCode',
				description: 'No bank, inventory or system account',
			}),
			'469',
		),
		textColumn(
			'TaxType',
			taxRatePicker({
				displayName: 'Tax Rate',
				name: 'taxType',
				description: 'None if left empty',
			}),
		),
		...lineTrackingFields,
	],
	others: {
		AccountID: asText('AccountID'),
		TaxAmount: asDecimal('TaxAmount'),
		IsBlank: asIs('IsBlank'),
		ValidationErrors: asIs('ValidationErrors'),
	},
};

/**
 * Xero refuses a journal whose debits and credits differ, and one with fewer than two lines; so does
 * this, before anything is sent. Where tax comes on top of the amounts only Xero knows the sums.
 */
export function checkBalance(journal: Members): Outcome<Members> {
	const lines = (journal[journalLines.member] ?? []) as readonly Members[];
	if (lines.length < 2) {
		return refuseInput(
			`A manual journal needs two lines at least, and has ${lines.length}`,
			'Give a debit above zero and a credit below.',
		);
	}
	if (journal['LineAmountTypes'] === 'Exclusive') return success(journal);
	const amounts = lines.map(({ LineAmount: amount }) =>
		amount instanceof ExactNumber ? toFixedPoint(amount, PLACES) : undefined,
	);
	// An amount that is missing or too fine is for Xero to refuse, in its own words.
	if (!amounts.every((amount) => amount !== undefined)) return success(journal);
	const debits = sumOf(amounts.filter((amount) => amount > 0n));
	const credits = sumOf(amounts.filter((amount) => amount < 0n));
	if (debits + credits === 0n) return success(journal);
	const [debit, credit] = [debits, credits].map((sum) => fromFixedPoint(sum, PLACES));
	return refuseInput(
		`The total debits (${debit}) must equal total credits (${credit})`,
		'Debits are above zero and credits below; all lines together must give zero.',
	);
}

/** Decimals that an amount may have. */
const PLACES = 4;

function sumOf(amounts: readonly bigint[]): bigint {
	return amounts.reduce((sum, amount) => sum + amount, 0n);
}
