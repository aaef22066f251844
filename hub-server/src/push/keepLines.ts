import { isObject, isSame, type XeroRecord } from '../../protocol/xero';
import { isEmptyValue, sameValue } from '../links/sameValue';
import { ZERO, compared, readDecimal, times } from '../records/decimal';

/**
 * Lines that replace those of a document, with the ids of those that are recognisably the same: a line that is not
 * repeated with its id is deleted and made anew (xero-facts §6.6), and with it what hangs on it in Xero.
 *
 * A line that keeps its id keeps what is not sent of it too. So a discount that the new line does not have is taken
 * away, and one that has to lose another member is made anew.
 *
 * @param taxes of each new line as Xero computes it, where that is known: a tax amount set by hand goes
 */
export function keepLines(
	held: readonly unknown[],
	lines: readonly unknown[],
	taxes: readonly (string | undefined)[] = [],
): readonly XeroRecord[] {
	const [old, wanted] = [held.filter(isObject), lines.filter(isObject)];
	const partners = partnersOf(old, wanted);
	return wanted.map((line, index) => {
		const own = withoutNothing(line);
		const partner = partners.get(index);
		return partner === undefined ? own : { ...own, ...kept(partner, line, taxes[index]) };
	});
}

/** By the position of the new line: the old one that it is. The likest find each other first. */
function partnersOf(
	old: readonly XeroRecord[],
	wanted: readonly XeroRecord[],
): ReadonlyMap<number, XeroRecord> {
	const pairs = wanted.flatMap((line, index) =>
		old
			.filter((candidate) => canBecome(candidate, line))
			.map((candidate) => ({ index, candidate, likeness: likeness(candidate, line) })),
	);
	const partners = new Map<number, XeroRecord>();
	const taken = new Set<XeroRecord>();
	for (const pair of pairs.sort((one, other) => other.likeness - one.likeness)) {
		if (pair.likeness < ENOUGH || partners.has(pair.index) || taken.has(pair.candidate)) continue;
		partners.set(pair.index, pair.candidate);
		taken.add(pair.candidate);
	}
	return partners;
}

const WEIGHTS: Readonly<Record<string, number>> = {
	Description: 4,
	ItemCode: 3,
	UnitAmount: 2,
	AccountCode: 1,
	Quantity: 1,
};

/** The same words or the same item, or the price and something besides. */
const ENOUGH = 3;
/** More than all else. */
const NAMED_BY_ID = 100;

function likeness(old: XeroRecord, line: XeroRecord): number {
	if (line['LineItemID'] !== undefined) {
		return isSame(line['LineItemID'], old['LineItemID']) ? NAMED_BY_ID : 0;
	}
	return Object.entries(WEIGHTS)
		.filter(([member]) => !isEmptyValue(member, line[member]))
		.filter(([member]) => sameValue(member, line[member], old[member]))
		.reduce((sum, [, weight]) => sum + weight, 0);
}

function canBecome(old: XeroRecord, line: XeroRecord): boolean {
	if (isEmptyValue('LineItemID', old['LineItemID'])) return false;
	const loses = Object.entries(line).some(
		([member, value]) => value === null && !isEmptyValue(member, old[member]),
	);
	// Of a line of nothing or less Xero takes no discount, not even one of nothing (Xero-OpenAPI#429).
	return !loses && (discountsLeft(old, line).length === 0 || isPositive(line));
}

function kept(old: XeroRecord, line: XeroRecord, tax: string | undefined): XeroRecord {
	const isTaxSetByHand =
		tax !== undefined &&
		line['TaxAmount'] === undefined &&
		!sameValue('TaxAmount', tax, old['TaxAmount']);
	return {
		LineItemID: old['LineItemID'],
		...Object.fromEntries(discountsLeft(old, line).map((member) => [member, 0])),
		...(isTaxSetByHand && { TaxAmount: Number(tax) }),
	};
}

/** Discounts of the old line that the new one does not have. */
function discountsLeft(old: XeroRecord, line: XeroRecord): readonly string[] {
	return ['DiscountRate', 'DiscountAmount'].filter((member) => {
		const amount = readDecimal(old[member]);
		return line[member] === undefined && amount !== undefined && compared(amount, ZERO) !== 0;
	});
}

function isPositive(line: XeroRecord): boolean {
	const price = readDecimal(line['UnitAmount'] ?? line['LineAmount']);
	const quantity = readDecimal(line['Quantity'] ?? 1);
	return (
		price !== undefined && quantity !== undefined && compared(times(price, quantity), ZERO) > 0
	);
}

/** Without what is to be nothing, and without an id that may be nobody's. */
function withoutNothing(line: XeroRecord): XeroRecord {
	return Object.fromEntries(
		Object.entries(line).filter(([member, value]) => value !== null && member !== 'LineItemID'),
	);
}
