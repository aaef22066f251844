import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const newInvoice: INodeParameters = {
	resource: 'invoice',
	operation: 'create',
	type: 'ACCREC',
	contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
	lineItemsMode: 'json',
	lineItemsJson: '={{ [{ description: "Goods", unitAmount: 10, accountCode: "200" }] }}',
	additionalFields: { reference: '={{ $json.reference }}' },
};

/** Sent once and twice more: what the node itself tries. */
const TRIES = 3;

/** Two requests. */
const COUNT = 60;

describe('writes whose answers are lost', () => {
	let xero: ConnectedEngine;

	beforeEach(async () => {
		xero = await connectEngine();
	});
	afterEach(async () => {
		await xero.close();
	});

	const workflow = xeroWorkflow({ parameters: newInvoice });
	const input = itemsOf(COUNT, (index) => ({ reference: `Once ${index}` }));
	const run = async () => await xero.engine.run(workflow, { input, mode: 'trigger' });
	const lose = async (times: number) =>
		await xero.sandbox.setFaults({ dropAfterCommit: { path: '/Invoices', method: 'PUT', times } });
	const keys = async () =>
		(await xero.sandbox.requests())
			.filter(({ method }) => method === 'PUT')
			.map(({ idempotencyKey }) => idempotencyKey);
	const held = async () => await xero.read('Invoices?page=1&pageSize=1000&searchTerm=Once');

	it('leave one record for each item, under the same key at every try', async () => {
		await lose(TRIES - 1);

		const execution = await run();

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf(XERO_NODE)).toHaveLength(COUNT);
		expect(await held()).toHaveLength(COUNT);
		const [first, second, third, other] = await keys();
		expect([second, third]).toEqual([first, first]);
		expect(other).not.toBe(first);
	});

	it('leave one record for each item when the execution that failed of it is retried', async () => {
		await lose(TRIES);
		const failed = await run();
		const afterFailure = await held();

		const retried = await xero.engine.retry(workflow, failed, 'original');

		expect(failed.error).toMatchObject({
			message: expect.stringContaining('did not answer'),
			description: expect.stringContaining('not known whether the records were saved'),
		});
		expect(afterFailure).toHaveLength(50);
		expect(retried.id).not.toBe(failed.id);
		expect(retried.itemsOf(XERO_NODE)).toHaveLength(COUNT);
		expect(await held()).toHaveLength(COUNT);
	});

	it('are written anew by another execution, which wants its own records', async () => {
		await run();
		await run();

		expect(await held()).toHaveLength(2 * COUNT);
	});

	it('are not made twice by a retry that reads what its first try has changed', async () => {
		const created = await xero.engine.run(workflow, { input: input.slice(0, 2) });
		const ids = created.itemsOf(XERO_NODE).map(({ json }) => json.InvoiceID);
		const addLine = xeroWorkflow({
			parameters: {
				resource: 'invoice',
				operation: 'addLines',
				invoice: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				lineItemsMode: 'json',
				lineItemsJson: '={{ [{ description: "Freight", unitAmount: 5, accountCode: "200" }] }}',
			},
		});
		await xero.sandbox.setFaults({
			dropAfterCommit: { path: '/Invoices', method: 'POST', times: TRIES },
		});
		const named = { input: ids.map((id) => ({ json: { id } })), mode: 'trigger' } as const;
		const failed = await xero.engine.run(addLine, named);

		const retried = await xero.engine.retry(addLine, failed, 'original');

		expect(failed.error?.message).toMatch('did not answer');
		expect(retried.error).toMatchObject({
			message: expect.stringContaining('different request'),
			description: expect.stringContaining('An earlier try has reached Xero'),
		});
		const descriptions = (await held()).map(({ LineItems }) =>
			(LineItems as { Description: string }[]).map(({ Description }) => Description),
		);
		expect(descriptions).toEqual([
			['Freight', 'Goods'],
			['Freight', 'Goods'],
		]);
	});
});
