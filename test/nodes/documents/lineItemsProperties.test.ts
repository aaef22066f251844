import type { INodeProperties } from 'n8n-workflow';

import { plainLines, salesLines } from '../../../nodes/Xero/documents/lineItems';
import { memberNames, type LineItemsKind } from '../../../nodes/Xero/documents/LineItemsKind';
import {
	linesOfExisting,
	linesOfMatched,
	linesOfNew,
	linesToAdd,
} from '../../../nodes/Xero/documents/lineItemsProperties';
import { journalLines } from '../../../nodes/Xero/resources/manualJournal/journalLines';
import { orderLines } from '../../../nodes/Xero/resources/purchaseOrder/orderLines';
import { resources } from '../../../nodes/Xero/resources/resources';

const kinds: Record<string, LineItemsKind> = { salesLines, plainLines, orderLines, journalLines };
const cases = Object.keys(kinds).flatMap((kind) =>
	[linesOfNew, linesToAdd, linesOfMatched, linesOfExisting].map(
		(properties) => [kind, properties.name, properties] as const,
	),
);
const jsonField = (properties: readonly INodeProperties[]) =>
	properties.find(({ name }) => name === 'lineItemsJson');
const hintOf = (properties: readonly INodeProperties[]): string[] =>
	(jsonField(properties)?.description ?? '').replace(/^.*: /, '').split(', ');

describe('Line Items (JSON)', () => {
	it.each(cases)('names of %s, in %s, what such a line takes', (kind, _, properties) => {
		const { fields } = kinds[kind] as LineItemsKind;
		const given = properties(kinds[kind] as LineItemsKind);
		const example = JSON.parse(
			String(jsonField(given)?.placeholder).replace('e.g. ', ''),
		) as object[];

		const named = [...hintOf(given), ...example.flatMap((line) => Object.keys(line))];

		expect(memberNames(fields)).toEqual(expect.arrayContaining(named));
		expect(named.length).toBeGreaterThan(4);
	});

	it.each([
		['manualJournal', ['Quantity', 'UnitAmount', 'LineItemID']],
		['creditNote', ['DiscountRate', 'DiscountAmount']],
		['bankTransaction', ['DiscountRate', 'DiscountAmount']],
		['purchaseOrder', ['DiscountAmount']],
	])('promises nothing that Xero refuses: %s', (resource, refused) => {
		for (const operation of ['create', 'update']) {
			const hint = hintOf(resources[resource]?.operations[operation]?.description ?? []);

			expect(hint).toContain('AccountCode');
			for (const name of refused) expect(hint).not.toContain(name);
		}
	});

	it('names no line of a document that is not there yet', () => {
		expect(hintOf(linesOfNew(salesLines))).not.toContain('LineItemID');
		expect(hintOf(linesOfExisting(salesLines))).toContain('LineItemID');
	});
});

it('a journal is told that its lines are replaced', () => {
	const [mode] = linesOfExisting(journalLines);

	expect(mode?.description).toBe('How the lines are given. They replace those in Xero.');
});
