import type { ServerResponse } from 'node:http';
import { eventually } from '../../support/eventually';
import { ENGINES } from '../../support/freshLedger';
import { startReceiver } from '../../support/receiver';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';
import { startTestHub, type TestHub } from '../../support/startTestHub';

const WEBHOOK_KEY = 'the-webhook-key';

describe.each(ENGINES)('deliveries in flight on %s', (engine) => {
	let t: TestHub;
	beforeEach(async () => {
		t = await startTestHub({ engine });
	});
	afterEach(() => t.close());

	/** A workspace whose one subscription goes there; sends it so many events. */
	async function provision(name: string, url: string) {
		const { body: workspace } = await t.call('POST', '/api/v1/workspaces', {
			name,
			n8nBaseUrls: [url],
		});
		const base = `/api/v1/workspaces/${workspace.slug}`;
		await t.call('PUT', `${base}/app-keys`, {
			clientId: 'THE-CLIENT-ID',
			clientSecret: 'the-client-secret',
			webhookKey: WEBHOOK_KEY,
		});
		const { key } = (await t.call('POST', `${base}/api-keys`, { name: 'n8n' })).body;
		await t.call('POST', '/api/v1/subscriptions', { url, events: ['*'] }, key);
		return {
			base,
			key: key as string,
			async happen(count: number) {
				const body = payloadOf(...Array.from({ length: count }, () => xeroEvent()));
				const to = `${t.hub.url}/webhooks/xero/${workspace.slug}`;
				await postWebhook(to, body, signatureOf(body, WEBHOOK_KEY));
			},
		};
	}

	it('whose workspace is deleted end without a fault', async () => {
		const held: ServerResponse[] = [];
		const receiver = await startReceiver((_request, response) => held.push(response));
		const acme = await provision('Acme', receiver.url);
		await acme.happen(3);
		await receiver.until(3);

		const { status } = await t.call('DELETE', acme.base);
		for (const response of held) response.end('thanks');
		// Another's go on meanwhile: what is written down together is not torn by those that are gone.
		const quick = await startReceiver();
		const beta = await provision('Beta', quick.url);
		await beta.happen(1);
		await eventually('the delivery', async () => {
			const { items } = (await t.call('GET', '/api/v1/deliveries', undefined, beta.key)).body;
			return items[0]?.status === 'delivered' || undefined;
		});

		expect(status).toBeLessThan(300);
		expect(t.logLines.filter((line) => line.includes('"err"'))).toEqual([]);
		await receiver.close();
		await quick.close();
	});

	it('to receivers that hang hold up nobody else', async () => {
		const hanging = await startReceiver(() => {});
		const slow = await provision('Slow', hanging.url);
		for (const path of ['a', 'b', 'c', 'd', 'e', 'f']) {
			const wish = { url: `${hanging.url}/${path}`, events: ['*'] };
			await t.call('POST', '/api/v1/subscriptions', wish, slow.key);
		}
		await slow.happen(20);
		// All that seven subscriptions may have in flight: today's 32 slots would be gone.
		await hanging.until(7 * 8);
		const quick = await startReceiver();
		const fast = await provision('Fast', quick.url);

		await fast.happen(20);
		await quick.until(20);

		expect(hanging.received).toHaveLength(7 * 8);
		await hanging.close();
		await quick.close();
	});
});
