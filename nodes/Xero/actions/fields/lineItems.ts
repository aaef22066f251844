import { collect, refuseInput, success, type Outcome } from '../../errors/failure';
import type { Members, Writer } from './Field';
import { discountFields, lineItemFields } from './lineItemFields';
import type { LineItemsKind } from './LineItemsKind';
import { LINES } from './lineItemsProperties';
import { readLineItem } from './readLineItem';
import { asIs, asText } from './writers';
import { writeFields } from './writeFields';

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

/**
 * The array of lines, or nothing where the lines stay as they are or none are given.
 *
 * @param parameter reads a parameter of the item
 */
export function writeLines(
	kind: LineItemsKind,
	parameter: (name: string, fallback?: unknown) => unknown,
): Outcome<Members> {
	const lines = readLines(kind, parameter);
	if (!lines.ok) return lines;
	return success(lines.value.length === 0 ? {} : { [kind.member]: lines.value });
}

function readLines(
	kind: LineItemsKind,
	parameter: (name: string, fallback?: unknown) => unknown,
): Outcome<Members[]> {
	switch (parameter('lineItemsMode', LINES.inRows)) {
		case LINES.kept:
			return success([]);
		case LINES.asData:
			return readData(kind, parameter('lineItemsJson', '[]'));
		case LINES.mapped:
			return readMapped(kind, parameter('lineItemsList', '[]'), parameter('lineItemsColumns', {}));
		default:
			return collect(
				rowsOf(parameter('lineItems', {})).map((row, index) =>
					writeFields(kind.fields, row, `Line ${index + 1}`),
				),
			);
	}
}

/** The rows of the parameter `lineItems`. */
export function rowsOf(value: unknown): readonly unknown[] {
	const rows = (value as { line?: unknown } | undefined)?.line;
	return Array.isArray(rows) ? rows : [];
}

function readData(kind: LineItemsKind, value: unknown): Outcome<Members[]> {
	const list = readList(value);
	if (!list.ok) return list;
	return collect(list.value.map((line, index) => readLineItem(kind, line, `Line ${index + 1}`)));
}

function readMapped(
	{ fields }: LineItemsKind,
	value: unknown,
	columns: unknown,
): Outcome<Members[]> {
	const list = readList(value);
	if (!list.ok) return list;
	const chosen = (columns as { column?: ReadonlyArray<Record<string, unknown>> }).column ?? [];
	if (chosen.length === 0) {
		return refuseInput('No column of the lines is mapped', 'Add Columns, such as Description.');
	}
	return collect(
		list.value.map((entry, index) => {
			const row = chosen.map(({ field, from }) => [field, valueAt(entry, String(from))] as const);
			return writeFields(fields, Object.fromEntries(row), `Line ${index + 1}`);
		}),
	);
}

/** `product.title` of `{ product: { title: … } }`. */
function valueAt(entry: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(value, name) =>
				typeof value === 'object' && value !== null
					? (value as Record<string, unknown>)[name.trim()]
					: undefined,
			entry,
		);
}

function readList(value: unknown): Outcome<unknown[]> {
	const given = typeof value === 'string' ? parseLines(value) : success(value);
	if (!given.ok) return given;
	if (given.value === undefined || given.value === null) return success([]);
	return success(Array.isArray(given.value) ? given.value : [given.value]);
}

function parseLines(text: string): Outcome<unknown> {
	if (text.trim() === '') return success([]);
	try {
		return success(JSON.parse(text));
	} catch (error) {
		return refuseInput(
			`Line Items is not JSON: ${(error as Error).message}`,
			'Write an array such as [{"Description": "Consulting", "UnitAmount": "120.50"}].',
		);
	}
}
