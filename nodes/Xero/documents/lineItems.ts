import { collect, refuseInput, success, type Outcome } from '../errors/failure';
import type { Members, Writer } from '../fields/Field';
import { writeFields } from '../fields/writeFields';
import { trackingKey } from '../fields/tracking';
import { asIs, asText } from '../fields/writers';
import { isMissing } from '../values/isMissing';
import { isBlankRow } from './isBlankRow';
import { discountFields, lineItemFields } from './lineItemFields';
import { hasLineIds, type LineItemsKind } from './LineItemsKind';
import { LINES } from './lineItemsProperties';
import { mapLines } from './mapLines';
import { readLineItem } from './readLineItem';
import { readLineList } from './readLineList';
import { withEnteredDiscount, withoutComputed } from './withoutComputed';

/** Of a line of any document but manual journals. */
const otherMembers: Readonly<Record<string, Writer>> = {
	AccountID: asText('AccountID'),
	...Object.fromEntries(
		[
			...['Taxability', 'SalesTaxCodeId', 'TaxBreakdown', 'DiscountEnteredAsPercent'],
			...['Item', 'RepeatingInvoiceID', 'ValidationErrors', 'Warnings'],
		].map((name) => [name, asIs(name)]),
	),
};

/** Lines of sales invoices, bills and quotes. */
export const salesLines: LineItemsKind = {
	member: 'LineItems',
	fields: lineItemFields,
	others: otherMembers,
};

/** Lines of documents that take no discounts: credit notes and bank transactions. */
export const plainLines: LineItemsKind = {
	...salesLines,
	fields: lineItemFields.filter((field) => !discountFields.includes(field)),
};

type ReadParameter = (name: string, fallback?: unknown) => unknown;

/**
 * The array of lines to send, or nothing where the lines stay as they are or none are given.
 *
 * @param parameter reads a parameter of the item
 * @param hasKeys whether what stands for a code is another system's own
 */
export function writeLines(
	kind: LineItemsKind,
	parameter: ReadParameter,
	hasKeys = false,
): Outcome<Members> {
	return asArray(kind, readLines(keyed(kind, hasKeys), parameter), (line) => withoutComputed(line));
}

/** The same as it was given, to be merged into the lines that are there: a zero may take a discount away. */
export function givenLines(
	kind: LineItemsKind,
	parameter: ReadParameter,
	hasKeys = false,
): Outcome<Members> {
	return asArray(kind, readLines(keyed(kind, hasKeys), parameter), (line) => line);
}

/** Another system's tracking need not look like Xero's. */
function keyed(kind: LineItemsKind, hasKeys: boolean): LineItemsKind {
	if (!hasKeys) return kind;
	const fields = kind.fields.map((field) =>
		field.member === 'Tracking' ? { ...field, write: asTrackingKey } : field,
	);
	return { ...kind, fields, readTracking: trackingKey };
}

const asTrackingKey: Writer = (value) => {
	const key = trackingKey(value);
	return success(key.ok && key.value !== undefined ? { Tracking: [key.value] } : {});
};

function asArray(
	{ member }: LineItemsKind,
	lines: Outcome<Members[]>,
	each: (line: Members) => Members,
): Outcome<Members> {
	if (!lines.ok) return lines;
	const array = lines.value.map((line) => each(withEnteredDiscount(line)));
	return success(array.length === 0 ? {} : { [member]: array });
}

function readLines(kind: LineItemsKind, parameter: ReadParameter): Outcome<Members[]> {
	switch (parameter('lineItemsMode', LINES.inRows)) {
		case LINES.kept:
			return success([]);
		case LINES.asData:
			return readData(kind, parameter('lineItemsJson', '[]'));
		case LINES.mapped: {
			const entries = readLineList(parameter('lineItemsList', '[]'), 'List of Lines');
			return entries.ok
				? mapLines(kind.fields, entries.value, parameter('lineItemsColumns', {}))
				: entries;
		}
		default:
			return collect(
				rowsOf(parameter('lineItems', {})).map((row, index) =>
					withQuantity(kind, readRow(kind, row, `Line ${index + 1}`)),
				),
			);
	}
}

/** An expression that finds nothing would make a line that is worth nothing. */
function readRow({ fields }: LineItemsKind, row: unknown, label: string): Outcome<Members> {
	if (isBlankRow(row)) return refuseInput(`${label} is empty`, 'Fill it in, or remove the row.');
	const given = row as Readonly<Record<string, unknown>>;
	const lost = fields.find(
		({ isAmount, property: { name } }) =>
			isAmount === true && name in given && isMissing(given[name]),
	);
	return lost === undefined
		? writeFields(fields, row, label)
		: refuseInput(
				`${label}: ${lost.property.displayName} is ${String(given[lost.property.name])}`,
				"Check the name in its expression. Where the value may be missing, write it as {{ $json.name ?? '' }}.",
			);
}

/**
 * Of a new line with a price there is one unless its row says another number. Where it states both
 * amounts, Xero computes the number.
 */
function withQuantity(kind: LineItemsKind, line: Outcome<Members>): Outcome<Members> {
	if (!line.ok || !hasLineIds(kind)) return line;
	const { LineItemID, Quantity, UnitAmount, ItemCode, LineAmount } = line.value;
	const isOpen = (LineItemID ?? Quantity) === undefined;
	const isPriced = (UnitAmount ?? ItemCode ?? LineAmount) !== undefined;
	const isComputed = UnitAmount !== undefined && LineAmount !== undefined;
	return isOpen && isPriced && !isComputed ? success({ ...line.value, Quantity: 1 }) : line;
}

/** The rows of the parameter `lineItems`. */
export function rowsOf(value: unknown): readonly unknown[] {
	const rows = (value as { line?: unknown } | undefined)?.line;
	return Array.isArray(rows) ? rows : [];
}

function readData(kind: LineItemsKind, value: unknown): Outcome<Members[]> {
	const list = readLineList(value, 'Line Items (JSON)');
	if (!list.ok) return list;
	return collect(list.value.map((line, index) => readLineItem(kind, line, `Line ${index + 1}`)));
}
