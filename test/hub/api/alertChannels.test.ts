import { ENGINES } from '../../support/freshLedger';
import { provision, type Provisioned } from '../../support/provision';
import { startReceiver, type Receiver } from '../../support/receiver';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';
import { eventually } from '../../support/eventually';
import { startTestHub, type TestHub } from '../../support/startTestHub';

describe.each(ENGINES)('the channels of alerts on %s', (engine) => {
	let t: TestHub;
	let receiver: Receiver;
	let workspace: Provisioned;
	beforeEach(async () => {
		receiver = await startReceiver((request, response) =>
			response.writeHead(request.path === '/gone' ? 410 : 204).end(),
		);
		t = await startTestHub({ engine });
		workspace = await provision(
			{ ...t, url: t.hub.url } as unknown as Parameters<typeof provision>[0],
			{ n8nBaseUrls: [receiver.url] },
		);
	});
	afterEach(async () => {
		await t.close();
		await receiver.close();
	});

	const call = (method: string, path: string, body?: unknown) =>
		t.call(method, `/api/v1${path}`, body, workspace.apiKey);
	const save = (channels: readonly unknown[]) => call('PUT', '/alert-channels', { channels });

	it('are a list, whose new webhooks give their secret away once', async () => {
		const hook = { kind: 'webhook', url: `${receiver.url}/hook?token=hidden` };
		const saved = await save([hook]);
		const [{ id, secret }] = saved.body.items;
		expect(secret).toMatch(/^whsec_/);

		const slack = { kind: 'slack', url: `${receiver.url}/slack` };
		const again = await save([{ id }, slack]);

		expect(again.body.items).toMatchObject([
			{ id, kind: 'webhook', target: `${receiver.url}/…`, lastToldAt: null, lastError: null },
			{ kind: 'slack', target: `${receiver.url}/…` },
		]);
		const listed = await call('GET', '/alert-channels');
		expect(JSON.stringify(listed.body)).not.toMatch(/whsec_|hidden/);
		expect((await save([])).body.items).toEqual([]);
	});

	it.each([
		['a private address', { kind: 'slack', url: 'https://10.0.0.1/hook' }, /not a public address/],
		['e-mail where the hub sends none', { kind: 'email', to: ['a@example.com'] }, /HUB_SMTP_URL/],
		['a channel that is not there', { id: 'none' }, /no alert channel "none"/],
		['no address', { kind: 'slack', url: 'nonsense' }, /http or https URL/],
	])('refuse %s', async (_what, channel, reason) => {
		const refused = await save([channel]);

		expect(refused.status).toBeGreaterThanOrEqual(400);
		expect(refused.status).toBeLessThan(500);
		expect(refused.body.detail).toMatch(reason);
	});

	it('tell a new one at once of what is open', async () => {
		await call('POST', '/subscriptions', { url: `${receiver.url}/gone`, events: ['*'] });
		const body = payloadOf(xeroEvent());
		await postWebhook(workspace.webhookUrl, body, signatureOf(body, workspace.webhookKey));
		await eventually('the alert', async () => {
			const { items } = (await call('GET', '/alerts')).body;
			return items[0] as object | undefined;
		});

		await save([{ kind: 'webhook', url: `${receiver.url}/hook` }]);

		const told = await eventually('the notice', async () =>
			receiver.received.find(({ path }) => path === '/hook'),
		);
		expect(JSON.parse(told.body)).toMatchObject({
			type: 'alert.raised',
			data: { kind: 'workflow_disabled', title: 'A workflow was switched off' },
		});
	});
});
