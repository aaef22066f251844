import type { INodeProperties } from 'n8n-workflow';

import { success } from '../errors/failure';
import { forItem } from '../run/forItem';
import type { OperationRun } from '../run/OperationRun';
import { hasLineIds, type LineItemsKind } from './LineItemsKind';
import { LINES } from './lineItemsProperties';

const EXISTING = { kept: 'keep', replaced: 'replace' } as const;

/** What becomes of the lines that a document has when others are given. */
export const existingLinesField: INodeProperties = {
	displayName: 'Existing Lines',
	name: 'existingLines',
	type: 'options',
	options: [
		{
			name: 'Keep, and Change the Lines That Are Given',
			value: EXISTING.kept,
			description:
				'A line with its Line Item ID changes what is given of it; a line without one is added. Refused where the lines in Xero do not add up to its total.',
		},
		{
			name: 'Replace All',
			value: EXISTING.replaced,
			description:
				'Lines that are not given are removed; a line with its Line Item ID keeps its identity',
		},
	],
	default: 'keep',
	description: 'What becomes of the lines that the document has in Xero',
	displayOptions: {
		show: { lineItemsMode: [LINES.inRows, LINES.fromItems, LINES.asData, LINES.mapped] },
	},
};

/** Whether the lines that an item gives change those that are there. */
export function keepsLines(
	run: OperationRun,
	item: number,
	lines: LineItemsKind | undefined,
): boolean {
	return (
		lines !== undefined &&
		hasLineIds(lines) &&
		givesLines(run, item) &&
		run.parameter('existingLines', item, EXISTING.kept) === EXISTING.kept
	);
}

/** Whether the lines that an item gives are all that remain; also those of a kind without line ids. */
export function replacesLines(run: OperationRun, item: number, lines: LineItemsKind): boolean {
	return givesLines(run, item) && !keepsLines(run, item, lines);
}

function givesLines(run: OperationRun, item: number): boolean {
	return run.parameter('lineItemsMode', item, LINES.kept) !== LINES.kept;
}

/** Whether any item has to know the lines that are there. */
export async function anyKeepsLines(
	run: OperationRun,
	lines: LineItemsKind | undefined,
): Promise<boolean> {
	for (let item = 0; item < run.itemCount; item++) {
		// What cannot be read of an item is said where its change is built.
		const kept = await forItem(() => success(keepsLines(run, item, lines)));
		if (kept.ok && kept.value) return true;
	}
	return false;
}
