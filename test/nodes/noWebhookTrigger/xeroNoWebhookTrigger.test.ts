import type { INode, INodeParameters } from 'n8n-workflow';

import type { ActiveTrigger, WorkflowDefinition } from '../../support/n8nEngine';
import { eventually } from '../../support/eventually';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';

const TRIGGER = 'Changes in Xero';

let t: ConnectedEngine;
beforeAll(async () => {
	t = await connectEngine({ allOrganisations: true });
});
afterAll(async () => {
	await t.close();
});

let workflows = 0;

/** A workflow of its own in each test: what a trigger remembers outlives its activation. */
function workflowOf(parameters: INodeParameters, after: Partial<INode> = {}): WorkflowDefinition {
	workflows += 1;
	return {
		id: `changes-${workflows}`,
		nodes: [
			{
				...{ id: 'watch', name: TRIGGER, typeVersion: 1, position: [0, 0] },
				type: 'n8n-nodes-xero-hub.xeroHubNoWebhookTrigger',
				parameters: { organisations: [t.tenantId], everyMinutes: 1, ...parameters },
				credentials: { xeroAccountingOAuth2Api: { id: 'xero', name: 'Xero' } },
			},
			{
				...{ id: 'after', name: 'After', typeVersion: 1, position: [200, 0] },
				...{ type: 'test.start', parameters: {}, ...after },
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: 'After', type: 'main', index: 0 }]] } },
	};
}

async function write(path: string, body: unknown): Promise<Record<string, unknown>> {
	const response = await t.sandbox.call(t.tokens, t.tenantId, 'POST', `/api.xro/2.0/${path}`, body);
	const lists = Object.values((await response.json()) as Record<string, unknown>);
	return (lists.find(Array.isArray) as Record<string, unknown>[])[0]!;
}

const createContact = async (name: string) => await write('Contacts', { Name: name });

const isRead = (path: string) => async () => {
	const requests = await t.sandbox.requests();
	return requests.some((request) => request.path.includes(path)) ? true : undefined;
};

/** A minute passes, and the list is read, although nothing comes of it. */
async function quietMinute(active: ActiveTrigger, path = '/Contacts'): Promise<void> {
	await t.sandbox.forgetRequests();
	active.tick();
	await eventually(`${path} to be read`, isRead(path));
}

it('tells nothing when it is published, then each change once, in the shape of the hub’s events', async () => {
	await createContact('There before');
	const workflow = workflowOf({ events: ['contact.created', 'contact.updated'] });
	const active = await t.engine.activate(workflow);
	await quietMinute(active);

	const { ContactID } = await createContact('Made later');
	active.tick();
	const first = await active.executions.next();
	await write('Contacts', { ContactID, FirstName: 'Ada' });
	active.tick();
	const second = await active.executions.next();
	await quietMinute(active);
	await active.deactivate();

	expect(first.itemsOf(TRIGGER).map(({ json }) => json)).toEqual([
		{
			id: expect.stringMatching(/^evt_[0-9a-f]{32}$/),
			type: 'contact.created',
			types: ['contact.created'],
			tenant: { id: t.tenantId, name: expect.any(String) },
			source: 'sync',
			occurredAt: expect.stringMatching(/^\d{4}-.*Z$/),
			receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
			resource: {
				id: ContactID,
				url: `https://api.xero.com/api.xro/2.0/Contacts/${ContactID}`,
				entity: 'contact',
			},
			record: expect.objectContaining({ Name: 'Made later' }),
		},
	]);
	expect(second.itemsOf('After')).toMatchObject([
		{ json: { type: 'contact.updated', record: { FirstName: 'Ada' } } },
	]);
	expect(active.executions.all).toHaveLength(2);
	expect(active.failures.all).toEqual([]);
});

it('tells what a change of status means, and sales invoices from bills', async () => {
	const active = await t.engine.activate(
		workflowOf({ events: ['invoice.authorised', 'bill.created', 'contact.archived'] }),
	);
	const { ContactID } = await createContact('Owes');
	const draft = { Contact: { ContactID }, Date: '2026-11-01', DueDate: '2026-12-01' };
	const line = { Description: 'Work', Quantity: 1, UnitAmount: 10, AccountCode: '200' };
	const { InvoiceID } = await write('Invoices', { ...draft, Type: 'ACCREC', LineItems: [line] });
	await quietMinute(active, '/Invoices');

	await write('Invoices', { InvoiceID, Status: 'AUTHORISED' });
	await write('Invoices', { ...draft, Type: 'ACCPAY', LineItems: [line] });
	active.tick();
	const invoices = await active.executions.next();
	const { ContactID: leaving } = await createContact('Leaves');
	await write('Contacts', { ContactID: leaving, ContactStatus: 'ARCHIVED' });
	await eventually('the archived contact to be told', async () => {
		active.tick();
		return active.executions.all.length > 1 ? true : undefined;
	});
	await active.deactivate();

	expect(invoices.itemsOf(TRIGGER)).toMatchObject([
		{
			json: {
				type: 'invoice.authorised',
				types: ['invoice.authorised', 'invoice.updated'],
				resource: { id: InvoiceID, entity: 'invoice' },
			},
		},
		{ json: { type: 'bill.created', resource: { entity: 'bill' } } },
	]);
	expect(active.executions.all[1]?.itemsOf(TRIGGER)).toMatchObject([
		{ json: { type: 'contact.archived', resource: { id: leaving } } },
	]);
});

it.each([
	['again where only success counts', 'succeeded', true],
	['not again where it counts as told once it has run', 'taken', false],
])('tells the changes of a failed run %s', async (_, countAsTold, comesAgain) => {
	const fails = workflowOf(
		{ events: ['contact.created'], countAsTold },
		{
			type: 'n8n-nodes-xero-hub.xeroHub',
			parameters: {
				...{ authentication: 'oAuth2', resource: 'contact', operation: 'get' },
				organisation: { mode: 'id', value: t.tenantId },
				contact: { mode: 'id', value: '00000000-0000-4000-8000-000000000000' },
			},
			credentials: { xeroAccountingOAuth2Api: { id: 'xero', name: 'Xero' } },
		},
	);
	const active = await t.engine.activate(fails);
	await createContact(`Fails ${countAsTold}`);
	active.tick();
	const first = await active.executions.next();

	await quietMinute(active);
	const again = comesAgain ? await active.executions.next() : undefined;
	await active.deactivate();

	expect(first.status).toBe('error');
	expect(again?.itemsOf(TRIGGER)[0]?.json.id).toBe(
		comesAgain ? first.itemsOf(TRIGGER)[0]?.json.id : undefined,
	);
	expect(active.executions.all).toHaveLength(comesAgain ? 2 : 1);
});

it('is published although Xero is away, shows that once, and begins when Xero is back', async () => {
	await t.sandbox.setFaults({ offlineTenant: t.tenantId });
	const active = await t.engine.activate(workflowOf({ events: ['contact.created'] }));
	const failure = await active.failures.next();
	active.tick();
	await t.sandbox.setFaults({});
	let made = 0;
	await eventually('a contact to be told', async () => {
		await createContact(`After the outage ${(made += 1)}`);
		active.tick();
		return active.executions.all.length > 0 ? true : undefined;
	});
	await active.deactivate();

	expect(failure.message).toMatch(/Xero/);
	expect(failure.description).toMatch(/tries again by itself/);
	expect(active.failures.all).toHaveLength(1);
}, 60_000);

it('goes on where it was when it is published again, and tells what changed meanwhile', async () => {
	const workflow = workflowOf({ events: ['contact.created'] });
	const first = await t.engine.activate(workflow);
	await first.deactivate();
	await createContact('While unpublished');

	const second = await t.engine.activate(workflow);
	const execution = await second.executions.next();
	first.tick();
	await second.deactivate();

	expect(execution.itemsOf(TRIGGER)).toMatchObject([
		{ json: { record: { Name: 'While unpublished' } } },
	]);
	expect(first.executions.all).toEqual([]);
});

it('begins anew with a kind of record that was not watched for a while', async () => {
	const workflow = workflowOf({ events: ['contact.created'] });
	const withEvents = (...events: string[]): WorkflowDefinition => ({
		...workflow,
		nodes: workflow.nodes.map((node) => ({
			...node,
			parameters: node.name === TRIGGER ? { ...node.parameters, events } : node.parameters,
		})),
	});
	await (await t.engine.activate(workflow)).deactivate();
	await (await t.engine.activate(withEvents('quote.created'))).deactivate();
	await createContact('While nobody watched');

	const active = await t.engine.activate(workflow);
	await quietMinute(active);
	await active.deactivate();

	expect(active.executions.all).toEqual([]);
});

it('keeps what it knows in n8n’s static data, without what a person would call data', async () => {
	const workflow = workflowOf({ events: ['contact.created'] });
	const active = await t.engine.activate(workflow);
	await active.deactivate();

	const stored = JSON.stringify(t.engine.staticData(workflow.id ?? ''));
	expect(stored).toMatch(/ACTIVE/);
	expect(stored).not.toMatch(/There before|token/);
});

it('shows the latest record as a test event', async () => {
	await createContact('The latest');
	const execution = await t.engine.run(workflowOf({ events: ['contact.updated'] }));

	expect(execution.error).toBeUndefined();
	expect(execution.itemsOf('After')).toMatchObject([
		{ json: { type: 'contact.updated', source: 'sync', record: { Name: 'The latest' } } },
	]);
});

it('says so where there is nothing to show', async () => {
	const execution = await t.engine.run(workflowOf({ events: ['quote.accepted'] }));

	expect(execution.error?.message).toMatch(/has no quote to show/);
});

it('watches every organisation of the connection where none is chosen', async () => {
	const active = await t.engine.activate(
		workflowOf({ events: ['contact.created'], organisations: [] }),
	);
	const { organisations } = await t.sandbox.state();
	const other = organisations.find(({ tenantId }) => tenantId !== t.tenantId)!;
	await t.sandbox.call(t.tokens, other.tenantId, 'POST', '/api.xro/2.0/Contacts', {
		Name: 'Elsewhere',
	});
	active.tick();
	const execution = await active.executions.next();
	await active.deactivate();

	expect(execution.itemsOf(TRIGGER)).toMatchObject([{ json: { tenant: { id: other.tenantId } } }]);
});

it('says which chosen organisation it does not reach, and watches the others', async () => {
	const active = await t.engine.activate(
		workflowOf({ events: ['contact.created'], organisations: [t.tenantId, 'gone'] }),
	);
	const failure = await active.failures.next();
	await createContact('Still told');
	active.tick();
	const execution = await active.executions.next();
	await active.deactivate();

	expect(failure.message).toMatch(/does not reach the organisation gone/);
	expect(execution.itemsOf(TRIGGER)).toHaveLength(1);
});
