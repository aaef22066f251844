import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../../support/eventually';
import type { WorkflowNode } from '../../support/n8nServer/n8nClient';
import {
	PACK,
	START_TIMEOUT_MS,
	startN8nWithHub,
	type N8nWithHub,
} from '../../support/n8nServer/startN8nWithHub';

const TRIGGER = 'When an invoice changes';
const READ = 'Read the invoice';

interface Subscription {
	readonly id: string;
	readonly url: string;
	readonly events: readonly string[];
}

interface Invoice {
	readonly InvoiceID: string;
	readonly Reference: string;
}

describe('a Xero event in a running n8n', () => {
	let t: N8nWithHub;
	let tenantId: string;
	let accessToken: string;
	let invoiceId: string;

	beforeAll(async () => {
		t = await startN8nWithHub();
		const [connection] = t.workspace.connections;
		tenantId = connection!.tenantId;
		accessToken = (await t.api('GET', `/connections/${connection!.id}/token`)).accessToken;
		const { Invoices } = await t.api(
			'GET',
			`/xero/${tenantId}/api.xro/2.0/Invoices?page=1&where=${encodeURIComponent('Type=="ACCREC" AND Status=="DRAFT"')}`,
		);
		invoiceId = Invoices[0].InvoiceID;
	}, START_TIMEOUT_MS);

	afterAll(async () => {
		await t?.close();
	}, 60_000);

	/** Somebody edits the invoice in Xero, and Xero's webhook tells. */
	async function editInvoice(reference: string): Promise<void> {
		const response = await t.sandbox.call(
			{ access_token: accessToken },
			tenantId,
			'POST',
			`/api.xro/2.0/Invoices/${invoiceId}`,
			{ Reference: reference },
		);
		expect(response.status).toBe(200);
	}

	/** A trigger, and the action node reading what the event is about. */
	function nodes(): WorkflowNode[] {
		const credentials = { xeroHubApi: t.credential };
		return [
			{
				name: TRIGGER,
				type: `${PACK}.xeroHubTrigger`,
				webhookId: randomUUID(),
				parameters: { events: ['invoice.updated'] },
				credentials,
			},
			{
				name: READ,
				type: `${PACK}.xeroHub`,
				parameters: {
					resource: 'invoice',
					operation: 'get',
					organisation: { __rl: true, mode: 'id', value: '={{ $json.tenant.id }}' },
					invoice: { __rl: true, mode: 'id', value: '={{ $json.resource.id }}' },
				},
				credentials,
			},
		];
	}

	async function subscriptions(): Promise<readonly Subscription[]> {
		return (await t.api('GET', '/subscriptions')).items;
	}

	async function subscribedUrls(): Promise<readonly string[]> {
		return (await subscriptions()).map(({ url }) => url);
	}

	/** What the workflow's trigger made on the hub. */
	async function subscriptionOf(workflow: readonly WorkflowNode[]): Promise<Subscription> {
		const found = (await subscriptions()).find(({ url }) => url.includes(workflow[0]!.webhookId!));
		expect(found).toBeDefined();
		return found!;
	}

	async function published(): Promise<{ id: string; subscription: Subscription }> {
		const workflow = nodes();
		const id = await t.n8n.client.createWorkflow(`Invoices ${randomUUID()}`, workflow);
		await t.n8n.client.publish(id);
		return { id, subscription: await subscriptionOf(workflow) };
	}

	/** A delivery as the hub would make it, signed by an implementation that is not ours. */
	async function deliver(
		{ url }: Subscription,
		secret: string,
		deliveryId: string,
	): Promise<Response> {
		const body = JSON.stringify({
			id: randomUUID(),
			type: 'invoice.updated',
			workspace: t.workspace.slug,
			tenant: { id: tenantId, name: null },
			source: 'webhook',
			occurredAt: new Date().toISOString(),
			receivedAt: new Date().toISOString(),
			resource: { id: invoiceId, url: '', entity: 'invoice' },
		});
		const now = new Date();
		return await fetch(url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'webhook-id': deliveryId,
				'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
				'webhook-signature': new Webhook(secret).sign(deliveryId, now, body),
			},
			body,
		});
	}

	it("passes the credential's test, and fails it with a wrong key", async () => {
		expect(await t.n8n.client.testCredential(t.credential)).toMatchObject({ status: 'OK' });

		const wrong = { ...t.credential, data: { ...t.credential.data, apiKey: 'xhk_wrong' } };
		expect(await t.n8n.client.testCredential(wrong)).toMatchObject({ status: 'Error' });
	});

	it('runs a published workflow with the edited invoice, once', async () => {
		const { id } = await published();

		await editInvoice('Edited in Xero');
		const execution = await t.n8n.client.nextExecution(id, []);

		expect(execution).toMatchObject({ status: 'success', error: undefined });
		expect(execution.itemsOf(TRIGGER).map(({ json }) => json)).toEqual([
			expect.objectContaining({
				type: 'invoice.updated',
				workspace: t.workspace.slug,
				tenant: expect.objectContaining({ id: tenantId }),
				source: 'webhook',
				resource: expect.objectContaining({ id: invoiceId, entity: 'invoice' }),
			}),
		]);
		expect(execution.itemsOf(READ).map(({ json }) => json as unknown as Invoice)).toEqual([
			expect.objectContaining({ InvoiceID: invoiceId, Reference: 'Edited in Xero' }),
		]);
		expect(await t.n8n.client.executionIds(id)).toHaveLength(1);
		await t.n8n.client.unpublish(id);
	});

	it('refuses a forged delivery without running anything', async () => {
		const { id, subscription } = await published();
		const forgery = `whsec_${Buffer.from('not the secret of this one').toString('base64')}`;

		const response = await deliver(subscription, forgery, randomUUID());

		expect(response.status).toBe(401);
		await editInvoice('After the forgery');
		await t.n8n.client.nextExecution(id, []);
		expect(await t.n8n.client.executionIds(id)).toHaveLength(1);
		await t.n8n.client.unpublish(id);
	});

	it('runs a delivery that comes twice only once', async () => {
		const { id, subscription } = await published();
		const { secret } = await t.api('POST', '/subscriptions', {
			url: subscription.url,
			events: subscription.events,
		});
		const deliveryId = randomUUID();

		const first = await deliver(subscription, secret, deliveryId);
		const execution = await t.n8n.client.nextExecution(id, []);
		const second = await deliver(subscription, secret, deliveryId);

		expect([first.status, second.status]).toEqual([200, 200]);
		await editInvoice('After the repetition');
		await t.n8n.client.nextExecution(id, [execution.id]);
		expect(await t.n8n.client.executionIds(id)).toHaveLength(2);
		await t.n8n.client.unpublish(id);
	});

	it('listens for one test event in the editor beside the published workflow', async () => {
		const { id, subscription } = await published();
		const testUrl = subscription.url.replace('/webhook/', '/webhook-test/');

		await t.n8n.client.listenForTestEvent(id, TRIGGER);
		expect(await subscribedUrls()).toEqual(expect.arrayContaining([subscription.url, testUrl]));
		await editInvoice('While the editor listens');
		const one = await t.n8n.client.nextExecution(id, []);
		const other = await t.n8n.client.nextExecution(id, [one.id]);

		expect([one.mode, other.mode].sort()).toEqual(['manual', 'webhook']);
		for (const execution of [one, other]) {
			expect(execution.status).toBe('success');
			expect(execution.itemsOf(READ)[0]?.json).toMatchObject({
				Reference: 'While the editor listens',
			});
		}
		await eventually('the test subscription to go', async () =>
			(await subscribedUrls()).includes(testUrl) ? undefined : true,
		);
		expect(await subscribedUrls()).toContain(subscription.url);
		await t.n8n.client.unpublish(id);
	});

	it('parks the subscription when the workflow is unpublished', async () => {
		const { id, subscription } = await published();

		await t.n8n.client.unpublish(id);

		const parked = (await subscriptions()).find(({ url }) => url === subscription.url);
		expect(parked).toMatchObject({ id: subscription.id, status: 'parked' });
	});
});
