import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { LineField } from './LineField';
import { hasLineIds, LINE_ID, memberNames, type LineItemsKind } from './LineItemsKind';

/** How the lines of a document are given: values of `lineItemsMode`. */
export const LINES = {
	kept: 'keep',
	inRows: 'rows',
	fromItems: 'items',
	asData: 'json',
	mapped: 'mapped',
} as const;

/** Of a new document, which items can only name by what they have in common. */
export function linesOfNew(kind: LineItemsKind): INodeProperties[] {
	return [
		modeField([IN_ROWS, ITEMS_OF_NEW, AS_DATA, MAPPED], LINES.inRows),
		{
			displayName: 'Group Items By',
			name: 'lineItemsGroup',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. {{ $json.invoiceNumber }}',
			description:
				'Items with the same value here become the lines of one document, in the order of the input. A fixed text puts all items into one.',
			displayOptions: { show: { lineItemsMode: [LINES.fromItems] } },
		},
		...givenLines(ofNewLine(kind)),
	];
}

/** That are added to the lines of a document that is named by another field. */
export function linesToAdd(kind: LineItemsKind): INodeProperties[] {
	return [
		modeField([IN_ROWS, ITEMS_OF_NAMED, AS_DATA, MAPPED], LINES.inRows),
		...givenLines(ofNewLine(kind)),
	];
}

/** Of a document that is named by another field, and may be there already. */
export function linesOfMatched(kind: LineItemsKind): INodeProperties[] {
	return [
		{
			...modeField([IN_ROWS, ITEMS_OF_NAMED, AS_DATA, MAPPED], LINES.inRows),
			description: 'How the lines are given. They replace those of a document that is there.',
		},
		...givenLines(ofExistingLine(kind)),
	];
}

/** Of a document that has lines already. */
export function linesOfExisting(kind: LineItemsKind): INodeProperties[] {
	const mode = modeField([AS_THEY_ARE, IN_ROWS, ITEMS_OF_NAMED, AS_DATA, MAPPED], LINES.kept);
	return [
		hasLineIds(kind)
			? mode
			: { ...mode, description: 'How the lines are given. They replace those in Xero.' },
		...givenLines(ofExistingLine(kind)),
	];
}

/** No line is there that could be named. */
function ofNewLine({ fields }: LineItemsKind): readonly LineField[] {
	return fields.filter(({ member }) => member !== LINE_ID);
}

/** A line that is named keeps what is left empty: nothing is filled in beforehand. */
function ofExistingLine({ fields }: LineItemsKind): readonly LineField[] {
	return fields.map((field) =>
		field.member === 'Quantity'
			? {
					...field,
					property: {
						...field.property,
						default: '',
						description:
							'Up to four decimals. Left empty, a line with a Line Item ID keeps what it has, and a new line has 1.',
					},
				}
			: field,
	);
}

/** Whether a field is about lines instead of the document as a whole. */
export function isLineProperty({ name }: Pick<INodeProperties, 'name'>): boolean {
	return name.startsWith('lineItems');
}

function modeField(options: INodePropertyOptions[], initial: string): INodeProperties {
	return {
		displayName: 'Line Items From',
		name: 'lineItemsMode',
		type: 'options',
		options,
		default: initial,
		description: 'How the lines are given',
	};
}

const IN_ROWS: INodePropertyOptions = {
	name: 'Fill In Below',
	value: LINES.inRows,
	description: 'One row for each line',
};

const ITEMS_OF_NEW: INodePropertyOptions = {
	name: 'Input Items',
	value: LINES.fromItems,
	description: 'Each input item is a line, such as a row of a spreadsheet; several make a document',
};

const ITEMS_OF_NAMED: INodePropertyOptions = {
	...ITEMS_OF_NEW,
	description: 'Each input item is a line; those that name the same document go to it together',
};

const AS_DATA: INodePropertyOptions = {
	name: 'JSON or Expression',
	value: LINES.asData,
	description: 'An array of lines, written as JSON or made by an expression',
};

const MAPPED: INodePropertyOptions = {
	name: 'Map From a List of the Item',
	value: LINES.mapped,
	description: 'A list with names of its own, such as the order lines of a shop',
};

const AS_THEY_ARE: INodePropertyOptions = {
	name: 'Leave as They Are',
	value: LINES.kept,
	description: 'The lines in Xero do not change',
};

function givenLines(fields: readonly LineField[]): INodeProperties[] {
	const firstColumn = fields[0]?.property.name ?? '';
	return [
		{
			displayName: 'Line Items',
			name: 'lineItems',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Line',
			default: {},
			description:
				'With Input Items, rows are filled in for each item: one row of expressions makes one line of each',
			displayOptions: { show: { lineItemsMode: [LINES.inRows, LINES.fromItems] } },
			options: [
				{ displayName: 'Line', name: 'line', values: fields.map(({ property }) => property) },
			],
		},
		{
			displayName: 'Line Items (JSON)',
			name: 'lineItemsJson',
			type: 'json',
			default: '[]',
			placeholder: `e.g. [${exampleOf(fields)}]`,
			description: `Lines in Xero's names: ${memberNames(fields).join(', ')}`,
			displayOptions: { show: { lineItemsMode: [LINES.asData] } },
		},
		{
			displayName: 'List of Lines',
			name: 'lineItemsList',
			type: 'json',
			default: '={{ $json.lines }}',
			description: 'The list whose entries become lines',
			displayOptions: { show: { lineItemsMode: [LINES.mapped] } },
		},
		{
			displayName: 'Columns',
			name: 'lineItemsColumns',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Column',
			default: {},
			description: 'Where in an entry of the list each field of a line is found',
			displayOptions: { show: { lineItemsMode: [LINES.mapped] } },
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
							description: 'What of the line the value becomes',
						},
						{
							displayName: 'From',
							name: 'from',
							type: 'string',
							default: '',
							placeholder: 'e.g. product.title',
							description:
								'Name in an entry of the list. Dots lead into it, and a ? behind it lets entries go without.',
						},
					],
				},
			],
		},
	];
}

/** One line with the members that matter most. */
function exampleOf(fields: readonly LineField[]): string {
	const members = fields.flatMap(({ member, example }) =>
		example === undefined ? [] : [`${JSON.stringify(member)}: ${JSON.stringify(example)}`],
	);
	return `{${members.join(', ')}}`;
}

function columnChoices(fields: readonly LineField[]): INodePropertyOptions[] {
	return fields
		.map(({ property: { displayName, name } }) => ({ name: displayName, value: name }))
		.sort((a, b) => a.name.localeCompare(b.name));
}
