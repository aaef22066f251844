import { isObject, type XeroRecord } from '../../protocol/xero';
import {
	compared,
	minus,
	plus,
	printDecimal,
	readDecimal,
	rounded,
	type Decimal,
} from '../records/decimal';
import { treatmentOf, type DocumentTotals } from './documentTotals';
import type { RoundingPolicy } from './Push';

export type SettledRounding =
	/** Xero comes to what the other system says, or that says nothing. */
	| { readonly kind: 'equal' }
	/** It goes as it is, and a person is told of both. */
	| ({ readonly kind: 'warning' } & RoundingWords)
	/** So changed, Xero comes to the other system's total. */
	| ({ readonly kind: 'settled'; readonly document: XeroRecord } & RoundingWords)
	| ({ readonly kind: 'refused' } & RoundingWords);

export interface RoundingWords {
	readonly message: string;
	readonly nextStep: string;
}

export interface RoundingRules {
	readonly policy: RoundingPolicy;
	/** Xero's code of the account for rounding; null where none is mapped. */
	readonly roundingAccount: string | null;
	/** Xero takes no tax amount of bank transactions but its own (xero-node#768). */
	readonly takesTaxAmounts: boolean;
}

/** What Xero's own pages let a person round a total by (certification checkpoints, rounding). */
const MOST_CENTS = 10n;

/**
 * Brings Xero's total and the other system's together, to the cent. Rounding explains a cent a line and 0.10 in all:
 * what is more is another document, and is never papered over.
 *
 * @param document with Xero's codes; its `Total` and `TotalTax`, where it has them, are the other system's
 * @param totals as Xero will compute them
 */
export function settleRounding(
	document: XeroRecord,
	totals: DocumentTotals,
	rules: RoundingRules,
): SettledRounding {
	const said = { total: amountOf(document['Total']), tax: amountOf(document['TotalTax']) };
	const off = {
		total: said.total === undefined ? 0n : minus(said.total, totals.total).units,
		tax: said.tax === undefined ? 0n : minus(said.tax, totals.totalTax).units,
	};
	if (off.total === 0n && off.tax === 0n) return { kind: 'equal' };

	const message = wordsOf(said, totals);
	const most = smaller(MOST_CENTS, BigInt(Math.max(1, totals.lines.length)));
	if (absolute(off.total) > most || absolute(off.tax) > most) {
		return {
			...{ kind: 'refused', message: `${message} Rounding does not explain so much.` },
			nextStep:
				'Compare the lines, their tax rates, and whether their amounts include tax (LineAmountTypes), then push again.',
		};
	}
	switch (rules.policy) {
		case 'warn':
			return {
				...{ kind: 'warning', message: `${message} Xero rounds the tax of each line.` },
				nextStep:
					'Nothing has to be done. To have the same total, push with rounding "tax" or "line".',
			};
		case 'refuse':
			return {
				...{ kind: 'refused', message: `${message} Nothing was sent.` },
				nextStep: 'Push with rounding "warn", "tax" or "line", or change the lines.',
			};
		case 'tax':
			return byTax(document, totals, { message, off, rules });
		case 'line':
			return byLine(document, { message, off, rules });
	}
}

interface Difference {
	readonly message: string;
	/** Cents that Xero lacks. */
	readonly off: { readonly total: bigint; readonly tax: bigint };
	readonly rules: RoundingRules;
}

/** A cent of tax on each of the largest lines, until the sum is the other system's. */
function byTax(
	document: XeroRecord,
	totals: DocumentTotals,
	{ message, off, rules }: Difference,
): SettledRounding {
	const isInclusive = treatmentOf(document) === 'Inclusive';
	const missing = isInclusive || off.total === 0n ? off.tax : off.total;
	const taxed = totals.lines
		.map(({ taxAmount }, index) => ({ index, tax: taxAmount }))
		.filter(({ tax }) => tax.units !== 0n)
		.sort((one, other) => compared(magnitude(other.tax), magnitude(one.tax)));
	const impossible = !rules.takesTaxAmounts
		? 'Xero takes no other tax of a bank transaction than its own.'
		: isInclusive && off.total !== 0n
			? 'The amounts include tax, so that another tax does not change the total.'
			: absolute(missing) > BigInt(taxed.length)
				? 'Too few lines have tax.'
				: off.total !== 0n && off.tax !== 0n && off.total !== off.tax
					? 'Total and tax differ by different amounts.'
					: undefined;
	if (impossible !== undefined) {
		return {
			...{ kind: 'refused', message: `${message} ${impossible}` },
			nextStep: 'Push with rounding "line" or "warn", or change the lines.',
		};
	}
	const cent: Decimal = { units: missing < 0n ? -1n : 1n, places: 2 };
	const moved = new Map(
		taxed.slice(0, Number(absolute(missing))).map(({ index, tax }) => [index, plus(tax, cent)]),
	);
	const lines = linesOf(document).map((line, index) => {
		const tax = moved.get(index);
		return tax === undefined ? line : { ...line, TaxAmount: Number(printDecimal(tax)) };
	});
	return settled(
		{ ...document, LineItems: lines },
		`${message} The tax of lines was moved by that.`,
	);
}

function byLine(document: XeroRecord, { message, off, rules }: Difference): SettledRounding {
	if (rules.roundingAccount === null) {
		return {
			...{ kind: 'refused', message: `${message} No account is mapped for the rounding line.` },
			nextStep: 'Map the key "rounding" of kind account on the Mapping page, then retry.',
		};
	}
	if (off.total === 0n) {
		return {
			...{ kind: 'warning', message: `${message} A line does not change the tax.` },
			nextStep: 'Push with rounding "tax" to have the same tax.',
		};
	}
	const line = {
		...{ Description: 'Rounding', Quantity: 1 },
		UnitAmount: Number(printDecimal({ units: off.total, places: 2 })),
		...{ AccountCode: rules.roundingAccount, TaxType: 'NONE' },
	};
	return settled(
		{ ...document, LineItems: [...linesOf(document), line] },
		`${message} A line with the difference was added.`,
	);
}

function settled(document: XeroRecord, message: string): SettledRounding {
	return { kind: 'settled', document, message, nextStep: 'Nothing has to be done.' };
}

function wordsOf(
	said: { readonly total: Decimal | undefined; readonly tax: Decimal | undefined },
	totals: DocumentTotals,
): string {
	const parts = [
		...(said.total === undefined || compared(said.total, totals.total) === 0
			? []
			: [
					`total is ${printDecimal(totals.total)}, and the other system's ${printDecimal(said.total)}`,
				]),
		...(said.tax === undefined || compared(said.tax, totals.totalTax) === 0
			? []
			: [
					`tax is ${printDecimal(totals.totalTax)}, and the other system's ${printDecimal(said.tax)}`,
				]),
	];
	return `Xero's ${parts.join('; its ')}.`;
}

function amountOf(value: unknown): Decimal | undefined {
	const amount = readDecimal(value);
	return amount && rounded(amount, 2);
}

function linesOf(document: XeroRecord): readonly XeroRecord[] {
	const lines = document['LineItems'];
	return Array.isArray(lines) ? lines.filter(isObject) : [];
}

function magnitude({ units, places }: Decimal): Decimal {
	return { units: absolute(units), places };
}

function absolute(units: bigint): bigint {
	return units < 0n ? -units : units;
}

function smaller(one: bigint, other: bigint): bigint {
	return one < other ? one : other;
}
