import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const newContact: INodeParameters = {
	resource: 'contact',
	operation: 'create',
	name: '={{ $json.name }}',
};

describe('answers that look well-formed', () => {
	let xero: ConnectedEngine;

	beforeEach(async () => {
		xero = await connectEngine();
	});
	afterEach(async () => {
		await xero.close();
	});

	const run = async (parameters: INodeParameters, mode: 'manual' | 'trigger' = 'manual') =>
		await xero.engine.run(xeroWorkflow({ parameters }), { mode });
	const create = async (count: number) =>
		await xero.engine.run(
			xeroWorkflow({ parameters: newContact, onError: 'continueRegularOutput' }),
			{ input: itemsOf(count, (index) => ({ name: `Misled ${index}` })) },
		);

	it.each(['absent', 'zero'])(
		'do not make a record saved whose id is %s, and say to look first',
		async (as) => {
			await xero.sandbox.setFaults({ answersWithoutIds: { path: '/Contacts', method: 'PUT', as } });

			const outcome = await create(1);

			expect(outcome.itemsOf(XERO_NODE).map(({ json }) => json['error'])).toEqual([
				expect.stringContaining('without an id'),
			]);
			expect(await xero.read('Contacts?where=Name.StartsWith("Misled")')).toHaveLength(1);
		},
	);

	it('make no item of a batch saved that is answered with fewer elements than were sent', async () => {
		await xero.sandbox.setFaults({ answersFewer: { path: '/Contacts', method: 'PUT' } });

		const outcome = await create(3);

		expect(outcome.itemsOf(XERO_NODE).map(({ json }) => json['error'])).toEqual(
			Array.from({ length: 3 }, () => expect.stringContaining('does not say what became')),
		);
	});

	it('make no note added that is not in the answer', async () => {
		const [contact] = await xero.read('Contacts');
		await xero.sandbox.setFaults({ answersFewer: { path: '/History', method: 'PUT' } });

		const { error } = await run({
			resource: 'contact',
			operation: 'addNote',
			contact: { __rl: true, mode: 'id', value: String(contact?.['ContactID']) },
			note: 'Called back',
		});

		expect(error?.message).toMatch('does not say what became');
	});

	it.each([
		['a list', { returnAll: true }],
		['an incremental read', { returnAll: true, sinceLastRun: true }],
	])('end %s with words where a page repeats the one before', async (_, options) => {
		await xero.sandbox.seed(xero.tenantId, { contacts: 1_100 });
		await xero.sandbox.setFaults({ ignoresPaging: { path: '/Contacts', times: 100 } });
		const list = { resource: 'contact', operation: 'getAll', ...options };

		const { error } = await run(list, 'trigger');

		expect(error?.message).toMatch('the records of the page before');
	});

	it('take a page of more than a page for the whole list', async () => {
		await xero.sandbox.seed(xero.tenantId, { contacts: 1_100 });
		const count = (await xero.read('Contacts')).length;
		await xero.sandbox.forgetRequests();
		await xero.sandbox.setFaults({
			ignoresPaging: { path: '/Contacts', times: 100, gives: 'wholeList' },
		});

		const read = await run({ resource: 'contact', operation: 'getAll', returnAll: true });

		expect(read.error).toBeUndefined();
		expect(read.itemsOf(XERO_NODE)).toHaveLength(count);
		const requests = await xero.sandbox.requests();
		expect(requests.filter(({ path }) => path.includes('Contacts'))).toHaveLength(1);
	});

	it('let no stamp beyond Xero’s clock hide what changes until then', async () => {
		const changes = {
			resource: 'contact',
			operation: 'getAll',
			returnAll: true,
			sinceLastRun: true,
		};
		const names = async () =>
			(await run(changes, 'trigger')).itemsOf(XERO_NODE).map(({ json }) => json['Name']);
		await names();
		await xero.sandbox.setFaults({ stampAheadSeconds: 3 * 3_600 });
		await create(1);
		await xero.sandbox.setFaults({});

		const ahead = await names();
		const [contact] = await xero.read('Contacts?where=Name!="Misled 0"');
		await xero.sandbox.call(xero.tokens, xero.tenantId, 'POST', '/api.xro/2.0/Contacts', {
			ContactID: contact?.['ContactID'],
			FirstName: 'Changed',
		});

		expect(ahead).toEqual(['Misled 0']);
		expect(await names()).toEqual([contact?.['Name']]);
		expect(await names()).toEqual([]);
	});
});
