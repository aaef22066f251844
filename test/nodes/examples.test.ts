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

/** What runs them: the engine here, and a full n8n what begins with the hub or with a chat. */
const RUNNERS = [
	'test/nodes/examples.test.ts',
	'test/nodes/examplesWithAnotherSystem.test.ts',
	'test/e2e/n8n/importedWorkflows.test.ts',
	'test/e2e/n8n/agent.test.ts',
];

/** Hosts that nobody has (RFC 2606), and Xero's own pages. */
const PLACEHOLDER_HOSTS = /^(?:[\w.-]+\.)?example(?:\.com)?$|^go\.xero\.com$/;

/** A node with its name and subtitle below it, as n8n 2 draws it. */
const NODE = { width: 260, height: 160 };

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** The newest versions in `n8n-nodes-base` 1.80.0, of the oldest n8n that the pack runs on. */
const NEWEST_IN_1_80: Readonly<Record<string, number>> = {
	'n8n-nodes-base.convertToFile': 1.1,
	'n8n-nodes-base.emailSend': 2.1,
	'n8n-nodes-base.extractFromFile': 1,
	'n8n-nodes-base.filter': 2.2,
	'n8n-nodes-base.formTrigger': 2.2,
	'n8n-nodes-base.httpRequest': 4.2,
	'n8n-nodes-base.manualTrigger': 1,
	'n8n-nodes-base.merge': 3,
	'n8n-nodes-base.noOp': 1,
	'n8n-nodes-base.readWriteFile': 1,
	'n8n-nodes-base.removeDuplicates': 2,
	'n8n-nodes-base.scheduleTrigger': 1.2,
	'n8n-nodes-base.set': 3.4,
	[STICKY_NOTE]: 1,
};

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
		for (const [from, outputs] of Object.entries(connections)) {
			expect(names).toContain(from);
			for (const target of Object.values(outputs).flat(2)) expect(names).toContain(target?.node);
		}
	});

	it.each(FILES)('%s uses none of n8n’s own nodes that n8n 1.80 does not have', (file) => {
		const newer = importExample(file).nodes.filter(
			({ type, typeVersion }) =>
				type.startsWith('n8n-nodes-base.') && typeVersion > (NEWEST_IN_1_80[type] ?? 0),
		);

		expect(newer).toEqual([]);
	});

	it.each(FILES)('%s says what it does, what to set and what to change', (file) => {
		const { nodes } = importExample(file);
		const notes = nodes.filter(({ type }) => type === STICKY_NOTE);
		const text = notes.map(({ parameters }) => String(parameters['content'])).join('\n');

		for (const title of ['What it does', 'What to set', 'What to change']) {
			expect(text).toContain(`## ${title}\n`);
		}
		const named = [...text.matchAll(/\*\*(.+?)\*\*/g)].map(([, name]) => name);
		const steps = nodes.filter(({ type }) => type !== STICKY_NOTE).map(({ name }) => name);
		expect(named.length).toBeGreaterThan(0);
		expect(steps).toEqual(expect.arrayContaining(named));
	});

	it.each(FILES)('%s has notes that cover no node and no other note', (file) => {
		const boxes = importExample(file).nodes.map(({ type, name, position: [x, y], parameters }) => {
			const isNote = type === STICKY_NOTE;
			const [width, height] = isNote
				? [Number(parameters['width']), Number(parameters['height'])]
				: [NODE.width, NODE.height];
			return { name, isNote, x, y, right: x + width, bottom: y + height };
		});

		const covered = boxes
			.filter(({ isNote }) => isNote)
			.flatMap((note) =>
				boxes
					.filter((other) => other !== note && other.x < note.right && note.x < other.right)
					.filter((other) => other.y < note.bottom && note.y < other.bottom)
					.map(({ name }) => `${note.name}: ${name}`),
			);
		expect(covered).toEqual([]);
	});

	it.each(FILES)('%s names no address that could be somebody’s', (file) => {
		const steps = importExample(file).nodes.filter(({ type }) => type !== STICKY_NOTE);
		const hosts = [...JSON.stringify(steps).matchAll(/https?:\/\/([\w.-]+)/g)].map(
			([, host]) => host,
		);

		expect(hosts.filter((host) => !PLACEHOLDER_HOSTS.test(String(host)))).toEqual([]);
	});

	it.each(FILES)('%s is run by a test', (file) => {
		const tests = RUNNERS.map((path) => readFileSync(join(repositoryRoot, path), 'utf8'));

		expect(tests.some((text) => text.includes(`'${file}`))).toBe(true);
	});

	it('changed-invoices-every-hour.json hands on every invoice once', async () => {
		const example = importExample('changed-invoices-every-hour.json');

		const first = await t.engine.run(example, { mode: 'trigger' });
		const second = await t.engine.run(example, { mode: 'trigger' });

		expect([first.error, second.error]).toEqual([undefined, undefined]);
		expect(first.itemsOf('Your own steps')).toHaveLength((await t.read('Invoices?page=1')).length);
		expect(second.itemsOf('Changed invoices')).toEqual([]);
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

	it('spreadsheet-rows-to-invoices.json makes an invoice of the rows with one number', async () => {
		await t.sandbox.forgetRequests();
		const rows = csvRows('spreadsheet-rows-to-invoices.csv');

		const run = await t.engine.run(importExample('spreadsheet-rows-to-invoices.json'), {
			input: [...rows, { ...rows[0], 'Invoice Number': 'SHEET-3', Account: 'none' }].map(
				(json) => ({
					json,
				}),
			),
		});

		expect(run.error).toBeUndefined();
		expect(run.itemsOf('Draft invoices').map(({ json }) => json)).toMatchObject([
			{
				InvoiceNumber: 'SHEET-1',
				Contact: { Name: 'Ridgeway University' },
				DueDate: '2026-12-02',
				SubTotal: 46,
				LineItems: [
					{ Quantity: 2.5, UnitAmount: 18.4, Tracking: [{ Name: 'Region', Option: 'North' }] },
					{ Description: 'Teapot', Tracking: [{ Name: 'Region', Option: 'South' }] },
					{ Description: 'Returned teapot', Quantity: -1 },
				],
			},
			{ InvoiceNumber: 'SHEET-2', LineItems: [{ UnitAmount: 120.505 }, { Description: 'Travel' }] },
		]);
		expect(run.itemsOf('Rows to correct')).toMatchObject([
			{ json: { 'Invoice Number': 'SHEET-3', error: expect.stringContaining("'none'") } },
		]);
		const puts = (await t.sandbox.requests()).filter(({ method }) => method === 'PUT');
		expect(puts).toMatchObject([{ elements: 3 }]);
	});
});

/** What n8n's own *Extract from File* gives out: all of it text. */
function csvRows(file: string): Array<Record<string, string | undefined>> {
	const [head = [], ...rows] = readFileSync(join(FOLDER, file), 'utf8')
		.trim()
		.split('\n')
		.map((line) => line.split(','));
	return rows.map((cells) => Object.fromEntries(head.map((name, column) => [name, cells[column]])));
}
