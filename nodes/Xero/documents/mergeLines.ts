import type { IDataObject } from 'n8n-workflow';

import { comparable, isSame } from '../../../hub-server/protocol/xero';
import { refuseInput, success, type Outcome } from '../errors/failure';
import type { Members } from '../fields/Field';
import { ExactNumber } from '../values/exactJson';
import { checkTotals } from './checkTotals';
import { keptLines } from './keptLines';
import { LINE_ID } from './LineItemsKind';
import { isZero, withoutComputed } from './withoutComputed';

/**
 * A change of a document whose lines are kept: a line with the LineItemID of one that is there changes
 * what it says of it, a line without is added, and all others go back as they are but for what Xero
 * computes, because it removes what an update does not repeat. Refused where the lines that were read are not
 * worth what the document is. Xero keeps no order: it puts new lines before the others (Xero-NetStandard#374).
 *
 * @param document as Xero has it now
 * @param change with the lines that are given, or none
 * @param label what a person calls the document
 */
export function mergeLines(
	document: IDataObject,
	change: Members,
	label: string,
): Outcome<Members> {
	const given = change['LineItems'] as readonly Members[] | undefined;
	if (given === undefined) return success(change);
	const checked = checkTotals(document, label);
	if (!checked.ok) return checked;
	const kept = keptLines(document, change);
	const lines = kept.map((line) => withoutComputed(line, line));
	const places = new Map(kept.map((line, place) => [idOf(line), place]));
	const named = new Map<string, number>();
	const added: Members[] = [];
	for (const [index, line] of given.entries()) {
		const id = idOf(line);
		if (id === '') {
			added.push(withoutComputed(line));
			continue;
		}
		const place = places.get(id);
		const before = place === undefined ? undefined : kept[place];
		if (place === undefined || before === undefined) {
			return refuseInput(
				`Line ${index + 1}: this ${label} has no line with the Line Item ID ${id}`,
				'Use a LineItemID of its lines, as Get answers them, or leave it empty to add a line.',
			);
		}
		const twin = named.get(id);
		if (twin !== undefined) {
			return refuseInput(
				`Line ${index + 1} has the Line Item ID of Line ${twin}: ${id}`,
				'Give each line once.',
			);
		}
		named.set(id, index + 1);
		const refused = refuseContradiction(before, line, `Line ${index + 1}`);
		if (refused !== undefined) return refused;
		lines[place] = withoutComputed(changeLine(before, line), before);
	}
	return success({ ...change, LineItems: [...lines, ...added] });
}

function idOf(line: Members): string {
	return comparable(line[LINE_ID]);
}

/** What Xero would refuse without a way out, or take for nothing, since it keeps what is not sent. */
function refuseContradiction(
	before: Members,
	given: Members,
	label: string,
): Outcome<never> | undefined {
	const differs = (name: string) =>
		given[name] !== undefined && !isSameValue(given[name], before[name]);
	if (
		differs('LineAmount') &&
		given['UnitAmount'] === undefined &&
		before['UnitAmount'] !== undefined
	) {
		return refuseInput(
			`${label}: the Line Amount of an existing line is its Quantity times its Unit Amount`,
			'Give the Unit Amount instead, and leave the Line Amount empty.',
		);
	}
	const rate = given['DiscountRate'] ?? before['DiscountRate'];
	const amount = given['DiscountAmount'] ?? before['DiscountAmount'];
	const isOtherKind =
		(differs('DiscountAmount') && rate !== undefined && (isSet(rate) || isSet(amount))) ||
		(differs('DiscountRate') && isSet(before['DiscountAmount']));
	return isOtherKind
		? refuseInput(
				`${label}: a line has either a Discount % or a Discount Amount, and Xero keeps the kind that it has`,
				'Give the kind that the line has. For the other kind, use Replace All, and give the line without its Line Item ID.',
			)
		: undefined;
}

/** The line with what is given of it, and without what that makes wrong: Xero computes it again. */
function changeLine(before: Members, given: Members): Members {
	const differs = (name: string) =>
		given[name] !== undefined && !isSameValue(given[name], before[name]);
	const isMoved = ['AccountCode', 'AccountID', 'ItemCode'].some(differs);
	const isRepriced = PRICES.some(differs);
	const outdated = new Set([
		...(isMoved ? ['TaxType', 'Taxability', 'SalesTaxCodeId'] : []),
		...(isMoved || isRepriced || differs('TaxType') ? ['TaxAmount', 'TaxBreakdown'] : []),
		...(isRepriced ? ['LineAmount'] : []),
		...INSTEAD.filter(([name]) => given[name] !== undefined).map(([, other]) => other),
	]);
	const kept = Object.entries(before).filter(([name]) => !outdated.has(name));
	return { ...Object.fromEntries(kept), ...given, ...trackingOf(before, given) };
}

/** What the amount of a line is made of. */
const PRICES = ['Quantity', 'UnitAmount', 'DiscountRate', 'DiscountAmount', 'LineAmount'];

/** A line has the one or the other. */
const INSTEAD = [
	['AccountID', 'AccountCode'],
	['AccountCode', 'AccountID'],
	['DiscountRate', 'DiscountAmount'],
	['DiscountAmount', 'DiscountRate'],
] as const;

/** An option replaces that of its category; where the category is not named, all of them. */
function trackingOf({ Tracking: before }: Members, { Tracking: given }: Members): Members {
	if (!Array.isArray(given) || !Array.isArray(before)) return {};
	const entries = given as readonly Members[];
	if (entries.some((entry) => CATEGORY.every((name) => entry[name] === undefined))) return {};
	const isReplaced = (kept: Members) =>
		entries.some((entry) =>
			CATEGORY.some((name) => entry[name] !== undefined && isSameValue(entry[name], kept[name])),
		);
	const others = (before as readonly Members[]).filter((kept) => !isReplaced(kept));
	return { Tracking: [...others, ...entries] };
}

const CATEGORY = ['TrackingCategoryID', 'Name'];

function isSet(amount: unknown): boolean {
	return amount !== undefined && !isZero(amount);
}

function isSameValue(given: unknown, before: unknown): boolean {
	return given instanceof ExactNumber
		? before !== undefined && Number(given.literal) === Number(before)
		: isSame(given, before);
}
