import { ENGINES } from '../../support/freshLedger';
import { startReceiver, type Receiver } from '../../support/receiver';
import { startSandbox, type StartedSandbox } from '../../support/startSandbox';
import type { SandboxApp, SandboxOrganisation } from '../../support/sandboxClient';
import { startTestHub, type TestHub } from '../../support/startTestHub';

/** An agency's hub, whole: one Xero app and account, a workspace and an n8n for each client. */
describe.each(ENGINES)('two clients of one agency on %s', (engine) => {
	let t: TestHub;
	let sandbox: StartedSandbox;
	let app: SandboxApp;
	let organisations: readonly SandboxOrganisation[];
	let n8n: Record<'acme' | 'beta', Receiver>;
	let keys: Record<'acme' | 'beta', string>;

	beforeEach(async () => {
		sandbox = await startSandbox();
		t = await startTestHub({
			engine,
			env: {
				XERO_LOGIN_URL: sandbox.url,
				XERO_IDENTITY_URL: sandbox.url,
				XERO_API_URL: sandbox.url,
			},
		});
		app = await sandbox.createApp();
		({ organisations } = await sandbox.state());
		n8n = { acme: await startReceiver(), beta: await startReceiver() };
		keys = { acme: await provision('acme', 0), beta: await provision('beta', 1) };
		// The app has one delivery URL, and it is Acme's.
		await sandbox.setWebhook(app.clientId, `${t.hub.url}/webhooks/xero/acme`);
	}, 30_000);
	afterEach(async () => {
		await t.close();
		await sandbox.close();
		await Promise.all(Object.values(n8n).map((receiver) => receiver.close()));
	});

	/** With the agency's app keys, one organisation, and a workflow that takes every event. */
	async function provision(slug: 'acme' | 'beta', organisation: number): Promise<string> {
		const workspace = `/api/v1/workspaces/${slug}`;
		await t.call('POST', '/api/v1/workspaces', { name: slug, n8nBaseUrls: [n8n[slug].url] });
		await t.call('PUT', `${workspace}/app-keys`, {
			clientId: app.clientId,
			clientSecret: app.clientSecret,
			webhookKey: app.webhookKey,
			tier: 'core',
		});
		const { authorizeUrl } = (await t.call('POST', `${workspace}/connect`)).body;
		const { origin, pathname, searchParams } = new URL(authorizeUrl);
		const consent = await fetch(origin + pathname, {
			method: 'POST',
			redirect: 'manual',
			body: new URLSearchParams([
				...searchParams,
				['tenantId', organisations[organisation]?.tenantId ?? ''],
				['action', 'approve'],
			]),
		});
		const callback = new URL(consent.headers.get('location') ?? '');
		await fetch(t.hub.url + callback.pathname + callback.search);
		const { key } = (await t.call('POST', `${workspace}/api-keys`, { name: 'n8n' })).body;
		const wish = { url: `${n8n[slug].url}/webhook`, events: ['*'] };
		await t.call('POST', '/api/v1/subscriptions', wish, key);
		return key;
	}
	const tenantsOf = async (slug: 'acme' | 'beta') => {
		const { body } = await t.call('GET', '/api/v1/connections', undefined, keys[slug]);
		const { items } = body as { items: readonly SandboxOrganisation[] };
		return items.map(({ tenantId }) => tenantId);
	};
	const read = async (slug: 'acme' | 'beta', { tenantId }: SandboxOrganisation) =>
		(
			await t.call(
				'GET',
				`/api/v1/xero/${tenantId}/api.xro/2.0/Organisation`,
				undefined,
				keys[slug],
			)
		).status;

	it('see, read and hear of their own books only', async () => {
		const [first, second] = organisations as [SandboxOrganisation, SandboxOrganisation];

		expect(await tenantsOf('acme')).toEqual([first.tenantId]);
		expect(await tenantsOf('beta')).toEqual([second.tenantId]);
		expect(await read('acme', second)).toBe(404);
		expect(await read('beta', second)).toBe(200);

		await sandbox.seed(second.tenantId, { contacts: 1, events: true });
		await n8n.beta.until(1);
		await sandbox.seed(first.tenantId, { contacts: 1, events: true });
		await n8n.acme.until(1);

		const tenants = ({ received }: Receiver) =>
			received.map(({ body }) => (JSON.parse(body) as { tenant: { id: string } }).tenant.id);
		expect(new Set(tenants(n8n.beta))).toEqual(new Set([second.tenantId]));
		expect(new Set(tenants(n8n.acme))).toEqual(new Set([first.tenantId]));
		const events = (await t.call('GET', '/api/v1/events', undefined, keys.acme)).body.items;
		expect(JSON.stringify(events)).not.toContain(second.tenantId);
	});

	it('go on alone when the other one is deleted, though its consent came first', async () => {
		const [first, second] = organisations as [SandboxOrganisation, SandboxOrganisation];
		await sandbox.forgetRequests();

		expect((await t.call('DELETE', '/api/v1/workspaces/acme')).status).toBe(204);

		expect((await sandbox.requests()).map(({ method }) => method)).toEqual(['DELETE']);
		expect(await read('beta', second)).toBe(200);
		await sandbox.setFaults({ expireTokens: true });
		expect(await read('beta', second)).toBe(200);
		expect(await read('beta', first)).toBe(404);
	});
});
