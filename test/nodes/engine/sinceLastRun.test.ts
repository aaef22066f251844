import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const changedContacts: INodeParameters = {
	resource: 'contact',
	operation: 'getAll',
	returnAll: true,
	sinceLastRun: true,
};

describe('only since the last successful run', () => {
	let xero: ConnectedEngine;

	beforeEach(async () => {
		xero = await connectEngine();
	});
	afterEach(async () => {
		await xero.close();
	});

	const publishedRun = async (parameters: INodeParameters) =>
		await xero.engine.run(xeroWorkflow({ parameters }), { mode: 'trigger' });
	const run = async (changes: INodeParameters = {}) =>
		await publishedRun({ ...changedContacts, ...changes });
	const names = async (changes: INodeParameters = {}) =>
		(await run(changes)).itemsOf(XERO_NODE).map(({ json }) => json['Name']);
	const create = async (...created: string[]) => {
		const parameters = { resource: 'contact', operation: 'create', name: '={{ $json.name }}' };
		await xero.engine.run(xeroWorkflow({ parameters }), {
			input: itemsOf(created.length, (index) => ({ name: created[index] })),
		});
	};

	it('gives everything first, then only what is new or changed', async () => {
		const total = (await xero.read('Contacts')).length;

		const first = await names();
		const second = await names();
		await create('Newcomer');
		const third = await names();
		const fourth = await names();

		expect(first).toHaveLength(total);
		expect([second, third, fourth]).toEqual([[], ['Newcomer'], []]);
	});

	it('asks Xero only for changes, with some overlap', async () => {
		await run();
		await xero.sandbox.setFaults({ status: { path: '/Contacts', status: 503, times: 3 } });
		const failing = await run();
		await xero.sandbox.setFaults({});
		await create('After the failure');

		expect(failing.error?.httpCode).toBe('503');
		expect(await names()).toEqual(['After the failure']);
	});

	it('goes on where the limit cut, oldest change first', async () => {
		await run();
		await create('One', 'Two', 'Three');

		const first = await names({ returnAll: false, limit: 2 });
		const second = await names({ returnAll: false, limit: 2 });

		expect(first).toHaveLength(2);
		expect([...first, ...second].sort()).toEqual(['One', 'Three', 'Two']);
	});

	it('remembers each list by itself', async () => {
		await run();
		const [contact] = await xero.read('Contacts');
		const name = String(contact?.['Name']);

		expect(await names({ filters: { name } })).toEqual([name]);
	});

	it('goes on where the limit cut a list that Xero gives whole', async () => {
		const list: INodeParameters = {
			resource: 'item',
			operation: 'getAll',
			returnAll: false,
			limit: 2,
			sinceLastRun: true,
		};
		const all = (await xero.read('Items')).map(({ Code }) => Code);
		const given: unknown[] = [];
		for (let read = 0; read <= all.length / 2; read += 1) {
			const { itemsOf } = await publishedRun(list);
			given.push(...itemsOf(XERO_NODE).map(({ json }) => json['Code']));
		}

		expect(given.sort()).toEqual(all.sort());
	});

	it.each([
		['bankTransfer', 'BankTransferID'],
		['account', 'AccountID'],
		['purchaseOrder', 'PurchaseOrderID'],
	])('gives nothing twice where Xero tells less of a record: %s', async (resource, idField) => {
		await xero.sandbox.call(xero.tokens, xero.tenantId, 'PUT', '/api.xro/2.0/BankTransfers', {
			BankTransfers: [
				{
					FromBankAccount: { Code: '090' },
					ToBankAccount: { Code: '091' },
					Amount: 10,
				},
			],
		});
		const list: INodeParameters = { resource, operation: 'getAll', limit: 100, sinceLastRun: true };

		const first = await publishedRun(list);
		const second = await publishedRun(list);

		const ids = first.itemsOf(XERO_NODE).map(({ json }) => json[idField]);
		expect([first.error, second.error]).toEqual([undefined, undefined]);
		expect(new Set(ids).size).toBe(ids.length);
		expect(second.itemsOf(XERO_NODE)).toEqual([]);
	});
});
