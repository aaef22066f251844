import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, pairedItems, XERO_NODE, xeroNode, xeroWorkflow } from '../support/xeroWorkflow';

/** What operations do with many items at once, beyond what one item shows. */
describe('many items', () => {
	let xero: ConnectedEngine;

	beforeAll(async () => {
		xero = await connectEngine();
	});
	beforeEach(async () => {
		await xero.sandbox.setFaults({});
		await xero.sandbox.forgetRequests();
	});
	afterAll(async () => {
		await xero.close();
	});

	const run = async (
		parameters: INodeParameters,
		input: ReturnType<typeof itemsOf>,
		onError?: 'continueRegularOutput',
	) => await xero.engine.run(xeroWorkflow({ parameters, onError }), { input });
	const requests = async () =>
		(await xero.sandbox.requests()).filter(({ path }) => path.startsWith('/api.xro/'));
	const contacts = async (count: number, prefix: string) =>
		(
			await run(
				{ resource: 'contact', operation: 'create', name: '={{ $json.name }}' },
				itemsOf(count, (index) => ({ name: `${prefix} ${index}` })),
			)
		).itemsOf(XERO_NODE);
	const picked = (value: string) => ({ __rl: true, mode: 'id', value });

	it('finds or creates each contact once, however many items want it', async () => {
		await contacts(1, 'Known');
		await xero.sandbox.forgetRequests();
		const wanted = ['Known 0', 'New A', 'New B', 'New A', 'new a', 'Known 0'];

		const execution = await run(
			{ resource: 'contact', operation: 'findOrCreate', name: '={{ $json.name }}' },
			itemsOf(wanted.length, (index) => ({ name: wanted[index] })),
		);

		expect(execution.error).toBeUndefined();
		const items = execution.itemsOf(XERO_NODE);
		expect(items.map(({ json }) => [json['Name'], json['created']])).toEqual([
			['Known 0', false],
			['New A', true],
			['New B', true],
			['New A', false],
			['New A', false],
			['Known 0', false],
		]);
		expect(pairedItems(items)).toEqual([0, 1, 2, 3, 4, 5]);
		expect((await requests()).filter(({ method }) => method === 'PUT')).toMatchObject([
			{ elements: 2 },
		]);
	});

	it('adds the contacts of one group together, and finds the one that does not exist', async () => {
		const members = await contacts(60, 'Member');
		const [group] = (
			await run(
				{ resource: 'contactGroup', operation: 'create', name: 'Everyone' },
				itemsOf(1, () => ({})),
			)
		).itemsOf(XERO_NODE);
		await xero.sandbox.forgetRequests();
		const ids = members.map(({ json }) => String(json['ContactID']));
		ids[7] = '11111111-2222-4333-8444-555555555555';

		const execution = await run(
			{
				resource: 'contactGroup',
				operation: 'addContact',
				contactGroup: picked(String(group?.json['ContactGroupID'])),
				contact: picked('={{ $json.id }}'),
			},
			itemsOf(60, (index) => ({ id: ids[index] })),
			'continueRegularOutput',
		);

		const items = execution.itemsOf(XERO_NODE);
		expect(items.filter(({ json }) => 'ContactID' in json)).toHaveLength(59);
		expect(items[7]?.json).toHaveProperty('error');
		expect((await requests())[0]).toMatchObject({ method: 'PUT', elements: 50 });
	});

	it('runs single calls four at a time, and answers in the order of the items', async () => {
		const members = await contacts(12, 'Busy');
		await xero.sandbox.setLimits({ concurrent: 4, minute: 1_000_000, day: 1_000_000 });
		await xero.sandbox.setFaults({ latencyMs: 20 });
		await xero.sandbox.forgetRequests();

		const execution = await run(
			{
				resource: 'contact',
				operation: 'addNote',
				contact: picked('={{ $json.id }}'),
				note: '={{ "Note " + $json.index }}',
			},
			itemsOf(12, (index) => ({ index, id: String(members[index]?.json['ContactID']) })),
		);
		await xero.sandbox.setLimits({ minute: 1_000_000, day: 1_000_000, concurrent: 1_000 });

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf(XERO_NODE).map(({ json }) => json['Details'])).toEqual(
			Array.from({ length: 12 }, (_, index) => `Note ${index}`),
		);
		expect(new Set((await requests()).map(({ status }) => status))).toEqual(new Set([200]));
	});

	it('asks once for what several items read', async () => {
		const [contact] = await contacts(1, 'Popular');
		await xero.sandbox.forgetRequests();

		const execution = await run(
			{ resource: 'contact', operation: 'getHistory', contact: picked('={{ $json.id }}') },
			itemsOf(5, () => ({ id: String(contact?.json['ContactID']) })),
		);

		expect(pairedItems(execution.itemsOf(XERO_NODE))).toEqual([0, 1, 2, 3, 4]);
		expect(await requests()).toHaveLength(1);
	});

	it('leaves exactly one note when the answer to it was lost', async () => {
		const [contact] = await contacts(1, 'Lost');
		const id = String(contact?.json['ContactID']);
		await xero.sandbox.setFaults({ dropAfterCommit: { path: '/History', times: 1 } });

		const execution = await run(
			{ resource: 'contact', operation: 'addNote', contact: picked(id), note: 'Once' },
			itemsOf(1, () => ({})),
		);

		expect(execution.error).toBeUndefined();
		const history = await xero.read(`Contacts/${id}/History`);
		expect(history.filter(({ Details }) => Details === 'Once')).toHaveLength(1);
	});

	it('searches groups and users for the pickers', async () => {
		const node = xeroNode({
			authentication: 'oAuth2',
			organisation: { __rl: true, mode: 'list', value: xero.tenantId },
		});

		const users = await xero.engine.pick(node, 'searchUsers');
		const groups = await xero.engine.pick(node, 'searchContactGroups', 'every');

		expect(users.results.length).toBeGreaterThan(0);
		expect(groups.results).toMatchObject([{ name: 'Everyone' }]);
	});
});
