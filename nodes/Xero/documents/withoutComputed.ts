import type { Members } from '../fields/Field';
import { fixedPointOf } from '../values/fixedPoint';
import { LINE_ID } from './LineItemsKind';
import { lineWithout } from './lineWithout';

/**
 * A line without what Xero computes of it, whose own answers it does not always take back: a line amount
 * that follows from quantity, unit amount and discount (a free line's 0.00 is refused: Xero-NetStandard#74
 * and #147), and a discount of nothing (refused on lines of zero and below: Xero-OpenAPI#429).
 *
 * A line amount that does not follow stays: Xero then refuses it, where dropping it would change the total
 * without a word. So does a zero that takes a discount away.
 *
 * @param before the line as Xero has it, where that is known
 */
export function withoutComputed(line: Members, before?: Members): Members {
	const idle = DISCOUNTS.filter((name) => isZero(line[name]) && !mayTakeAway(name, line, before));
	return lineWithout(line, ...idle, ...(followsFromPrice(line) ? ['LineAmount'] : []));
}

/**
 * A line with the one kind of discount that was entered. Xero's answers have both, and say which of them
 * it computed; the other one would be a second discount. A zero beside the other kind says nothing.
 */
export function withEnteredDiscount(line: Members): Members {
	const { DiscountRate: rate, DiscountAmount: amount, DiscountEnteredAsPercent: asPercent } = line;
	const entered = lineWithout(line, 'DiscountEnteredAsPercent');
	if (rate === undefined || amount === undefined) return entered;
	if (asPercent === true || (isZero(amount) && !isZero(rate))) {
		return lineWithout(entered, 'DiscountAmount');
	}
	return asPercent === false || (isZero(rate) && !isZero(amount))
		? lineWithout(entered, 'DiscountRate')
		: entered;
}

/** Of an amount as a field or Xero's answer has it; what is no number is none. */
export function isZero(amount: unknown): boolean {
	return fixedPointOf(amount, PLACES) === 0n;
}

const DISCOUNTS = ['DiscountRate', 'DiscountAmount'];

/** More than Xero has of any amount. */
const PLACES = 8;
const ONE = 10n ** BigInt(PLACES);
const WHOLE_PERCENT = 100n * ONE;

/** Quantity × unit amount, in units of the square of {@link ONE}. */
function priceOf({ Quantity, UnitAmount }: Members): bigint | undefined {
	const [quantity, unitAmount] = [Quantity, UnitAmount].map((one) => fixedPointOf(one, PLACES));
	return quantity === undefined || unitAmount === undefined ? undefined : quantity * unitAmount;
}

/** To the half cent that rounding leaves; to a cent with a discount, which Xero may round on its own. */
function followsFromPrice(line: Members): boolean {
	const price = priceOf(line);
	const stated = fixedPointOf(line['LineAmount'], PLACES);
	if (price === undefined || stated === undefined) return false;
	const rate = fixedPointOf(line['DiscountRate'] ?? 0, PLACES);
	const amount = fixedPointOf(line['DiscountAmount'] ?? 0, PLACES);
	if (rate === undefined || amount === undefined) return false;
	const computed = (price * (WHOLE_PERCENT - rate)) / WHOLE_PERCENT - amount * ONE;
	const away = computed - stated * ONE;
	const cent = (ONE * ONE) / 100n;
	const isDiscounted = rate !== 0n || amount !== 0n;
	return (away < 0n ? -away : away) * 2n <= cent * (isDiscounted ? 2n : 1n);
}

/** Lines of zero and below have no discount that could be taken away. */
function mayTakeAway(name: string, line: Members, before: Members | undefined): boolean {
	if (before !== undefined) return before[name] !== undefined && !isZero(before[name]);
	const price = priceOf(line);
	return line[LINE_ID] !== undefined && (price === undefined || price > 0n);
}
