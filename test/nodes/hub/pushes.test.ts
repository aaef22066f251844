import type { INodeParameters } from 'n8n-workflow';

import { PUSH_LIMITS } from '../../../hub-server/protocol';
import { resources } from '../../../nodes/Xero/resources/resources';
import { itemsOf, pairedItems, XERO_NODE } from '../support/xeroWorkflow';
import {
	scriptedPushes,
	startScriptedHub,
	TWO_TENANTS,
	type ScriptedHub,
	type ScriptedPushes,
} from './hubOfScript';

const pushContact: INodeParameters = {
	resource: 'contact',
	operation: 'push',
	system: 'crm',
	externalId: '={{ $json.id }}',
	fieldsFrom: 'json',
};

const customers = (count: number) =>
	itemsOf(count, (index) => ({ id: `C-${index}`, Name: `Customer ${index}`, segment: 'VIP' }));

let hub: ScriptedHub | undefined;
afterEach(async () => {
	await hub?.close();
	hub = undefined;
});

async function withHub(
	scripted: ScriptedPushes,
	tenants?: readonly string[],
): Promise<ScriptedHub> {
	hub = await startScriptedHub(scripted.answer, undefined, tenants);
	return hub;
}

const synced = (externalId: string) => ({ state: 'synced', xeroId: `xero-${externalId}` });

describe('records, pushed', () => {
	it('go in one push for all items, and each gets its own state', async () => {
		const scripted = scriptedPushes(synced);
		const { run } = await withHub(scripted);

		const execution = await run({ parameters: pushContact }, customers(120));

		const items = execution.itemsOf(XERO_NODE);
		expect(execution.error).toBeUndefined();
		expect(scripted.pushes).toHaveLength(1);
		expect(scripted.pushes[0]?.body).toMatchObject({
			tenantId: 'tenant-1',
			system: 'crm',
			entity: 'contact',
		});
		expect(items[7]?.json).toEqual({
			externalId: 'C-7',
			state: 'synced',
			xeroId: 'xero-C-7',
			message: null,
			nextStep: null,
			pushId: 'push-1',
		});
		expect(pairedItems(items)).toEqual([...items.keys()]);
	});

	it('go 500 in a push', async () => {
		const scripted = scriptedPushes(synced);
		const { run } = await withHub(scripted);

		await run({ parameters: pushContact }, customers(1_100));

		const sizes = scripted.pushes.map(({ body }) => body.records.length);
		expect(sizes.sort((a, b) => b - a)).toEqual([500, 500, 100]);
	});

	it('go in more pushes where one would be larger than the hub takes', async () => {
		const scripted = scriptedPushes(synced);
		const { run, calls } = await withHub(scripted);
		const input = customers(12).map(({ json }) => ({
			json: { ...json, Website: 'w'.repeat(600_000) },
		}));

		await run({ parameters: pushContact }, input);

		const bytes = calls('POST', /pushes$/).map((call) => call.bytes.length);
		expect(Math.max(...bytes)).toBeLessThanOrEqual(PUSH_LIMITS.bytes);
		expect(scripted.pushes.flatMap(({ body }) => body.records)).toHaveLength(12);
		expect(scripted.pushes).toHaveLength(2);
	});

	it('go apart by organisation, system and options, each by its own item', async () => {
		const scripted = scriptedPushes(synced);
		const { run } = await withHub(scripted, TWO_TENANTS);

		await run(
			{
				parameters: {
					...pushContact,
					organisation: { __rl: true, mode: 'id', value: '={{ $json.tenant }}' },
					system: '={{ $json.system }}',
				},
			},
			[
				{ json: { id: 'a', tenant: 'tenant-1', system: 'crm', Name: 'A' } },
				{ json: { id: 'b', tenant: 'tenant-2', system: 'crm', Name: 'B' } },
				{ json: { id: 'c', tenant: 'tenant-1', system: 'shop', Name: 'C' } },
				{ json: { id: 'd', tenant: 'tenant-1', system: 'crm', Name: 'D' } },
			],
		);

		const told = scripted.pushes.map(({ body: { tenantId, system, records } }) =>
			[tenantId, system, ...records.map(({ externalId }) => externalId)].join(' '),
		);
		expect(told.sort()).toEqual(['tenant-1 crm a d', 'tenant-1 shop c', 'tenant-2 crm b']);
	});

	it('that two items name go one after the other, so that the later word counts', async () => {
		const scripted = scriptedPushes(synced);
		const { run } = await withHub(scripted);

		const execution = await run({ parameters: pushContact }, [
			{ json: { id: 'same', Name: 'First' } },
			{ json: { id: 'other', Name: 'Other' } },
			{ json: { id: 'same', Name: 'Second' } },
		]);

		const names = scripted.pushes.map(({ body }) => body.records.map(({ fields }) => fields.Name));
		expect(names).toEqual([['First', 'Other'], ['Second']]);
		expect(execution.itemsOf(XERO_NODE).map(({ json }) => json.pushId)).toEqual([
			'push-1',
			'push-1',
			'push-2',
		]);
	});

	it('take members of Xero’s from the item, and leave its own at home', async () => {
		const scripted = scriptedPushes(synced);
		const { run } = await withHub(scripted);

		await run({ parameters: pushContact }, [
			{ json: { id: 'C-1', Name: 'Ridgeway', TaxNumber: null, segment: 'VIP' } },
		]);

		expect(scripted.pushes[0]?.body.records).toEqual([
			{ externalId: 'C-1', fields: { Name: 'Ridgeway', TaxNumber: null } },
		]);
	});

	it('without a member of Xero’s are refused before anything is sent', async () => {
		const scripted = scriptedPushes(synced);
		const { run } = await withHub(scripted);

		const execution = await run({ parameters: pushContact }, [{ json: { id: 'C-1', name: 'x' } }]);

		expect(execution.error?.message).toContain("Fields (JSON) has no member of Xero's");
		expect(scripted.pushes).toEqual([]);
	});

	it('are filled in below as for Create, digit for digit', async () => {
		const scripted = scriptedPushes(synced);
		const { run, calls } = await withHub(scripted);

		await run(
			{
				parameters: {
					resource: 'invoice',
					operation: 'push',
					system: 'shop',
					externalId: '={{ $json.order }}',
					pushFields: {
						contact: { __rl: true, mode: 'externalId', value: '={{ $json.customer }}' },
						dueDate: '2026-12-24',
					},
					lineItemsMode: 'json',
					lineItemsJson: '={{ $json.lines }}',
				},
			},
			[
				{
					json: {
						order: 4711,
						customer: 'C-1',
						lines: [
							{ description: 'Tea', quantity: '2', unitAmount: '4.5000', accountCode: 'food' },
						],
					},
				},
			],
		);

		expect(scripted.pushes[0]?.body).toMatchObject({
			entity: 'invoice',
			records: [
				{
					externalId: '4711',
					fields: {
						Contact: { externalId: 'C-1' },
						DueDate: '2026-12-24',
						LineItems: [{ Description: 'Tea', AccountCode: 'food' }],
					},
				},
			],
		});
		expect(calls('POST', /pushes$/)[0]?.body).toContain('"UnitAmount":4.5000');
	});

	it('are lines of one document where input items are its lines', async () => {
		const scripted = scriptedPushes(synced);
		const { run } = await withHub(scripted);

		const execution = await run(
			{
				parameters: {
					resource: 'invoice',
					operation: 'push',
					pushedEntity: 'bill',
					system: 'shop',
					externalId: '={{ $json.order }}',
					lineItemsMode: 'items',
					lineItems: { line: [{ description: '={{ $json.what }}' }] },
				},
			},
			[{ json: { order: 'o-1', what: 'Tea' } }, { json: { order: 'o-1', what: 'Cups' } }],
		);

		expect(execution.error).toBeUndefined();
		expect(scripted.pushes[0]?.body).toMatchObject({ entity: 'bill', records: [{}] });
		expect(execution.itemsOf(XERO_NODE)).toMatchObject([
			{ json: { externalId: 'o-1' }, pairedItem: [{ item: 0 }, { item: 1 }] },
		]);
	});

	it('say how they are to be pushed', async () => {
		const scripted = scriptedPushes(synced);
		const { run } = await withHub(scripted);

		await run(
			{
				parameters: {
					...pushContact,
					pushOptions: {
						codes: 'xero',
						mode: 'create',
						policy: 'latest',
						matchBy: 'EmailAddress, Name',
						modifiedAt: '2026-11-30T09:00:00+01:00',
						rounding: 'refuse',
						dryRun: true,
						waitSeconds: 5,
					},
				},
			},
			customers(1),
		);

		expect(scripted.pushes[0]).toMatchObject({
			prefer: 'wait=5',
			body: {
				codes: 'xero',
				mode: 'create',
				policy: 'latest',
				matchBy: ['EmailAddress', 'Name'],
				rounding: 'refuse',
				dryRun: true,
				records: [{ modifiedAt: '2026-11-30T08:00:00.000Z' }],
			},
		});
	});

	it('are waited for, and a slow push keeps no other item waiting', async () => {
		const scripted = scriptedPushes(synced, ({ body }) => (body.system === 'slow' ? 3 : 1));
		const { run } = await withHub(scripted);

		const execution = await run({ parameters: { ...pushContact, system: '={{ $json.system }}' } }, [
			{ json: { id: 'a', Name: 'A', system: 'slow' } },
			{ json: { id: 'b', Name: 'B', system: 'fast' } },
		]);

		expect(execution.itemsOf(XERO_NODE).map(({ json }) => json.state)).toEqual([
			'synced',
			'synced',
		]);
		expect(Object.fromEntries(scripted.looks)).toEqual({ 'push-1': 3, 'push-2': 1 });
	});

	it('come out as pending once the wait is over', async () => {
		const scripted = scriptedPushes(synced, () => Infinity);
		const { run } = await withHub(scripted);

		const execution = await run(
			{ parameters: { ...pushContact, pushOptions: { waitSeconds: 0 } } },
			customers(1),
		);

		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
			state: 'pending',
			pushId: 'push-1',
			nextStep: expect.stringContaining('goes on by itself'),
		});
	});
});

describe('records that could not be brought to Xero', () => {
	const some = (externalId: string) =>
		externalId === 'C-1'
			? {
					state: 'unmapped',
					message: 'Account "4000" is not mapped.',
					nextStep: 'Map it on the Mapping page.',
				}
			: synced(externalId);

	it('fail their own items, in the hub’s words with the next step', async () => {
		const { run } = await withHub(scriptedPushes(some));

		const execution = await run(
			{ parameters: pushContact, onError: 'continueRegularOutput' },
			customers(3),
		);

		const items = execution.itemsOf(XERO_NODE);
		expect(items.map(({ json }) => json.state ?? json.error)).toEqual([
			'synced',
			'Account "4000" is not mapped.',
			'synced',
		]);
		expect(items[1]?.json.details).toContain('Map it on the Mapping page.');
		expect(items[1]?.json.details).toContain('All of them can be pushed again');
	});

	it('stop a run that stops at its first failure', async () => {
		const { run } = await withHub(scriptedPushes(some));

		const execution = await run({ parameters: pushContact }, customers(3));

		expect(execution.error).toMatchObject({
			message: 'Account "4000" is not mapped. [row 2, item index 1]',
			itemIndex: 1,
		});
	});

	it('come out with their state where the option says so', async () => {
		const { run } = await withHub(scriptedPushes(some));

		const execution = await run(
			{ parameters: { ...pushContact, pushOptions: { onRefused: 'output' } } },
			customers(2),
		);

		expect(execution.itemsOf(XERO_NODE)[1]?.json).toMatchObject({
			state: 'unmapped',
			message: 'Account "4000" is not mapped.',
			nextStep: 'Map it on the Mapping page.',
		});
	});

	it('are no success where the hub says nothing of them', async () => {
		const silent = (externalId: string) => (externalId === 'C-0' ? undefined : synced(externalId));
		const { run } = await withHub(scriptedPushes(silent));

		const execution = await run({ parameters: pushContact }, customers(2));

		expect(execution.error?.message).toContain('does not say what became of "C-0"');
	});
});

describe('a retry of the execution', () => {
	it('asks for the same push, and has it take up what is not done', async () => {
		let isMapped = false;
		const scripted = scriptedPushes((externalId) =>
			isMapped ? synced(externalId) : { state: 'unmapped', message: 'Not mapped.' },
		);
		const { run, retry } = await withHub(scripted);
		const failed = await run({ parameters: pushContact }, customers(2), 'trigger');
		isMapped = true;

		const retried = await retry({ parameters: pushContact }, failed);

		expect(failed.error?.message).toContain('Not mapped.');
		expect(retried.error).toBeUndefined();
		expect(retried.itemsOf(XERO_NODE).map(({ json }) => json.state)).toEqual(['synced', 'synced']);
		expect(scripted.pushes).toHaveLength(1);
	});

	it('takes a push up once, where it is still not done', async () => {
		const scripted = scriptedPushes(() => ({ state: 'failed', message: 'No.' }));
		const { run, retry } = await withHub(scripted);
		const failed = await run({ parameters: pushContact }, customers(1), 'trigger');

		const retried = await retry({ parameters: pushContact }, failed);

		expect(retried.error?.message).toContain('No.');
		expect(scripted.retried).toEqual(['push-1']);
		expect(scripted.pushes).toHaveLength(1);
	});

	it('is no retry for another execution, which pushes anew', async () => {
		const scripted = scriptedPushes(synced);
		const { run } = await withHub(scripted);

		await run({ parameters: pushContact }, customers(1), 'trigger');
		await run({ parameters: pushContact }, customers(1), 'trigger');

		expect(new Set(scripted.pushes.map(({ key }) => key)).size).toBe(2);
	});
});

it('a lost answer is asked for again with the same key', async () => {
	const scripted = scriptedPushes(synced);
	let isLost = false;
	hub = await startScriptedHub((call) => {
		const answer = scripted.answer(call);
		if (call.path !== '/api/v1/pushes' || isLost) return answer;
		isLost = true;
		return { status: 0, drop: true };
	});

	const execution = await hub.run({ parameters: pushContact }, customers(2));

	expect(execution.error).toBeUndefined();
	expect(hub.calls('POST', /pushes$/)).toHaveLength(2);
	expect(scripted.pushes).toHaveLength(1);
});

it('a hub that is away while the push goes on is said to go on, safe to run again', async () => {
	const scripted = scriptedPushes(synced);
	hub = await startScriptedHub((call) =>
		call.method === 'GET'
			? { status: 409, body: { code: 'quota', title: 'Conflict', detail: 'Not now.' } }
			: scripted.answer(call),
	);

	const execution = await hub.run({ parameters: pushContact }, customers(1));

	expect(execution.error?.message).toContain('Not now.');
	expect(execution.error?.description).toContain('The hub goes on with push push-1 by itself.');
});

it('needs a hub: with OAuth2 the node says why', async () => {
	const scripted = scriptedPushes(synced);
	const { run } = await withHub(scripted);

	const execution = await run(
		{ parameters: { ...pushContact, authentication: 'oAuth2' } },
		customers(1),
	);

	expect(execution.error?.message).toContain('A push needs a hub');
	expect(execution.error?.description).toContain('remembered by the hub');
});

it('needs a hub that knows of pushes', async () => {
	hub = await startScriptedHub(scriptedPushes(synced).answer, ['links']);

	const execution = await hub.run({ parameters: pushContact }, customers(1));

	expect(execution.error?.message).toContain('A push needs a hub with "pushes"');
});

it('is offered for every record that the hub links', () => {
	const offering = Object.values(resources)
		.filter(({ operations }) => operations['push'] !== undefined)
		.map(({ value }) => value);

	expect(offering.sort()).toEqual([
		'account',
		'bankTransaction',
		'contact',
		'creditNote',
		'invoice',
		'item',
		'payment',
		'taxRate',
	]);
});
