import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { collect, refuseInput, success, type Outcome } from '../../errors/failure';
import type { Field, Members } from './Field';
import { discountFields, lineItemFields, readLineItem } from './lineItemFields';
import { writeFields } from './writeFields';

/** The lines of one kind of document. */
export interface LineItemsKind {
	/** Xero's name of the array. */
	readonly member: string;
	/** The columns of one line. */
	readonly fields: readonly Field[];
}

/** Lines of sales invoices, bills and quotes. */
export const salesLines: LineItemsKind = { member: 'LineItems', fields: lineItemFields };

/** Lines of documents that take no discounts: credit notes, purchase orders, bank transactions. */
export const plainLines: LineItemsKind = {
	member: 'LineItems',
	fields: lineItemFields.filter((field) => !discountFields.includes(field)),
};

export interface LineItemsInput {
	/** How the lines of a new document are given. */
	readonly forNew: INodeProperties[];
	/** How the lines of an existing document change. */
	readonly forExisting: INodeProperties[];
	/**
	 * The array of lines, or nothing where the lines stay as they are or none are given.
	 *
	 * @param parameter reads a parameter of the item
	 */
	write(parameter: (name: string, fallback?: unknown) => unknown): Outcome<Members>;
}

export function lineItemsInput(kind: LineItemsKind): LineItemsInput {
	return {
		forNew: [
			{
				displayName: 'Line Items From',
				name: 'lineItemsMode',
				type: 'options',
				options: [IN_ROWS, AS_DATA, MAPPED],
				default: 'rows',
			},
			...givenLines(kind),
		],
		forExisting: [
			{
				displayName: 'Line Items From',
				name: 'lineItemsMode',
				type: 'options',
				options: [AS_THEY_ARE, IN_ROWS, AS_DATA, MAPPED],
				default: 'keep',
				description:
					'Lines that are given replace those in Xero; a line given with its Line Item ID keeps its identity',
			},
			...givenLines(kind),
		],
		write(parameter) {
			const lines = readLines(kind, parameter);
			if (!lines.ok) return lines;
			return success(lines.value.length === 0 ? {} : { [kind.member]: lines.value });
		},
	};
}

const IN_ROWS: INodePropertyOptions = {
	name: 'Fill In Below',
	value: 'rows',
	description: 'One row for each line',
};

const AS_DATA: INodePropertyOptions = {
	name: 'JSON or Expression',
	value: 'json',
	description: 'An array of lines, written as JSON or made by an expression',
};

const MAPPED: INodePropertyOptions = {
	name: 'Map From a List of the Item',
	value: 'mapped',
	description: 'A list with names of its own, such as the order lines of a shop',
};

const AS_THEY_ARE: INodePropertyOptions = {
	name: 'Leave as They Are',
	value: 'keep',
	description: 'The lines in Xero do not change',
};

function givenLines({ fields }: LineItemsKind): INodeProperties[] {
	const firstColumn = fields[0]?.property.name ?? '';
	return [
		{
			displayName: 'Line Items',
			name: 'lineItems',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Line',
			default: {},
			displayOptions: { show: { lineItemsMode: ['rows'] } },
			options: [
				{ displayName: 'Line', name: 'line', values: fields.map(({ property }) => property) },
			],
		},
		{
			displayName: 'Line Items (JSON)',
			name: 'lineItemsJson',
			type: 'json',
			default: '[]',
			placeholder:
				'e.g. [{"Description": "Consulting", "Quantity": 1, "UnitAmount": "120.50", "AccountCode": "200"}]',
			description:
				"Lines in Xero's names: Description, Quantity, UnitAmount, AccountCode, TaxType, ItemCode, DiscountRate, Tracking, LineItemID",
			displayOptions: { show: { lineItemsMode: ['json'] } },
		},
		{
			displayName: 'List of Lines',
			name: 'lineItemsList',
			type: 'json',
			default: '={{ $json.lines }}',
			description: 'The list whose entries become lines',
			displayOptions: { show: { lineItemsMode: ['mapped'] } },
		},
		{
			displayName: 'Columns',
			name: 'lineItemsColumns',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Column',
			default: {},
			displayOptions: { show: { lineItemsMode: ['mapped'] } },
			options: [
				{
					displayName: 'Column',
					name: 'column',
					values: [
						{
							displayName: 'Line Field',
							name: 'field',
							type: 'options',
							options: columnChoices(fields),
							default: firstColumn,
						},
						{
							displayName: 'From',
							name: 'from',
							type: 'string',
							default: '',
							placeholder: 'e.g. product.title',
							description: 'Name in an entry of the list; dots lead into it',
						},
					],
				},
			],
		},
	];
}

function columnChoices(fields: readonly Field[]): INodePropertyOptions[] {
	return fields
		.map(({ property: { displayName, name } }) => ({ name: displayName, value: name }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

function readLines(
	{ fields }: LineItemsKind,
	parameter: (name: string, fallback?: unknown) => unknown,
): Outcome<Members[]> {
	switch (parameter('lineItemsMode', 'rows')) {
		case 'keep':
			return success([]);
		case 'json':
			return readData(parameter('lineItemsJson', '[]'));
		case 'mapped':
			return readMapped(
				fields,
				parameter('lineItemsList', '[]'),
				parameter('lineItemsColumns', {}),
			);
		default:
			return readRows(fields, parameter('lineItems', {}));
	}
}

function readRows(fields: readonly Field[], value: unknown): Outcome<Members[]> {
	const lines = (value as { line?: unknown } | undefined)?.line;
	if (!Array.isArray(lines)) return success([]);
	return collect(lines.map((line, index) => writeFields(fields, line, `Line ${index + 1}`)));
}

function readData(value: unknown): Outcome<Members[]> {
	const list = readList(value);
	if (!list.ok) return list;
	return collect(list.value.map((line, index) => readLineItem(line, `Line ${index + 1}`)));
}

function readMapped(
	fields: readonly Field[],
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
