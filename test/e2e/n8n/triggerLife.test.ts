import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { eventually } from '../../support/eventually';
import type { WorkflowNode } from '../../support/n8nServer/n8nClient';
import { startN8n } from '../../support/n8nServer/startN8n';
import {
	PACK,
	START_TIMEOUT_MS,
	startN8nWithHub,
	type N8nWithHub,
} from '../../support/n8nServer/startN8nWithHub';

const TRIGGER = 'On a change in Xero';

interface Subscription {
	readonly id: string;
	readonly url: string;
	readonly status: string;
	readonly generation: number;
}

interface Delivery {
	readonly id: string;
	readonly subscriptionId: string;
	readonly status: string;
}

/** What n8n does with a trigger, and when it answers a delivery, only n8n itself can say. */
describe('the life of a trigger, in a running n8n', () => {
	let t: N8nWithHub;
	let tenantId: string;
	let accessToken: string;
	beforeAll(async () => {
		t = await startN8nWithHub();
		const [connection] = t.workspace.connections;
		tenantId = connection!.tenantId;
		accessToken = (await t.api('GET', `/connections/${connection!.id}/token`)).accessToken;
	}, START_TIMEOUT_MS);
	afterAll(async () => {
		await t?.close();
	}, 60_000);

	async function createTrigger(): Promise<{ readonly id: string; readonly webhookId: string }> {
		const webhookId = randomUUID();
		const trigger: WorkflowNode = {
			...{ name: TRIGGER, type: `${PACK}.xeroHubTrigger`, webhookId },
			parameters: { events: ['contact.created'] },
			credentials: { xeroHubApi: t.credential },
		};
		const after: WorkflowNode = {
			...{ name: 'After', type: 'n8n-nodes-base.noOp', parameters: {} },
		};
		const id = await t.n8n.client.createWorkflow(webhookId, [trigger, after]);
		return { id, webhookId };
	}

	async function subscriptionsOf(webhookId: string): Promise<readonly Subscription[]> {
		const { items } = (await t.api('GET', '/subscriptions')) as { items: Subscription[] };
		return items.filter(({ url }) => url.includes(webhookId));
	}

	async function createContact(name: string): Promise<void> {
		const body = { Contacts: [{ Name: name }] };
		const path = '/api.xro/2.0/Contacts';
		const token = { access_token: accessToken };
		expect((await t.sandbox.call(token, tenantId, 'PUT', path, body)).status).toBe(200);
	}

	const deliveriesOf = async (subscriptionId: string) => {
		const { items } = (await t.api('GET', '/deliveries')) as { items: Delivery[] };
		return items.filter((one) => one.subscriptionId === subscriptionId);
	};
	const untilDeliveries = (subscriptionId: string, status: string, count = 1) =>
		eventually(
			`${count} deliveries to be ${status}`,
			async () => {
				const found = (await deliveriesOf(subscriptionId)).filter((one) => one.status === status);
				return found.length >= count ? found : undefined;
			},
			{ timeoutMs: 90_000 },
		);

	async function inDatabase(statement: string): Promise<void> {
		const client = new Client({ connectionString: t.databaseUrl });
		await client.connect();
		try {
			await client.query(statement);
		} finally {
			await client.end();
		}
	}

	it('keeps what waits while a changed trigger is published', async () => {
		const { id, webhookId } = await createTrigger();
		await t.n8n.client.publish(id);
		const [before] = await subscriptionsOf(webhookId);
		await t.n8n.client.unpublish(id);
		const [parked] = await subscriptionsOf(webhookId);
		await createContact(`Waits ${webhookId}`);
		await untilDeliveries(before!.id, 'pending');

		await t.n8n.client.changeParameters(id, TRIGGER, {
			events: ['contact.created', 'contact.updated'],
		});
		await t.n8n.client.publish(id);

		const execution = await t.n8n.client.nextExecution(id, []);
		const [after, ...others] = await subscriptionsOf(webhookId);
		expect(parked).toMatchObject({ id: before!.id, status: 'parked' });
		expect(after).toMatchObject({ id: before!.id, status: 'active' });
		expect(after!.generation).toBeGreaterThan(before!.generation);
		expect(others).toEqual([]);
		expect(execution.itemsOf('After')).toHaveLength(1);
		await t.n8n.client.unpublish(id);
	}, 120_000);

	it('runs a delivery again whose execution n8n could not save', async () => {
		const { id, webhookId } = await createTrigger();
		await t.n8n.client.publish(id);
		const [{ id: subscription } = { id: '' }] = await subscriptionsOf(webhookId);
		await inDatabase(`
			create function refuse() returns trigger language plpgsql as
				$$ begin raise exception 'the disk is full'; end $$;
			create trigger refuse before insert on execution_entity
				for each row execute function refuse()`);

		await createContact(`Refused ${webhookId}`);
		const [refused] = await eventually('n8n to refuse it', async () => {
			const [delivery] = await deliveriesOf(subscription);
			if (delivery === undefined) return undefined;
			const { attempts } = await t.api('GET', `/deliveries/${delivery.id}`);
			return attempts.length > 0 ? attempts : undefined;
		});
		await inDatabase('drop trigger refuse on execution_entity; drop function refuse()');

		const execution = await t.n8n.client.nextExecution(id, []);
		await untilDeliveries(subscription, 'delivered');
		expect(refused).toMatchObject({ statusCode: 500 });
		expect(execution.itemsOf('After')).toHaveLength(1);
		expect(await t.n8n.client.executionIds(id)).toHaveLength(1);
		await t.n8n.client.unpublish(id);
	}, 120_000);

	it('loses nothing when n8n is killed, and counts no answer of one that is starting', async () => {
		const { id, webhookId } = await createTrigger();
		await t.n8n.client.publish(id);
		const [{ id: subscription } = { id: '' }] = await subscriptionsOf(webhookId);
		const names = Array.from({ length: 5 }, (_, n) => `Killed ${n} ${webhookId}`);

		const created = Promise.all(names.map(createContact));
		await t.n8n.process.kill();
		await created;
		await t.n8n.startAgain();
		// The second retry is five minutes away; a person who sees what waits sends it now.
		for (const { id: waiting, status } of await deliveriesOf(subscription)) {
			if (status === 'pending') await t.api('POST', `/deliveries/${waiting}/replay`);
		}

		await untilDeliveries(subscription, 'delivered', names.length);
		const executions = await t.n8n.client.executionIds(id);
		expect(executions.length).toBeGreaterThanOrEqual(names.length);
		await t.n8n.client.unpublish(id);
	}, 240_000);

	it('leaves production alone when a copy of its database is published', async () => {
		const { id, webhookId } = await createTrigger();
		await t.n8n.client.publish(id);
		const [home] = await subscriptionsOf(webhookId);
		await t.n8n.process.stop();
		const copyUrl = new URL(t.databaseUrl);
		const name = `copy_${randomUUID().replaceAll('-', '')}`;
		const admin = new Client({ connectionString: new URL('/postgres', t.databaseUrl).href });
		await admin.connect();
		await admin.query(`create database ${name} template ${copyUrl.pathname.slice(1)}`);
		copyUrl.pathname = `/${name}`;
		await t.n8n.startAgain();
		const packs = { [PACK]: t.tarball };
		const copy = await startN8n({ databaseUrl: copyUrl.href, packs, isCopy: true });

		try {
			await t.hub.call('PATCH', `/api/v1/workspaces/${t.workspace.slug}`, {
				n8nBaseUrls: [t.n8n.url, copy.url],
			});
			await copy.client.changeParameters(id, TRIGGER, { events: ['contact.updated'] });
			await copy.client.publish(id);

			const both = await subscriptionsOf(webhookId);
			const alerts = (await t.api('GET', '/alerts')).items;
			expect(both).toHaveLength(2);
			expect(both.find((one) => one.id === home!.id)).toMatchObject({
				...{ url: home!.url, status: 'active' },
			});
			expect(alerts).toMatchObject([{ kind: 'trigger_elsewhere' }]);
			await createContact(`At home ${webhookId}`);
			expect((await t.n8n.client.nextExecution(id, [])).itemsOf('After')).toHaveLength(1);

			await copy.client.unpublish(id);
			const left = await subscriptionsOf(webhookId);
			expect(left.filter(({ status }) => status === 'active')).toMatchObject([{ id: home!.id }]);
		} finally {
			await copy.stop();
			await admin.query(`drop database ${name} with (force)`);
			await admin.end();
		}
		await t.n8n.client.unpublish(id);
	}, 300_000);
});
