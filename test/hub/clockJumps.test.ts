import { ENGINES } from '../support/freshLedger';
import { provision, type Provisioned } from '../support/provision';
import { startReceiver, type Receiver } from '../support/receiver';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../support/signedWebhook';
import { startTestHub, type TestHub } from '../support/startTestHub';

const HOUR_MS = 3600_000;

describe.each(ENGINES)('a hub whose clock is set, on %s', (engine) => {
	let jump: number;
	let t: TestHub;
	let receiver: Receiver;
	let workspace: Provisioned;
	beforeEach(async () => {
		jump = 0;
		receiver = await startReceiver();
		t = await startTestHub({ engine, now: () => Date.now() + jump });
		workspace = await provision(
			{ ...t, url: t.hub.url } as unknown as Parameters<typeof provision>[0],
			{ n8nBaseUrls: [receiver.url] },
		);
	});
	afterEach(async () => {
		await t.close();
		await receiver.close();
	});

	const post = async (key: string) => {
		const body = payloadOf(xeroEvent());
		return (await postWebhook(workspace.webhookUrl, body, signatureOf(body, key))).status;
	};

	describe.each([
		['an hour back', -HOUR_MS],
		['an hour ahead', HOUR_MS],
	])('%s', (_name, ms) => {
		it('takes calls as it took them before', async () => {
			const call = async () =>
				(await t.call('GET', '/api/v1/workspace', undefined, workspace.apiKey)).status;
			await call();

			jump = ms;

			expect(await call()).toBe(200);
		});

		it('takes webhooks that a new key signed, and delivers them', async () => {
			await t.call(
				'POST',
				'/api/v1/subscriptions',
				{ url: `${receiver.url}/x`, events: ['*'] },
				workspace.apiKey,
			);
			expect(await post(workspace.webhookKey)).toBe(200);
			await receiver.until(1);

			jump = ms;
			await t.call('PUT', `/api/v1/workspaces/${workspace.slug}/app-keys`, {
				clientId: 'CLIENT',
				clientSecret: 'SECRET',
				webhookKey: 'another-key',
			});

			// Keys are read anew once a second at most.
			while ((await post('another-key')) === 401) {
				await new Promise((resolve) => setTimeout(resolve, 100));
			}
			await receiver.until(2);
		});
	});
});
