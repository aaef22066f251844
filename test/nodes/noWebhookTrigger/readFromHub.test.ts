import type { IDataObject, INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';

import type { PulledPage, SubscriptionView } from '../../../hub-server/protocol';
import { XeroNoWebhookTrigger } from '../../../nodes/XeroNoWebhookTrigger/XeroNoWebhookTrigger.node';
import { XeroTrigger } from '../../../nodes/XeroTrigger/XeroTrigger.node';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/freePort';
import {
	createEngine,
	type ActiveTrigger,
	type Engine,
	type WorkflowDefinition,
} from '../../support/n8nEngine';
import { provisionWorkspace } from '../../support/provisionWorkspace';
import { startSandbox, type StartedSandbox } from '../../support/startSandbox';
import { startTestHub, type TestHub } from '../../support/startTestHub';
import { startFakeHub, type HubAnswer } from '../support/fakeHub';

const TRIGGER = 'Changes in Xero';

let sandbox: StartedSandbox;
let hub: TestHub;
let engine: Engine;
let apiKey: string;
let tenantId: string;
let accessToken: string;
/** As the credential has it. */
const credentials = { hub: { baseUrl: '', apiKey: '' } };

beforeAll(async () => {
	sandbox = await startSandbox({ autoConsent: 'first' });
	await sandbox.setLimits({ minute: 1_000_000, day: 1_000_000, concurrent: 1_000 });
	const port = await freePort();
	hub = await startTestHub({
		env: {
			HUB_PORT: String(port),
			HUB_PUBLIC_URL: `http://localhost:${port}`,
			XERO_LOGIN_URL: sandbox.url,
			XERO_IDENTITY_URL: sandbox.url,
			XERO_API_URL: sandbox.url,
		},
	});
	const workspace = await provisionWorkspace(hub, sandbox, []);
	const [connection] = workspace.connections;
	apiKey = workspace.apiKey;
	tenantId = connection!.tenantId;
	accessToken = (await api('GET', `/connections/${connection!.id}/token`)).accessToken;
	Object.assign(credentials.hub, { baseUrl: hub.hub.url, apiKey: workspace.usualKey });
	engine = await createEngine({ credentials });
}, 120_000);
afterAll(async () => {
	await hub.close();
	await sandbox.close();
});

async function api(method: string, path: string, body?: unknown) {
	const reply = await hub.call(method, `/api/v1${path}`, body, apiKey);
	if (reply.status >= 300) throw new Error(`${path} → ${JSON.stringify(reply.body)}`);
	return reply.body;
}

let workflows = 0;

/** A workflow of its own in each test: its subscription is known by its id. */
function workflowOf(
	parameters: INodeParameters = {},
	after: Partial<INode> = {},
): WorkflowDefinition {
	workflows += 1;
	return {
		id: `pulls-${workflows}`,
		nodes: [
			{
				...{ id: 'watch', name: TRIGGER, typeVersion: 1, position: [0, 0] },
				type: 'n8n-nodes-xero-hub.xeroHubNoWebhookTrigger',
				parameters: {
					...{ readFrom: 'hub', events: ['contact.created'], everyMinutes: 1 },
					...parameters,
				},
				credentials: { xeroHubApi: { id: 'hub', name: 'Hub' } },
			},
			{
				...{ id: 'after', name: 'After', typeVersion: 1, position: [200, 0] },
				...{ type: 'test.start', parameters: {}, ...after },
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: 'After', type: 'main', index: 0 }]] } },
	};
}

/** A node that Xero refuses. */
const FAILS: Partial<INode> = {
	type: 'n8n-nodes-xero-hub.xeroHub',
	parameters: {
		...{ authentication: 'hub', resource: 'contact', operation: 'get' },
		organisation: { mode: 'id', value: '00000000-0000-4000-8000-000000000000' },
		contact: { mode: 'id', value: '00000000-0000-4000-8000-000000000000' },
	},
	credentials: { xeroHubApi: { id: 'hub', name: 'Hub' } },
};

const subscriptionsOf = async ({ id = '' }: WorkflowDefinition) => {
	const { items } = (await api('GET', '/subscriptions')) as { items: SubscriptionView[] };
	return items.filter(({ key }) => key?.workflowId === id);
};

async function subscriptionOf(workflow: WorkflowDefinition): Promise<SubscriptionView> {
	const [only] = await subscriptionsOf(workflow);
	if (only === undefined) throw new Error('It has no subscription.');
	return only;
}

const deliveriesTo = async ({ id }: Pick<SubscriptionView, 'id'>) => {
	const { items } = (await api('GET', '/deliveries?limit=200')) as {
		items: Array<{ id: string; subscriptionId: string; status: string }>;
	};
	return items.filter(({ subscriptionId }) => subscriptionId === id);
};

const untilDeliveries = async (to: SubscriptionView, status: string, count = 1) =>
	await eventually(`${count} deliveries to be ${status}`, async () => {
		const found = (await deliveriesTo(to)).filter((one) => one.status === status);
		return found.length === count ? found : undefined;
	});

/** Made in Xero, and told to the hub. */
async function changeAndTell(workflow: WorkflowDefinition, name: string): Promise<void> {
	await sandbox.call({ access_token: accessToken }, tenantId, 'PUT', '/api.xro/2.0/Contacts', {
		Contacts: [{ Name: name }],
	});
	await untilDeliveries(await subscriptionOf(workflow), 'pending');
}

/** Sales invoices of these totals. @returns their ids */
async function createInvoices(totals: readonly number[]): Promise<readonly string[]> {
	const Invoices = totals.map((UnitAmount) => ({
		...{ Type: 'ACCREC', Contact: { Name: 'Filtered' }, LineAmountTypes: 'NoTax' },
		LineItems: [{ Description: 'Tea', Quantity: 1, UnitAmount, AccountCode: '200' }],
	}));
	const token = { access_token: accessToken };
	const path = '/api.xro/2.0/Invoices';
	const reply = await sandbox.call(token, tenantId, 'PUT', path, { Invoices });
	const made = (await reply.json()) as { readonly Invoices: ReadonlyArray<{ InvoiceID: string }> };
	return made.Invoices.map(({ InvoiceID }) => InvoiceID);
}

/** Whoever asks the hub again has nothing new to start with. */
async function quietMinute(active: ActiveTrigger, of: WorkflowDefinition): Promise<void> {
	const { pulledAt } = await subscriptionOf(of);
	active.tick();
	await eventually('the hub to be asked', async () =>
		(await subscriptionOf(of)).pulledAt === pulledAt ? undefined : true,
	);
}

it('subscribes without an address, starts the workflow once for an event, and acknowledges it', async () => {
	const workflow = workflowOf({ organisations: [tenantId] });
	const active = await engine.activate(workflow);
	const subscription = await subscriptionOf(workflow);
	await changeAndTell(workflow, 'Pulled');

	active.tick();
	const execution = await active.executions.next();
	const [delivery] = await untilDeliveries(subscription, 'delivered');
	await quietMinute(active, workflow);
	await active.deactivate();

	expect(subscription).toMatchObject({
		...{ delivery: 'pull', status: 'active', events: ['contact.created'], tenantIds: [tenantId] },
		url: expect.stringMatching(/^pull:.+\/watch$/),
	});
	expect(execution.itemsOf('After')).toMatchObject([
		{ json: { type: 'contact.created', source: 'webhook', tenant: { id: tenantId } } },
	]);
	const { eventId } = await api('GET', `/deliveries/${delivery?.id}`);
	expect(execution.itemsOf(TRIGGER)[0]?.json.id).toBe(eventId);
	expect(active.executions.all).toHaveLength(1);
	expect(active.failures.all).toEqual([]);
});

it('takes all that is due in one round, page by page', async () => {
	const workflow = workflowOf();
	const active = await engine.activate(workflow);
	await sandbox.seed(tenantId, { contacts: 60, events: true });
	await untilDeliveries(await subscriptionOf(workflow), 'pending', 60);

	active.tick();
	const pages = [await active.executions.next(), await active.executions.next()];
	await active.deactivate();

	expect(pages.map((execution) => execution.itemsOf(TRIGGER).length)).toEqual([50, 10]);
});

it('has every filter that a trigger with a webhook has, and the hub keeps them', async () => {
	const contactId = '5ec2f302-cd60-4f8b-a915-9229dd45e6fa';
	const kept = {
		...{ documentTypes: ['ACCREC'], statuses: ['AUTHORISED'], minTotal: 1, maxTotal: 9 },
		...{ causedByOthersOnly: true, overdueDays: 7 },
	};
	const filters = { ...kept, contactIds: contactId, changed: 'Status, DueDate' };
	const workflow = workflowOf({ events: ['invoice.updated'], filters });

	await (await engine.activate(workflow)).deactivate();

	const filterNames = ({ properties }: INodeTypeDescription) =>
		properties
			.flatMap(({ name, options = [] }) => (name === 'filters' ? options : []))
			.map(({ name }) => name);
	expect(await subscriptionOf(workflow)).toMatchObject({
		filter: { ...kept, contactIds: [contactId], changed: ['Status', 'DueDate'] },
	});
	expect(Object.keys(filters).sort()).toEqual(
		filterNames(new XeroNoWebhookTrigger().description).sort(),
	);
	expect(filterNames(new XeroNoWebhookTrigger().description)).toEqual(
		filterNames(new XeroTrigger().description),
	);
});

it('starts the workflow only with what its filters let through', async () => {
	const workflow = workflowOf({ events: ['invoice.created'], filters: { minTotal: 100 } });
	const active = await engine.activate(workflow);
	const subscription = await subscriptionOf(workflow);
	const [small, large] = await createInvoices([99.5, 100]);
	await untilDeliveries(subscription, 'pending');
	await untilDeliveries(subscription, 'filtered');

	active.tick();
	const execution = await active.executions.next();
	await untilDeliveries(subscription, 'delivered');
	await quietMinute(active, workflow);
	await active.deactivate();

	const told = execution.itemsOf(TRIGGER).map(({ json }) => (json.resource as IDataObject)['id']);
	expect(told).toEqual([large]);
	expect(told).not.toContain(small);
	expect(active.executions.all).toHaveLength(1);
});

it.each([
	['is not acknowledged where only success counts', 'succeeded', 'pending'],
	['is acknowledged where it counts once it has run', 'taken', 'delivered'],
])('an event whose workflow failed %s', async (_, countAsTold, status) => {
	const workflow = workflowOf({ countAsTold }, FAILS);
	const active = await engine.activate(workflow);
	await changeAndTell(workflow, `Fails ${countAsTold}`);

	active.tick();
	const execution = await active.executions.next();
	const [delivery] = await untilDeliveries(await subscriptionOf(workflow), status);
	await active.deactivate();

	const { attempts } = await api('GET', `/deliveries/${delivery?.id}`);
	expect(execution.status).toBe('error');
	expect(attempts).toHaveLength(1);
});

it('is published although the hub is away, shows that once, and begins when it is back', async () => {
	const workflow = workflowOf();
	credentials.hub.baseUrl = `http://127.0.0.1:${await freePort()}`;
	const active = await engine.activate(workflow);
	const failure = await active.failures.next();
	credentials.hub.baseUrl = hub.hub.url;
	await eventually('the subscription', async () => {
		active.tick();
		return (await subscriptionsOf(workflow))[0];
	});
	await changeAndTell(workflow, 'After the outage');
	await eventually('an execution', async () => {
		active.tick();
		return active.executions.all[0];
	});
	await active.deactivate();

	expect(failure.message).toMatch(/hub/i);
	expect(failure.description).toMatch(/tries again by itself/);
	expect(active.failures.all).toHaveLength(1);
});

it('parks its queue when it is unpublished, and gets it when it is published again', async () => {
	const workflow = workflowOf();
	await (await engine.activate(workflow)).deactivate();
	const parked = await subscriptionOf(workflow);
	await changeAndTell(workflow, 'While unpublished');

	const active = await engine.activate(workflow);
	const execution = await active.executions.next();
	await active.deactivate();

	expect(parked.status).toBe('parked');
	expect(execution.itemsOf(TRIGGER)).toHaveLength(1);
	expect((await subscriptionsOf(workflow)).map(({ id }) => id)).toEqual([parked.id]);
});

it('gets what it had in hand again, with the same ids, when n8n was killed', async () => {
	const workflow = workflowOf();
	await engine.activate(workflow);
	const { id, generation } = await subscriptionOf(workflow);
	await changeAndTell(workflow, 'In hand');
	// The one that is killed now has pulled, and says nothing more.
	const page = (await api(
		'GET',
		`/subscriptions/${id}/pull?generation=${generation}`,
	)) as PulledPage;

	const restarted = await engine.activate(workflow);
	for (let minute = 0; minute < 2; minute += 1) restarted.tick();
	const execution = await restarted.executions.next();
	await untilDeliveries(await subscriptionOf(workflow), 'delivered');
	await restarted.deactivate();

	expect(execution.itemsOf(TRIGGER).map(({ json }) => json.id)).toEqual(
		page.items.map(({ event }) => event.id),
	);
});

it('leaves the queue to the trigger that pulls, where n8n’s database was copied', async () => {
	const workflow = workflowOf();
	const original = await engine.activate(workflow);
	await quietMinute(original, workflow);
	const other = await createEngine({ credentials });
	Object.assign(
		other.staticData(workflow.id ?? ''),
		structuredClone(engine.staticData(workflow.id ?? '')),
	);
	const first = await subscriptionOf(workflow);

	const copy = await other.activate(workflow);
	await quietMinute(original, workflow);
	for (let minute = 0; minute < 2; minute += 1) copy.tick();
	const own = await eventually('a subscription of the copy', async () =>
		(await subscriptionsOf(workflow)).find(({ id }) => id !== first.id),
	);
	await changeAndTell(workflow, 'Told to both');
	await untilDeliveries(own, 'pending');
	// One after the other: here both are of one process.
	original.tick();
	const told = await original.executions.next();
	await untilDeliveries(first, 'delivered');
	copy.tick();
	const toldToCopy = await copy.executions.next();
	await original.deactivate();
	await copy.deactivate();

	expect(own.url.startsWith(`${first.url}#`)).toBe(true);
	expect(told.itemsOf(TRIGGER)[0]?.json.id).toBe(toldToCopy.itemsOf(TRIGGER)[0]?.json.id);
	expect((await subscriptionsOf(workflow)).map(({ status }) => status)).toEqual([
		...['parked', 'parked'],
	]);
});

it('shows the latest event as a test event, with its record where that is wanted', async () => {
	const workflow = workflowOf();
	const active = await engine.activate(workflow);
	await changeAndTell(workflow, 'The latest');
	await active.deactivate();

	const execution = await engine.run(workflowOf({ options: { hydrate: true } }));

	expect(execution.error).toBeUndefined();
	expect(execution.itemsOf('After')).toMatchObject([
		{
			json: { type: 'contact.created', tenant: { id: tenantId }, resource: { entity: 'contact' } },
		},
	]);
});

it('says so where there is no event to show', async () => {
	const execution = await engine.run(workflowOf({ events: ['quote.accepted'] }));

	expect(execution.error?.message).toMatch(/not been told of such an event yet/);
});

describe('with a hub in trouble', () => {
	/** @param answer undefined: as a hub does that has one event, until it is acknowledged */
	async function underTrouble(answer: (method: string, path: string) => HubAnswer | undefined) {
		let isDone = false;
		const fake = await startFakeHub(({ method, path }) => {
			const own = answer(method, path);
			if (own !== undefined) return own;
			if (path.includes('/pull')) {
				return { status: 200, body: isDone ? NOTHING : ONE_EVENT };
			}
			if (path.endsWith('/acknowledge')) isDone = true;
			if (method === 'DELETE') return { status: 204 };
			return {
				status: method === 'POST' && !path.endsWith('/acknowledge') ? 201 : 200,
				body: MADE,
			};
		});
		const connected = await createEngine({
			credentials: { hub: { baseUrl: fake.url, apiKey: 'xhk_any' } },
		});
		return { fake, engine: connected };
	}

	it('says once that the hub is too old', async () => {
		const t = await underTrouble((method, path) =>
			method === 'POST' && path === '/api/v1/subscriptions'
				? { status: 400, body: { title: 'Bad Request', code: 'unknown_member' } }
				: undefined,
		);
		const active = await t.engine.activate(workflowOf());
		active.tick();
		const failure = await active.failures.next();
		await active.deactivate();
		await t.fake.close();

		expect(failure.message).toMatch(/hub is too old/);
		expect(active.failures.all).toHaveLength(1);
	});

	it('asks for nothing more before it could say that a workflow has ended, and starts it once', async () => {
		let refusals = 1;
		const t = await underTrouble((_, path) =>
			path.endsWith('/acknowledge') && refusals-- > 0
				? { status: 503, body: { title: 'Service Unavailable' } }
				: undefined,
		);
		const active = await t.engine.activate(workflowOf());
		await active.executions.next();
		await active.failures.next();
		const asked = () => t.fake.calls.filter(({ path }) => path.includes('/subscriptions/'));
		await eventually('the acknowledgement and another pull', async () => {
			active.tick();
			return asked().length >= 4 ? true : undefined;
		});
		await active.deactivate();
		await t.fake.close();

		const steps = asked().map(({ path }) => (path.includes('/pull') ? 'pull' : 'acknowledge'));
		expect(steps.slice(0, 4)).toEqual(['pull', 'acknowledge', 'acknowledge', 'pull']);
		expect(active.executions.all).toHaveLength(1);
	});
});

const MADE = { id: 'sub-1', url: 'pull:a/b/c', generation: 1, delivery: 'pull', pulledAt: null };
const NOTHING = { leaseId: null, leasedUntil: null, items: [], more: false };
const ONE_EVENT = {
	...{ leaseId: 'lease-1', leasedUntil: '2026-11-30T12:00:00.000Z', more: false },
	items: [{ id: 'dlv-1', attempt: 1, event: { id: 'evt-1', type: 'contact.created' } }],
};
