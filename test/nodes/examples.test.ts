import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import type { WorkflowDefinition } from '../support/n8nEngine';
import { repositoryRoot } from '../support/repositoryRoot';
import { connectEngine, type ConnectedEngine } from './support/connectedEngine';

const FOLDER = join(repositoryRoot, 'examples');
const FILES = readdirSync(FOLDER).filter(
	(file) => file.endsWith('.json') && file !== 'tsconfig.json',
);

/** What a user imports, with the test's OAuth2 credential in the place of the hub's. */
function importExample(file: string): WorkflowDefinition & { readonly name: string } {
	const workflow = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as {
		readonly name: string;
		readonly nodes: INode[];
		readonly connections: WorkflowDefinition['connections'];
	};
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.type === 'n8n-nodes-xero-hub.xeroHub'
				? {
						...node,
						parameters: { ...node.parameters, authentication: 'oAuth2' },
						credentials: { xeroAccountingOAuth2Api: { id: 'xero', name: 'Xero' } },
					}
				: node,
		),
	};
}

describe('the example workflows', () => {
	let t: ConnectedEngine;
	beforeAll(async () => {
		t = await connectEngine();
	});
	afterAll(() => t.close());

	it.each(FILES)('%s can be imported: names, ids and connections fit', (file) => {
		const { nodes, connections = {} } = importExample(file);
		const names = nodes.map(({ name }) => name);

		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		for (const [from, { main = [] }] of Object.entries(connections)) {
			expect(names).toContain(from);
			for (const target of main.flat()) expect(names).toContain(target?.node);
		}
	});

	it('changed-invoices-every-hour.json gives out the invoices', async () => {
		const run = await t.engine.run(importExample('changed-invoices-every-hour.json'));

		expect(run.error).toBeUndefined();
		expect(run.itemsOf('Changed invoices').length).toBe((await t.read('Invoices?page=1')).length);
	});

	it('remind-of-overdue-invoices.json sends each overdue invoice again', async () => {
		const run = await t.engine.run(importExample('remind-of-overdue-invoices.json'));

		const overdue = run.itemsOf('Overdue sales invoices');
		expect(run.error).toBeUndefined();
		expect(overdue.length).toBeGreaterThan(0);
		expect(run.itemsOf('Send it again')).toHaveLength(overdue.length);
		expect(run.itemsOf('Send it again').some(({ json }) => json['sent'] === true)).toBe(true);
	});

	it('invoices-from-rows.json drafts an invoice for each row in one request', async () => {
		await t.sandbox.forgetRequests();
		const rows = Array.from({ length: 40 }, (_, row) => ({
			json: {
				customer: `Customer ${row}`,
				order: `Order ${row}`,
				lines: [{ Description: 'Tea', Quantity: '2', UnitAmount: '4.50', AccountCode: '200' }],
			},
		}));

		const run = await t.engine.run(importExample('invoices-from-rows.json'), { input: rows });

		const puts = (await t.sandbox.requests()).filter(({ method }) => method === 'PUT');
		expect(run.error).toBeUndefined();
		expect(run.itemsOf('Draft invoices').map(({ json }) => json['Reference'])).toEqual(
			rows.map(({ json }) => json.order),
		);
		expect(puts).toHaveLength(1);
	});
});
