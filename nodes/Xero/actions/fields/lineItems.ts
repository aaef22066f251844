import type { INodeProperties } from 'n8n-workflow';

import { collect, refuseInput, success, type Outcome } from '../../errors/failure';
import type { Members } from './Field';
import { lineItemFields, readLineItem } from './lineItemFields';
import { writeFields } from './writeFields';

const IN_ROWS = {
	name: 'Fill In Below',
	value: 'rows',
	description: 'One row for each line',
};

const AS_DATA = {
	name: 'JSON or Expression',
	value: 'json',
	description: 'An array of lines, written as JSON or made by an expression',
};

const AS_THEY_ARE = {
	name: 'Leave as They Are',
	value: 'keep',
	description: 'The lines in Xero do not change',
};

const rows: INodeProperties = {
	displayName: 'Line Items',
	name: 'lineItems',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Line',
	default: {},
	displayOptions: { show: { lineItemsMode: ['rows'] } },
	options: [
		{
			displayName: 'Line',
			name: 'line',
			values: lineItemFields.map(({ property }) => property),
		},
	],
};

const data: INodeProperties = {
	displayName: 'Line Items (JSON)',
	name: 'lineItemsJson',
	type: 'json',
	default: '[]',
	placeholder:
		'e.g. [{"Description": "Consulting", "Quantity": 1, "UnitAmount": "120.50", "AccountCode": "200"}]',
	description:
		"Lines in Xero's names: Description, Quantity, UnitAmount, AccountCode, TaxType, ItemCode, DiscountRate, Tracking, LineItemID",
	displayOptions: { show: { lineItemsMode: ['json'] } },
};

/** How the lines of a new document are given. */
export const newLineItemProperties: INodeProperties[] = [
	{
		displayName: 'Line Items From',
		name: 'lineItemsMode',
		type: 'options',
		options: [IN_ROWS, AS_DATA],
		default: 'rows',
	},
	rows,
	data,
];

/** How the lines of an existing document change. */
export const changedLineItemProperties: INodeProperties[] = [
	{
		displayName: 'Line Items From',
		name: 'lineItemsMode',
		type: 'options',
		options: [AS_THEY_ARE, IN_ROWS, AS_DATA],
		default: 'keep',
		description:
			'Lines that are given replace those in Xero; a line given with its Line Item ID keeps its identity',
	},
	rows,
	data,
];

/**
 * The `LineItems` member, or nothing where the lines stay as they are or none are given.
 *
 * @param parameter reads a parameter of the item
 */
export function writeLineItems(parameter: (name: string) => unknown): Outcome<Members> {
	const mode = parameter('lineItemsMode');
	if (mode === 'keep') return success({});
	const lines =
		mode === 'json' ? readData(parameter('lineItemsJson')) : readRows(parameter('lineItems'));
	if (!lines.ok) return lines;
	return success(lines.value.length === 0 ? {} : { LineItems: lines.value });
}

function readRows(value: unknown): Outcome<Members[]> {
	const lines = (value as { line?: unknown } | undefined)?.line;
	if (!Array.isArray(lines)) return success([]);
	return collect(
		lines.map((line, index) => writeFields(lineItemFields, line, `Line ${index + 1}`)),
	);
}

function readData(value: unknown): Outcome<Members[]> {
	const lines = typeof value === 'string' ? parseLines(value) : success(value);
	if (!lines.ok) return lines;
	const list = Array.isArray(lines.value) ? lines.value : [lines.value];
	return collect(list.map((line, index) => readLineItem(line, `Line ${index + 1}`)));
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
