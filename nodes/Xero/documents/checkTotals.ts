import type { IDataObject } from 'n8n-workflow';

import { refuseInput, success, type Outcome } from '../errors/failure';
import { fixedPointOf, fromFixedPoint } from '../values/fixedPoint';

/**
 * Holds the lines that Xero gives of a document against its totals, before they are sent back: an
 * inclusive quote may be answered with lines that lack their tax, and would lose it (1265 becomes 1100:
 * xero-mcp-server PR 309); so may a document whose total was rounded by hand. What the answer does not say
 * is not compared.
 *
 * @param label what a person calls the document
 */
export function checkTotals(document: IDataObject, label: string): Outcome<void> {
	const sums = sumsOf(document);
	const wrong = Object.entries(sums).find(([name, sum]) => {
		const said = fixedPointOf(document[name], PLACES);
		return said !== undefined && sum !== undefined && distance(said, sum) >= HALF_A_CENT;
	});
	if (wrong === undefined) return success(undefined);
	const [name, sum = 0n] = wrong;
	const said = fixedPointOf(document[name], PLACES) ?? 0n;
	return refuseInput(
		`The lines that Xero gives of this ${label} make a ${name} of ${fromFixedPoint(sum, PLACES)}, but it has ${fromFixedPoint(said, PLACES)}: sent back with the change, they would change that`,
		`Change this ${label} in Xero, or use Update with Existing Lines: Replace All, and give every line that it shall have.`,
	);
}

const PLACES = 8;
const HALF_A_CENT = 10n ** BigInt(PLACES) / 200n;

/** What the totals have to be, by their names; what the lines leave open is `undefined`. */
function sumsOf({ LineItems, LineAmountTypes }: IDataObject): Record<string, bigint | undefined> {
	const lines = (LineItems as IDataObject[] | undefined) ?? [];
	const amount = sumOf(lines.map(amountOf));
	const tax = sumOf(lines.map(taxOf));
	const both = (sign: bigint) =>
		amount === undefined || tax === undefined ? undefined : amount + sign * tax;
	// Quotes have it in capitals.
	switch (String(LineAmountTypes).toUpperCase()) {
		case 'INCLUSIVE':
			return { Total: amount, TotalTax: tax, SubTotal: both(-1n) };
		case 'EXCLUSIVE':
			return { SubTotal: amount, TotalTax: tax, Total: both(1n) };
		case 'NOTAX':
			return { Total: amount, SubTotal: amount };
		default:
			return {};
	}
}

/** A line that is a text only comes to nothing. */
function amountOf({ LineAmount, UnitAmount }: IDataObject): bigint | undefined {
	return LineAmount === undefined && UnitAmount === undefined
		? 0n
		: fixedPointOf(LineAmount, PLACES);
}

function taxOf(line: IDataObject): bigint | undefined {
	return line.TaxAmount === undefined && amountOf(line) === 0n
		? 0n
		: fixedPointOf(line.TaxAmount, PLACES);
}

function sumOf(amounts: ReadonlyArray<bigint | undefined>): bigint | undefined {
	return amounts.reduce(
		(sum, amount) => (sum === undefined || amount === undefined ? undefined : sum + amount),
		0n,
	);
}

function distance(one: bigint, other: bigint): bigint {
	return one < other ? other - one : one - other;
}
