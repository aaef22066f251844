import { isObject, type XeroRecord } from '../../protocol/xero';
import {
	compared,
	minus,
	plus,
	quotient,
	readDecimal,
	rounded,
	times,
	ZERO,
	type Decimal,
} from '../records/decimal';

/** What totals depend on besides the document, as the organisation has it. */
export interface PricesAndRates {
	/** Percent, such as `15`; undefined where the tax type is not known. */
	rateOf(taxType: string): Decimal | undefined;
	/** What a line has where it does not say it itself, by its item and its account. */
	usualOf(line: XeroRecord): {
		readonly taxType?: string | undefined;
		readonly unitAmount?: unknown;
	};
}

export interface LineTotals {
	readonly lineAmount: Decimal;
	readonly taxAmount: Decimal;
}

/** Amounts have two decimals. */
export interface DocumentTotals {
	/** In the order of the document. */
	readonly lines: readonly LineTotals[];
	readonly subTotal: Decimal;
	readonly totalTax: Decimal;
	readonly total: Decimal;
}

/**
 * The totals of a document as Xero computes them: the amount of each line to the cent, its tax of that amount to
 * the cent, and then the sums. Half a cent goes away from zero: "2.165 rounded up to 2.17" (Xero's community
 * manager, community.xero.com/developer/discussion/66891). Unit amounts have four decimals, as the hub sends all with
 * `unitdp=4`. Not documented: whether Xero rounds each component of a tax rate by itself; here it is one rate.
 *
 * @returns undefined where a price or a rate is not known
 * @see https://developer.xero.com/documentation/api-guides/rounding-in-xero
 */
export function documentTotals(
	document: XeroRecord,
	known: PricesAndRates,
): DocumentTotals | undefined {
	const types = treatmentOf(document);
	const given = document['LineItems'];
	const lines = (Array.isArray(given) ? given.filter(isObject) : []).map((line) =>
		lineTotals(line, types, known),
	);
	if (!lines.every((line) => line !== undefined)) return undefined;
	const amounts = sumOf(lines.map(({ lineAmount }) => lineAmount));
	const totalTax = sumOf(lines.map(({ taxAmount }) => taxAmount));
	const subTotal = types === 'Inclusive' ? minus(amounts, totalTax) : amounts;
	return { lines, subTotal, totalTax, total: plus(subTotal, totalTax) };
}

export type AmountTreatment = 'Exclusive' | 'Inclusive' | 'NoTax';

/** Exclusive unless the document says otherwise (xero-node: LineAmountTypes). Quotes have it in capitals. */
export function treatmentOf(document: XeroRecord): AmountTreatment {
	const said = String(document['LineAmountTypes'] ?? '').toUpperCase();
	if (said === 'INCLUSIVE') return 'Inclusive';
	return said === 'NOTAX' ? 'NoTax' : 'Exclusive';
}

/**
 * The rate of all components in percent. A compound one is taken of the amount with the others on it.
 *
 * @param components as Xero answers them
 */
export function rateOfComponents(components: readonly unknown[]): Decimal {
	const rates = components.filter(isObject).map((component) => ({
		rate: readDecimal(component['Rate']) ?? ZERO,
		isCompound: component['IsCompound'] === true,
	}));
	const simple = sumOf(rates.filter(({ isCompound }) => !isCompound).map(({ rate }) => rate));
	return rates
		.filter(({ isCompound }) => isCompound)
		.reduce((sum, { rate }) => {
			const onTop = times(rate, plus(HUNDRED, sum));
			return plus(sum, quotient(onTop, HUNDRED, onTop.places + 2));
		}, simple);
}

const HUNDRED: Decimal = { units: 100n, places: 0 };

function lineTotals(
	line: XeroRecord,
	types: AmountTreatment,
	known: PricesAndRates,
): LineTotals | undefined {
	const usual = known.usualOf(line);
	const lineAmount = lineAmountOf(line, usual.unitAmount);
	if (lineAmount === undefined) return undefined;
	if (types === 'NoTax') return { lineAmount, taxAmount: cents(ZERO) };

	const set = readDecimal(line['TaxAmount']);
	if (set !== undefined) return { lineAmount, taxAmount: cents(set) };
	if (compared(lineAmount, ZERO) === 0) return { lineAmount, taxAmount: cents(ZERO) };
	const taxType = line['TaxType'] ?? usual.taxType;
	const rate = typeof taxType === 'string' ? known.rateOf(taxType) : undefined;
	if (rate === undefined) return undefined;
	const under = types === 'Inclusive' ? plus(HUNDRED, rate) : HUNDRED;
	return { lineAmount, taxAmount: quotient(times(lineAmount, rate), under, 2) };
}

/** Undefined where there is no price. A line of words alone comes to nothing. */
function lineAmountOf(line: XeroRecord, usualPrice: unknown): Decimal | undefined {
	const price = readDecimal(line['UnitAmount'] ?? usualPrice);
	if (price === undefined) {
		if (line['ItemCode'] !== undefined && line['ItemCode'] !== null) return undefined;
		return cents(readDecimal(line['LineAmount']) ?? ZERO);
	}
	const quantity = rounded(readDecimal(line['Quantity']) ?? ONE, 4);
	const product = times(quantity, rounded(price, 4));
	const rate = readDecimal(line['DiscountRate']);
	if (rate !== undefined && compared(rate, ZERO) !== 0) {
		return quotient(times(product, minus(HUNDRED, rounded(rate, 4))), HUNDRED, 2);
	}
	return minus(cents(product), cents(readDecimal(line['DiscountAmount']) ?? ZERO));
}

const ONE: Decimal = { units: 1n, places: 0 };

function cents(value: Decimal): Decimal {
	return rounded(value, 2);
}

function sumOf(values: readonly Decimal[]): Decimal {
	return values.reduce(plus, { units: 0n, places: 2 });
}
