import type { INodeParameters } from 'n8n-workflow';

import { LINKED_ENTITIES } from '../../../hub-server/src/links/Link';
import { linkedEntities } from '../../../nodes/Xero/fields/hubFields';
import { itemsOf, pairedItems, XERO_NODE } from '../support/xeroWorkflow';
import {
	problem,
	scriptedLinks,
	startScriptedHub,
	TENANT,
	TWO_TENANTS,
	type ScriptedHub,
} from './hubOfScript';

const named: INodeParameters = {
	resource: 'link',
	system: 'crm',
	entity: 'contact',
	externalId: '={{ $json.id }}',
};
const set = { ...named, operation: 'set', xeroId: '={{ $json.xeroId }}' };

const customers = (count: number) =>
	itemsOf(count, (index) => ({ id: `C/${index}`, xeroId: `xero-${index}` }));

describe('links, from a workflow', () => {
	let hub: ScriptedHub;
	beforeEach(async () => {
		hub = await startScriptedHub(scriptedLinks());
	});
	afterEach(async () => {
		await hub.close();
	});

	it('are set, each for its own item, with the id percent-encoded in the address', async () => {
		const run = await hub.run({ parameters: set }, customers(3));

		const links = run.itemsOf(XERO_NODE);
		expect(run.error).toBeUndefined();
		expect(links.map(({ json }) => [json.externalId, json.xeroId])).toEqual([
			['C/0', 'xero-0'],
			['C/1', 'xero-1'],
			['C/2', 'xero-2'],
		]);
		expect(pairedItems(links)).toEqual([0, 1, 2]);
		expect(hub.calls('PUT', /links/)[0]?.path).toMatch(/\/tenant-1\/crm\/contact\/C%2F\d$/);
	});

	it('take what the other system holds as the agreed base', async () => {
		const fields = '={{ { Name: $json.name, TaxNumber: null } }}';

		await hub.run({ parameters: { ...set, fields } }, [
			{ json: { id: 'C-1', xeroId: 'x', name: 'Ridgeway' } },
		]);

		const [call] = hub.calls('PUT', /links/);
		expect(JSON.parse(call?.body ?? '')).toEqual({
			xeroId: 'x',
			fields: { Name: 'Ridgeway', TaxNumber: null },
		});
	});

	it('leave the base alone where no fields are given', async () => {
		await hub.run({ parameters: set }, customers(1));

		expect(JSON.parse(hub.calls('PUT', /links/)[0]?.body ?? '')).toEqual({ xeroId: 'xero-0' });
	});

	it('set twice in one run are set in the order of the input', async () => {
		const input = itemsOf(20, (index) => ({ id: 'C-1', xeroId: `xero-${index}` }));

		await hub.run({ parameters: set }, input);

		const told = hub.calls('PUT', /links/).map(({ body }) => JSON.parse(body) as object);
		expect(told).toEqual(input.map(({ json }) => ({ xeroId: json.xeroId })));
	});

	it('are read back', async () => {
		await hub.run({ parameters: set }, customers(1));

		const run = await hub.run({ parameters: { ...named, operation: 'get' } }, customers(1));

		expect(run.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
			tenantId: TENANT,
			system: 'crm',
			entity: 'contact',
			externalId: 'C/0',
			xeroId: 'xero-0',
		});
	});

	it('that are not there fail their own item only', async () => {
		await hub.run({ parameters: set }, customers(1));

		const run = await hub.run(
			{ parameters: { ...named, operation: 'get' }, onError: 'continueRegularOutput' },
			customers(2).reverse(),
		);

		const [missing, found] = run.itemsOf(XERO_NODE);
		expect(missing).toMatchObject({
			json: { error: expect.stringContaining('There is nothing') },
			pairedItem: { item: 0 },
		});
		expect(found).toMatchObject({ json: { xeroId: 'xero-0' }, pairedItem: { item: 1 } });
	});

	it('say whose the record is already, and leave the other items to theirs', async () => {
		await hub.run({ parameters: set }, [{ json: { id: 'old', xeroId: 'xero-0' } }]);

		const run = await hub.run({ parameters: set, onError: 'continueRegularOutput' }, customers(2));

		const [taken, other] = run.itemsOf(XERO_NODE);
		expect(taken?.json.error).toBe(
			'xero-0 is linked to "old" already. Remove that link first, or link another record.',
		);
		expect(other?.json).toMatchObject({ externalId: 'C/1', xeroId: 'xero-1' });
	});

	it('are removed once; removed again, they are gone all the same', async () => {
		await hub.run({ parameters: set }, customers(1));
		const remove = { parameters: { ...named, operation: 'remove' } };

		const first = await hub.run(remove, customers(1));
		const again = await hub.run(remove, customers(1));

		expect(first.itemsOf(XERO_NODE)[0]?.json).toEqual({ removed: true });
		expect(again.error).toBeUndefined();
		expect(again.itemsOf(XERO_NODE)[0]?.json).toEqual({ removed: false });
	});

	it('are listed page by page, by system, record and id', async () => {
		await hub.run({ parameters: set }, customers(450));
		const list = { resource: 'link', operation: 'getAll', filters: { system: 'crm' } };

		const all = await hub.run(
			{ parameters: { ...list, returnAll: true } },
			itemsOf(1, () => ({})),
		);
		const one = await hub.run(
			{ parameters: { ...list, filters: { xeroId: 'xero-7' } } },
			itemsOf(1, () => ({})),
		);
		const few = await hub.run(
			{ parameters: { ...list, limit: 3 } },
			itemsOf(1, () => ({})),
		);

		expect(all.itemsOf(XERO_NODE)).toHaveLength(450);
		expect(one.itemsOf(XERO_NODE).map(({ json }) => json.externalId)).toEqual(['C/7']);
		expect(few.itemsOf(XERO_NODE)).toHaveLength(3);
	});

	it('want an id: an expression that finds none is told before anything is sent', async () => {
		const run = await hub.run({ parameters: set }, [{ json: { xeroId: 'x' } }]);

		expect(run.error?.message).toBe('External ID is empty [row 1, item index 0]');
		expect(hub.calls('PUT', /links/)).toEqual([]);
	});
});

it('can be made of the records that the hub links', () => {
	const offered = linkedEntities.map(({ value }) => value);

	expect(offered.sort()).toEqual([...LINKED_ENTITIES].sort());
});

it.each(['oAuth2', 'customConnection'])('need a hub: with %s the node says why', async (way) => {
	const hub = await startScriptedHub(scriptedLinks());

	const run = await hub.run({ parameters: { ...set, authentication: way } }, customers(2));
	await hub.close();

	expect(run.error?.message).toContain(
		'A link needs a hub, and this node goes to Xero without one',
	);
	expect(run.error?.description).toContain('Set Authentication to Xero Hub');
	expect(hub.fake.calls).toEqual([]);
});

it('need a hub that knows of them: an older one is named with its version', async () => {
	const hub = await startScriptedHub(scriptedLinks(), ['receipts']);

	const run = await hub.run({ parameters: set }, customers(1));
	await hub.close();

	expect(run.error?.message).toContain(
		'This hub (version 0.1.0) is older than this node: A link needs a hub with "links"',
	);
	expect(run.error?.description).toContain('update it');
	expect(hub.calls('PUT', /links/)).toEqual([]);
});

it('of several organisations are listed together, unless one is chosen', async () => {
	const hub = await startScriptedHub(scriptedLinks(), undefined, TWO_TENANTS);
	const organisation = { __rl: true, mode: 'id', value: '={{ $json.tenant }}' };
	const input = TWO_TENANTS.map((tenant, index) => ({
		json: { id: `C-${index}`, xeroId: `x-${index}`, tenant },
	}));
	await hub.run({ parameters: { ...set, organisation } }, input);
	const list = { resource: 'link', operation: 'getAll', returnAll: true };

	const all = await hub.run(
		{ parameters: list },
		itemsOf(1, () => ({})),
	);
	const each = await hub.run({ parameters: { ...list, organisation } }, input);
	await hub.close();

	expect(all.itemsOf(XERO_NODE)).toHaveLength(2);
	expect(each.itemsOf(XERO_NODE).map(({ json }) => json.tenantId)).toEqual(TWO_TENANTS);
	expect(pairedItems(each.itemsOf(XERO_NODE))).toEqual([0, 1]);
});

it('that cannot be read as links are no success', async () => {
	const hub = await startScriptedHub(() => ({ status: 200, body: '<html>' }));

	const run = await hub.run({ parameters: set }, customers(1));
	await hub.close();

	expect(run.error?.message).toContain('The hub answered without a link');
});

it('of an organisation that the hub does not know are not taken for removed', async () => {
	const hub = await startScriptedHub(() => problem(404, 'unknown_tenant', 'No such organisation.'));

	const run = await hub.run({ parameters: { ...named, operation: 'remove' } }, customers(1));
	await hub.close();

	expect(run.error?.message).toContain('No such organisation.');
});
