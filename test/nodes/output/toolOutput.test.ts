import { NodeHelpers, type INode, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { contactKind } from '../../../nodes/Xero/kinds/contactKind';
import { creditNoteKind } from '../../../nodes/Xero/kinds/creditNoteKind';
import { invoiceKind } from '../../../nodes/Xero/kinds/invoiceKind';
import { itemKind } from '../../../nodes/Xero/kinds/itemKind';
import { paymentKind } from '../../../nodes/Xero/kinds/paymentKind';
import { quoteKind } from '../../../nodes/Xero/kinds/quoteKind';
import { resources } from '../../../nodes/Xero/resources/resources';
import { toolOutput } from '../../../nodes/Xero/output/toolOutput';
import { Xero } from '../../../nodes/Xero/Xero.node';
import accounting from '../../sandbox/schemas/accounting.json';

const { description } = new Xero();

/** The parameters that n8n fills in for an operation, of the node or of the tool that it makes of it. */
function parametersOf(parameters: INodeParameters, as: 'node' | 'tool'): INodeParameters {
	const name = as === 'tool' ? `${description.name}Tool` : description.name;
	const node = { type: `n8n-nodes-xero-hub.${name}`, typeVersion: 1, parameters } as INode;
	const filled = NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		true,
		false,
		node,
		{ ...description, name },
	);
	return filled ?? {};
}

/** Names of the properties that an operation shows below its Options. */
function optionsOf({ options = [] }: INodeProperties): string[] {
	return options.map(({ name }) => name);
}

describe('Output of a tool', () => {
	it.each([
		['contact', 'getAll'],
		['contact', 'get'],
		['contact', 'create'],
		['invoice', 'voidOrDelete'],
	])('takes the place of Simplify in %s: %s, and is simplified', (resource, operation) => {
		const tool = parametersOf({ resource, operation }, 'tool');
		const node = parametersOf({ resource, operation }, 'node');

		expect(tool).toMatchObject({ output: 'simplified' });
		expect(tool).not.toHaveProperty('simplify');
		expect(node).not.toHaveProperty('output');
	});

	it('asks for the fields where they are to be selected', () => {
		const selected = { resource: 'user', operation: 'get', output: 'selected' };

		expect(parametersOf(selected, 'tool')).toHaveProperty('fieldsToReturn', []);
		expect(parametersOf({ ...selected, output: 'raw' }, 'tool')).not.toHaveProperty(
			'fieldsToReturn',
		);
	});

	it('is there for every operation that simplifies records, with fields to select', () => {
		const offering = Object.entries(resources).flatMap(([resource, { operations }]) =>
			Object.entries(operations)
				.filter(([, { description: fields }]) =>
					fields.some((field) => [field.name, ...optionsOf(field)].includes('simplify')),
				)
				.map(([operation]) => `${resource}: ${operation}`),
		);

		const output = toolOutput(Object.values(resources)).flatMap(({ name, displayOptions }) =>
			name === 'output'
				? (displayOptions?.show?.operation ?? []).map(
						(operation) => `${String(displayOptions?.show?.resource)}: ${String(operation)}`,
					)
				: [],
		);

		expect(output.length).toBeGreaterThan(50);
		expect(output.sort()).toEqual(offering.filter((one) => !one.startsWith('report: ')).sort());
		for (const { name, options } of toolOutput(Object.values(resources))) {
			if (name === 'fieldsToReturn') expect(options).not.toEqual([]);
		}
	});

	it.each([
		['contact', contactKind, accounting.$defs.Contact],
		['creditNote', creditNoteKind, accounting.$defs.CreditNote],
		['invoice', invoiceKind, accounting.$defs.Invoice],
		['item', itemKind, accounting.$defs.Item],
		['payment', paymentKind, accounting.$defs.Payment],
		['quote', quoteKind, accounting.$defs.Quote],
	])('offers fields that Xero or the simplified %s has, the id aside', (resource, kind, schema) => {
		const simplified = Object.keys(kind.simplify({}));

		const offered = resources[resource]?.returnable ?? [];

		expect([...Object.keys(schema.properties), ...simplified]).toEqual(
			expect.arrayContaining([...offered]),
		);
		expect([kind.collection.idField, ...offered]).toEqual(expect.arrayContaining(simplified));
		expect(offered).not.toContain(kind.collection.idField);
		expect(offered).toEqual([...offered].sort());
	});
});
