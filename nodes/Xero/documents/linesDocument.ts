import type { INodeProperties } from 'n8n-workflow';

import { quotedLine } from '../../../hub-server/protocol/xero';
import { refuseInput, success, type Outcome } from '../errors/failure';
import { forItem } from '../run/forItem';
import { failed, type ItemOutcome } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import { parseCalendarDate } from '../values/calendarDate';
import { isBlank } from '../values/isBlank';
import { placeAtStart, placeOf } from '../values/placeOf';
import { isBlankRow } from './isBlankRow';
import { rowsOf } from './lineItems';
import { isLineProperty, LINES } from './lineItemsProperties';
import { mergeValues, wordsOf, type Merged, type Said } from './mergeValues';

/** A document whose lines are input items. */
export interface LinesDocument {
	readonly items: readonly number[];
	/** What the items say together, by parameter. */
	readonly values: Readonly<Record<string, unknown>>;
	/** For each line, the item that it comes from. */
	readonly itemsOfLines: readonly number[];
}

/** Whether an item is a line of a document instead of a document of its own. */
export function isLineOfDocument(run: OperationRun, item: number): boolean {
	return run.parameter('lineItemsMode', item, '') === LINES.fromItems;
}

/**
 * The lines of all items, in their order, and the document's other fields, which any of the items
 * may carry. Where two items say different things, the document is refused. An item whose row stays
 * empty, such as the last rows of a spreadsheet, adds no line.
 *
 * @param properties the fields of the operation, as the editor has them
 */
export async function readDocument(
	run: OperationRun,
	properties: readonly INodeProperties[],
	items: readonly number[],
): Promise<Outcome<LinesDocument>> {
	const values: Record<string, unknown> = {};
	for (const property of properties) {
		if (isLineProperty(property)) continue;
		const said = await readEach(run, property, items);
		if (!said.ok) return said;
		const merged = mergeValues(
			said.value.map(({ item, value }) => ({ item, value: withDays(property, value) })),
		);
		if (!merged.agree) return refuseDifference(property, merged);
		values[property.name] = merged.value;
	}
	const lines = await readEach(run, { name: 'lineItems', default: {} }, items);
	if (!lines.ok) return lines;
	const rows = lines.value.flatMap(({ item, value }) =>
		rowsOf(value).map((row) => ({ item, row })),
	);
	if (rows.length === 0) {
		return refuseInput(
			'Line Items has no row to fill in',
			'Add one line, and fill it with expressions of the item.',
		);
	}
	const filled = rows.filter(({ row }) => !isBlankRow(row));
	if (filled.length === 0) {
		return refuseInput(
			'None of these items fills in a line',
			'Check the expressions of the row below Line Items, or leave these items out.',
		);
	}
	return success({
		items,
		values: { ...values, lineItems: { line: filled.map(({ row }) => row) } },
		itemsOfLines: filled.map(({ item }) => item),
	});
}

/**
 * `Line 2: …` of a refusal of ours, with the item whose line it is; of one of Xero's (`LineItems 2 "Tea": …`)
 * where the words are those of one item only, since the number is a place in an answer that keeps no order.
 */
export function nameLines(outcome: ItemOutcome, document: LinesDocument): ItemOutcome {
	if (outcome.status !== 'failed') return outcome;
	const message = outcome.failure.message
		.replace(/\bLine (\d+)\b/g, (place, number: string) =>
			withItem(place, document.itemsOfLines[Number(number) - 1]),
		)
		.replace(XEROS_LINE, (place, words: string) => withItem(place, itemNamed(document, words)));
	return failed({ ...outcome.failure, message });
}

const XEROS_LINE = /\b(?:LineItems|JournalLines) \d+ ("(?:[^"\\]|\\.)*")/g;

function withItem(place: string, item: number | undefined): string {
	return item === undefined ? place : `${place} (${placeOf([item])})`;
}

/** @param words as {@link quotedLine} makes them */
function itemNamed({ values, itemsOfLines }: LinesDocument, words: string): number | undefined {
	const items = rowsOf(values['lineItems']).flatMap((row, index) => {
		const { description } = row as { readonly description?: unknown };
		const isNamed = !isBlank(description) && quotedLine(String(description)) === words;
		return isNamed ? [itemsOfLines[index]] : [];
	});
	const [item, ...others] = new Set(items);
	return others.length === 0 ? item : undefined;
}

async function readEach(
	run: OperationRun,
	{ name, default: fallback }: Pick<INodeProperties, 'name' | 'default'>,
	items: readonly number[],
): Promise<Outcome<Said[]>> {
	const said: Said[] = [];
	for (const item of items) {
		const value = await forItem(() => success(run.parameter(name, item, fallback)));
		if (!value.ok) {
			const { message, description } = value.failure;
			return refuseInput(`${placeAtStart([item])}: ${message}`, description);
		}
		said.push({ item, value: value.value });
	}
	return success(said);
}

/** The same day is the same, whatever time an item gives behind it. What is no date stays, to be refused. */
function withDays(property: INodeProperties, value: unknown): unknown {
	if (property.type === 'dateTime') {
		const day = parseCalendarDate(value, property.displayName);
		return day.ok && day.value !== undefined ? day.value : value;
	}
	if (property.type !== 'collection' || typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => {
			const field = memberOf(property, name);
			return [name, field === undefined ? member : withDays(field, member)];
		}),
	);
}

function refuseDifference(
	property: INodeProperties,
	{ path, first, other }: Extract<Merged, { agree: false }>,
): Outcome<never> {
	const quoted = [first, other].map(({ value }) =>
		JSON.stringify(wordsOf(value).slice(0, LONGEST)),
	);
	return refuseInput(
		`${placeAtStart([first.item, other.item])}, are lines of one document, but do not agree on ${labelOf(property, path)}: ${quoted.join(' and ')}`,
		'Give all items of a document the same value, or leave it empty in all but one.',
	);
}

/** Of what two items say, as much as fits a message. */
const LONGEST = 60;

/** The name in the editor of the field that `path` leads to. */
function labelOf(property: INodeProperties, path: readonly string[]): string {
	const [name, ...further] = path;
	const member = memberOf(property, name);
	if (member !== undefined) return labelOf(member, further);
	return [property.displayName, ...path].join(' ');
}

function memberOf(
	property: INodeProperties,
	name: string | undefined,
): INodeProperties | undefined {
	return (property.options ?? []).find(
		(option): option is INodeProperties => 'type' in option && option.name === name,
	);
}
