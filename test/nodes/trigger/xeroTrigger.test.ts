import type { INode, INodeParameters } from 'n8n-workflow';

import {
	isReceipt,
	signRelay,
	type RelayedEvent,
	type SubscriptionCreated,
	type SubscriptionRequest,
} from '../../../hub-server/protocol';
import { createEngine, type Engine, type WorkflowDefinition } from '../../support/n8nEngine';
import { PACK_VERSION } from '../../../nodes/Xero/transport/packVersion';
import { startFakeHub, type FakeHub, type HubAnswer, type HubCall } from '../support/fakeHub';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const NOT_FOUND: HubAnswer = { status: 404, body: { title: 'Not Found', code: 'not_found' } };

/** The subscriptions of a hub, kept by trigger and origin as the real one does; an old one keeps them by URL. */
class Subscriptions {
	readonly byId = new Map<string, SubscriptionCreated>();
	failure: HubAnswer | undefined;
	/** A hub from before receipts. */
	isOld = false;
	/** Options that it does not know, as `sample` or `filter.changed`. */
	unknown: readonly string[] = [];

	answer({ method, path, body }: HubCall): HubAnswer {
		if (this.failure !== undefined) return this.failure;
		if (path === '/api/v1/connections') {
			const items = [{ id: 'c1', tenantId: 'tenant-1', tenantName: 'Demo Company', enabled: true }];
			return { status: 200, body: { items, nextCursor: null } };
		}
		if (method === 'POST') return this.put(JSON.parse(body) as SubscriptionRequest);
		const { pathname, searchParams } = new URL(path, 'http://hub');
		const id = pathname.split('/').at(-1) ?? '';
		const found = this.byId.get(id);
		if (found === undefined) return NOT_FOUND;
		if (method === 'GET') return { status: 200, body: { ...found, secret: undefined } };
		if (!this.isOld && searchParams.get('url') !== found.url) return ELSEWHERE;
		this.byId.delete(id);
		return { status: 204 };
	}

	private keptFilter({ filter }: SubscriptionRequest) {
		const kept = Object.entries(filter ?? {}).filter(
			([name]) => !this.unknown.includes(`filter.${name}`),
		);
		return filter === undefined ? null : Object.fromEntries(kept);
	}

	private put(wish: SubscriptionRequest): HubAnswer {
		const known = [...this.byId.values()].find(
			({ url, key, mode }) =>
				url === wish.url ||
				(wish.mode !== 'test' &&
					mode !== 'test' &&
					key?.nodeId === wish.key?.nodeId &&
					key?.workflowId === wish.key?.workflowId),
		);
		const id = known?.id ?? `sub-${this.byId.size + 1}`;
		const ofNewer: Partial<SubscriptionCreated> = this.isOld
			? {}
			: {
					key: wish.key ?? null,
					mode: wish.mode ?? 'production',
					generation: (known?.generation ?? 0) + 1,
					requireReceipt: wish.requireReceipt ?? false,
					whileUnpublished: wish.whileUnpublished ?? 'keep',
					parkedUntil: null,
					movedFrom: null,
					...(this.unknown.includes('filter') ? {} : { filter: this.keptFilter(wish) }),
					...(wish.sample && !this.unknown.includes('sample') && { sample: wish.sample }),
				};
		this.byId.set(id, {
			id,
			url: wish.url,
			events: wish.events,
			tenantIds: wish.tenantIds ?? [],
			hydrate: wish.hydrate ?? false,
			status: 'active',
			createdAt: '2026-11-22T10:00:00.000Z',
			secret: SECRET,
			...ofNewer,
		} as SubscriptionCreated);
		return { status: known === undefined ? 201 : 200, body: this.byId.get(id) };
	}
}

const ELSEWHERE: HubAnswer = {
	status: 409,
	body: { title: 'Conflict', code: 'subscription_elsewhere' },
};

function triggerWorkflow(parameters: INodeParameters = {}, id = 'wf-1'): WorkflowDefinition {
	const trigger: INode = {
		id: 'trigger',
		name: 'Trigger',
		type: 'n8n-nodes-xero-hub.xeroHubTrigger',
		typeVersion: 1,
		position: [0, 0],
		webhookId: `hook-${id}`,
		parameters: { events: ['invoice.updated'], ...parameters },
		credentials: { xeroHubApi: { id: 'hub', name: 'Hub' } },
	};
	const next: INode = {
		id: 'next',
		name: 'Next',
		type: 'test.start',
		typeVersion: 1,
		position: [200, 0],
		parameters: {},
	};
	return {
		id,
		nodes: [trigger, next],
		connections: { Trigger: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
	};
}

const event: RelayedEvent = {
	id: 'evt-1',
	type: 'invoice.updated',
	workspace: 'acme',
	tenant: { id: 'tenant-1', name: 'Demo Company' },
	source: 'webhook',
	occurredAt: '2026-11-22T10:00:00.000Z',
	receivedAt: '2026-11-22T10:00:01.000Z',
	types: ['contact.updated'],
	resource: {
		id: 'inv-1',
		url: 'https://api.xero.com/api.xro/2.0/Invoices/inv-1',
		entity: 'invoice',
	},
	record: { InvoiceID: 'inv-1', DueDate: '/Date(1539993600000+0000)/', Total: 46 },
};

function signed(id: string, secret = SECRET) {
	const rawBody = JSON.stringify(event);
	const timestampSeconds = Date.now() / 1000;
	return {
		rawBody,
		headers: { ...signRelay({ id, timestampSeconds, body: rawBody, secrets: [secret] }) },
	};
}

describe('Xero Hub Trigger', () => {
	let subscriptions: Subscriptions;
	let hub: FakeHub;
	let engine: Engine;

	beforeEach(async () => {
		subscriptions = new Subscriptions();
		hub = await startFakeHub((call) => subscriptions.answer(call));
		engine = await createEngine({
			credentials: { hub: { baseUrl: `${hub.url}/`, apiKey: 'xhk_test' } },
		});
	});
	afterEach(async () => {
		await hub.close();
	});

	it('subscribes with the API key, and keeps id and secret', async () => {
		const workflow = triggerWorkflow({
			organisations: ['tenant-1'],
			options: { hydrate: true },
		});

		expect(await engine.hook(workflow, 'checkExists')).toBe(false);
		expect(await engine.hook(workflow, 'create')).toBe(true);

		expect(hub.calls[0]?.headers['authorization']).toBe('Bearer xhk_test');
		const url = 'http://127.0.0.1:5678/webhook/hook-wf-1/webhook';
		expect([...subscriptions.byId.values()]).toMatchObject([
			{
				...{ url, events: ['invoice.updated'], tenantIds: ['tenant-1'], hydrate: true },
				...{ mode: 'production', requireReceipt: true, whileUnpublished: 'keep' },
				key: { instanceId: expect.any(String), workflowId: 'wf-1', nodeId: 'trigger' },
			},
		]);
		expect(engine.staticData('wf-1')).toMatchObject({
			'node:Trigger': { subscription: { id: 'sub-1', secret: SECRET, generation: 1 } },
		});
	});

	it('says which pack and which node it is', async () => {
		await engine.hook(triggerWorkflow(), 'create');

		expect(hub.calls[0]?.headers).toMatchObject({
			'xero-hub-client': `n8n-nodes-xero-hub/${PACK_VERSION}`,
			// The engine's workflow has no other name.
			'xero-hub-cause': 'wf-1/Trigger/wf-1',
		});
	});

	it('finds its subscription again, until its options change or the hub forgets it', async () => {
		await engine.hook(triggerWorkflow(), 'create');

		expect(await engine.hook(triggerWorkflow(), 'checkExists')).toBe(true);
		expect(await engine.hook(triggerWorkflow({ events: ['*'] }), 'checkExists')).toBe(false);
		expect(await engine.hook(triggerWorkflow({ organisations: ['tenant-1'] }), 'checkExists')).toBe(
			false,
		);
		subscriptions.byId.clear();
		expect(await engine.hook(triggerWorkflow(), 'checkExists')).toBe(false);
	});

	it.each([
		['it has not changed', {}, true],
		['it has', { events: ['*'] }, false],
	])('answers from what it asked for while the hub is away: %s', async (_case, change, exists) => {
		await engine.hook(triggerWorkflow(), 'create');
		subscriptions.failure = { status: 502, body: 'Bad Gateway' };

		expect(await engine.hook(triggerWorkflow(change), 'checkExists')).toBe(exists);
		await hub.close();
		expect(await engine.hook(triggerWorkflow(change), 'checkExists')).toBe(exists);
	});

	it('says what to do when the hub is away while it is published', async () => {
		subscriptions.failure = { status: 503, body: 'Service Unavailable' };

		await expect(engine.hook(triggerWorkflow(), 'create')).rejects.toMatchObject({
			description: expect.stringContaining('unpublish and publish it once the hub is there'),
		});
	});

	it.each([
		[404, '404 page not found'],
		[429, { title: 'Too Many Requests', code: 'too_many_requests' }],
	])('keeps what it knows when a proxy or a busy hub answers %i', async (status, body) => {
		await engine.hook(triggerWorkflow(), 'create');
		const before = engine.staticData('wf-1');
		subscriptions.failure = { status, body };

		expect(await engine.hook(triggerWorkflow(), 'checkExists')).toBe(true);
		await expect(engine.hook(triggerWorkflow(), 'delete')).rejects.toThrow();
		expect(engine.staticData('wf-1')).toEqual(before);
	});

	it('moves with n8n to another address', async () => {
		await engine.hook(triggerWorkflow(), 'create', { webhookBaseUrl: 'https://old.example.com' });
		const webhookBaseUrl = 'https://new.example.com';

		expect(await engine.hook(triggerWorkflow(), 'checkExists', { webhookBaseUrl })).toBe(false);
		await engine.hook(triggerWorkflow(), 'create', { webhookBaseUrl });

		expect([...subscriptions.byId.values()].map(({ url }) => url)).toEqual([
			'https://new.example.com/webhook/hook-wf-1/webhook',
		]);
	});

	it('leaves alone, from a copy of n8n, what belongs to the original', async () => {
		await engine.hook(triggerWorkflow(), 'create');

		await engine.hook(triggerWorkflow(), 'delete', { webhookBaseUrl: 'https://copy.example.com' });

		expect(subscriptions.byId.size).toBe(1);
	});

	it('refuses to publish on a hub that is too old to keep what it asks for', async () => {
		subscriptions.isOld = true;

		await expect(engine.hook(triggerWorkflow(), 'create')).rejects.toMatchObject({
			message: expect.stringContaining('too old for the trigger: it does not know key, mode'),
			description: 'Update the hub to 0.2.0 or later, then publish again.',
		});
		expect(subscriptions.byId.size).toBe(0);
	});

	const FILTERS = {
		documentTypes: ['ACCREC'],
		statuses: ['AUTHORISED', 'PAID'],
		contactIds: '5ec2f302-cd60-4f8b-a915-9229dd45e6fa , a871a956-05b5-4e2a-9419-7aeb478ca647',
		...{ minTotal: 0, maxTotal: 1000, overdueDays: 7, causedByOthersOnly: true },
		changed: 'Status, DueDate,',
	};

	it('asks for what its filters say', async () => {
		await engine.hook(triggerWorkflow({ filters: FILTERS }), 'create');

		expect([...subscriptions.byId.values()]).toMatchObject([
			{
				filter: {
					...FILTERS,
					contactIds: [
						'5ec2f302-cd60-4f8b-a915-9229dd45e6fa',
						'a871a956-05b5-4e2a-9419-7aeb478ca647',
					],
					changed: ['Status', 'DueDate'],
				},
			},
		]);
		expect(await engine.hook(triggerWorkflow({ filters: FILTERS }), 'checkExists')).toBe(true);
	});

	it('is published anew when a filter is another, or gone', async () => {
		await engine.hook(triggerWorkflow({ filters: FILTERS }), 'create');

		const other = triggerWorkflow({ filters: { ...FILTERS, overdueDays: 8 } });
		expect(await engine.hook(other, 'checkExists')).toBe(false);
		expect(await engine.hook(triggerWorkflow(), 'checkExists')).toBe(false);
	});

	it.each([[{}], [{ changed: ' , ', statuses: [], causedByOthersOnly: false }]])(
		'asks for no filter where %j leaves nothing out, so that an older hub serves it',
		async (filters) => {
			subscriptions.unknown = ['filter'];

			await engine.hook(triggerWorkflow({ filters }), 'create');

			expect(JSON.parse(hub.calls[0]?.body ?? '')).not.toHaveProperty('filter');
			expect(await engine.hook(triggerWorkflow({ filters }), 'checkExists')).toBe(true);
		},
	);

	it.each([
		['filter', 'filter'],
		['filter.overdueDays', 'filter.overdueDays'],
	])('refuses to publish on a hub that does not know %s', async (unknown, named) => {
		subscriptions.unknown = [unknown];

		await expect(
			engine.hook(triggerWorkflow({ filters: FILTERS }), 'create'),
		).rejects.toMatchObject({
			message: `This hub is too old for the trigger: it does not know ${named}`,
			description: 'Update the hub to 0.2.0 or later, then publish again.',
		});
		expect(subscriptions.byId.size).toBe(0);
	});

	it.each(['latest', 'example'])('asks for the %s when it listens, and only then', async (kind) => {
		const workflow = triggerWorkflow({ testEvent: kind });

		await engine.hook(workflow, 'create', { test: true });
		await engine.hook(workflow, 'create');

		const asked = hub.calls.map(({ body }) => JSON.parse(body) as SubscriptionRequest);
		expect(asked.map(({ mode, sample }) => [mode, sample])).toEqual([
			['test', kind],
			['production', undefined],
		]);
		expect(await engine.hook(workflow, 'checkExists')).toBe(true);
		expect(await engine.hook(triggerWorkflow(), 'checkExists')).toBe(true);
	});

	it('says so when the hub cannot send one', async () => {
		subscriptions.unknown = ['sample'];
		const workflow = triggerWorkflow({ testEvent: 'latest' });

		await expect(engine.hook(workflow, 'create', { test: true })).rejects.toMatchObject({
			message: 'This hub is too old for the trigger: it does not know sample',
		});
	});

	it('unsubscribes, also when the hub has forgotten the subscription already', async () => {
		await engine.hook(triggerWorkflow(), 'create');
		await engine.hook(triggerWorkflow({}, 'wf-2'), 'create');
		subscriptions.byId.delete('sub-2');

		expect(await engine.hook(triggerWorkflow(), 'delete')).toBe(true);
		expect(await engine.hook(triggerWorkflow({}, 'wf-2'), 'delete')).toBe(true);

		expect(subscriptions.byId.size).toBe(0);
	});

	it.each(['checkExists', 'create', 'delete'] as const)(
		'lets no refusal of the hub pass in silence: %s',
		async (method) => {
			await engine.hook(triggerWorkflow(), 'create');
			subscriptions.failure = {
				status: 401,
				headers: { 'content-type': 'application/problem+json' },
				body: {
					title: 'Unauthorized',
					detail: 'This API key is unknown.',
					code: 'unauthenticated',
				},
			};

			await expect(engine.hook(triggerWorkflow(), method)).rejects.toMatchObject({
				message: 'This API key is unknown.',
				description: expect.stringContaining('check its API key'),
			});
		},
	);

	it('listens for a test event without touching the published subscription', async () => {
		await engine.hook(triggerWorkflow(), 'create');
		await engine.hook(triggerWorkflow(), 'create', { test: true });
		expect([...subscriptions.byId.values()].map(({ url }) => url)).toEqual([
			expect.stringContaining('/webhook/'),
			expect.stringContaining('/webhook-test/'),
		]);

		const tested = await engine.deliver(triggerWorkflow(), signed('test-1'), { test: true });
		await engine.hook(triggerWorkflow(), 'delete', { test: true });

		expect(tested.execution?.status).toBe('success');
		expect(subscriptions.byId.size).toBe(1);
		expect(await engine.hook(triggerWorkflow(), 'checkExists')).toBe(true);
	});

	it('hands the event on, with dates of the record readable', async () => {
		await engine.hook(triggerWorkflow(), 'create');

		const { response, execution } = await engine.deliver(triggerWorkflow(), signed('del-1'));

		expect(response).toMatchObject({ status: 200, body: '' });
		expect(isReceipt(response.headers['webhook-receipt'], 'del-1', [SECRET])).toBe(true);
		expect(execution?.itemsOf('Next').map(({ json }) => json)).toEqual([
			{ ...event, record: { InvoiceID: 'inv-1', DueDate: '2018-10-20', Total: 46 } },
		]);
	});

	it('answers 401 to a forged delivery and runs nothing', async () => {
		await engine.hook(triggerWorkflow(), 'create');
		const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;

		const { response, execution } = await engine.deliver(triggerWorkflow(), signed('del-2', other));

		expect(response).toEqual({ status: 401, body: 'bad_signature', headers: {} });
		expect(execution).toBeUndefined();
	});

	it('answers 200 to a delivery it has seen and runs it once', async () => {
		await engine.hook(triggerWorkflow(), 'create');

		const first = await engine.deliver(triggerWorkflow(), signed('del-3'));
		const second = await engine.deliver(triggerWorkflow(), signed('del-3'));

		expect(first.execution).toBeDefined();
		expect(second).toMatchObject({ response: { status: 200, body: '' } });
		expect(second.execution).toBeUndefined();
		expect(isReceipt(second.response.headers['webhook-receipt'], 'del-3', [SECRET])).toBe(true);
	});

	it('makes the hub try again while its subscription is not known here', async () => {
		const { response, execution } = await engine.deliver(triggerWorkflow(), signed('del-4'));

		expect(response.status).toBe(503);
		expect(execution).toBeUndefined();
	});

	it('publishes, runs on real deliveries, and unpublishes', async () => {
		const listener = await engine.listen(triggerWorkflow());
		const post = async (init: { rawBody: string; headers: Record<string, string> }) =>
			await fetch(listener.url, { method: 'POST', headers: init.headers, body: init.rawBody });

		const accepted = await post(signed('del-5'));
		const forged = await post({ ...signed('del-6'), rawBody: '{}' });
		const execution = await listener.executions.next();
		await listener.close();

		expect([accepted.status, await accepted.text(), forged.status]).toEqual([200, '', 401]);
		expect(execution.itemsOf('Next')).toHaveLength(1);
		expect(listener.executions.all).toHaveLength(1);
		expect(subscriptions.byId.size).toBe(0);
	});

	it('offers the organisations of the workspace', async () => {
		const [trigger] = triggerWorkflow().nodes;

		expect(await engine.pick(trigger as INode, 'getOrganisations')).toEqual({
			results: [{ name: 'Demo Company', value: 'tenant-1' }],
		});
	});
});
