import { eventually } from '../../support/eventually';
import { markRestored } from '../../../hub-server/src/administration/markRestored';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import type { FormBrowser, FormPage } from '../../support/portal/formBrowser';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';
import { revokeConsent } from '../../support/revokeConsent';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';

const HOUR = 3600_000;
const VIEWER = { name: 'Viewer', email: 'viewer@example.com', password: 'a garden of six lamps' };

/** What the page says in its section for alerts; undefined where there is none. */
const alertsOf = ({ html }: FormPage) =>
	/<section class="alerts"[\s\S]*?<\/section>/
		.exec(html)?.[0]
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();

describe('the alerts in the portal', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let receiver: Receiver;
	let workspace: ProvisionedPortal;
	let clock: number;
	/** The status that the workflow answers with. */
	let answers: number;

	beforeEach(async () => {
		clock = Date.now();
		answers = 200;
		[portal, receiver] = await Promise.all([
			startPortal({ autoConsent: 'all', now: () => clock }),
			startReceiver((_request, response) => response.writeHead(answers).end()),
		]);
		owner = await portalOwner(portal);
		workspace = await provisionPortal(portal, [receiver.url]);
	});
	afterEach(async () => {
		await portal.close();
		await receiver.close();
	});

	const call = (method: string, path: string, body?: unknown) =>
		portal.hub.call(method, `/api/v1${path}`, body, workspace.apiKey);
	/** As when the access token has ended and a workflow asks for another. */
	async function refresh() {
		clock += HOUR;
		await portal.sandbox.advanceClock(HOUR / 1000);
		return call('GET', `/connections/${workspace.connectionId}/token`);
	}
	const subscribe = () =>
		call('POST', '/subscriptions', { url: `${receiver.url}/webhook/x`, events: ['*'] });

	async function happen(events: number): Promise<void> {
		const changes = Array.from({ length: events }, () =>
			xeroEvent({ tenantId: workspace.tenantId }),
		);
		const body = payloadOf(...changes);
		await postWebhook(
			`${portal.url}/webhooks/xero/acme`,
			body,
			signatureOf(body, workspace.webhookKey),
		);
	}

	/** The overview, once its alerts are as wanted: an attempt is written a moment after its answer. */
	async function overviewOnce(isSo: (alerts: string) => boolean): Promise<string> {
		for (;;) {
			const alerts = alertsOf(await owner.get('/w/acme')) ?? '';
			if (isSo(alerts)) return alerts;
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	it('are not mentioned while all is well', async () => {
		expect(alertsOf(await owner.get('/w/acme'))).toBeUndefined();
		expect(alertsOf(await owner.get('/w/acme/organisations'))).toBeUndefined();
		expect((await owner.get('/')).text).not.toContain('Needs you');
	});

	it('tell which connection has to be authorised again, and end when it was', async () => {
		await revokeConsent(portal.sandbox, workspace);
		expect((await refresh()).body.code).toBe('reauth_required');
		const { organisations } = await portal.sandbox.state();

		for (const path of ['/w/acme', '/w/acme/organisations']) {
			const page = await owner.get(path);
			const alerts = alertsOf(page) ?? '';
			expect(alerts).toMatch(/^Needs you The connection to .* has to be authorised again/);
			for (const { name } of organisations) expect(page.text).toContain(name);
			expect(alerts).toMatch(/Since \d+ \w+ \d{4}, \d\d:\d\d UTC Reconnect$/);
		}
		expect((await owner.get('/')).text).toContain('Needs you: 1 alert');
		expect((await owner.get('/w/acme/activity')).text).toContain(
			'Alert A connection to Xero has to be authorised again',
		);

		const page = await owner.get('/w/acme');
		const action = /action="([^"]+\/reconnect)"/.exec(page.html)?.[1] ?? '';
		const between = await owner.submit(page, action);
		const link = /content="0; url=([^"]+)"/.exec(between.html)?.[1] ?? '';
		await owner.get(link.replaceAll('&amp;', '&'));

		expect(alertsOf(await owner.get('/w/acme'))).toBeUndefined();
		expect((await owner.get('/')).text).not.toContain('Needs you');
	});

	it('say since when the access has stopped, which is not when its token would have ended', async () => {
		await revokeConsent(portal.sandbox, workspace);
		await refresh();
		const stopped = clock;
		clock += 10 * 60_000;

		const { html } = await owner.get('/w/acme/organisations');

		const since = /Stopped since <time datetime="([^"]+)"/.exec(html)?.[1] ?? '';
		expect(Date.parse(since)).toBe(stopped);
	});

	it('end when the connection that they are about is removed', async () => {
		await revokeConsent(portal.sandbox, workspace);
		await refresh();
		expect(alertsOf(await owner.get('/w/acme'))).toContain('authorised again');

		const { items } = (await call('GET', '/connections')).body;
		for (const { id } of items) await call('DELETE', `/connections/${id}`);

		expect(alertsOf(await owner.get('/w/acme'))).toBeUndefined();
		expect((await call('GET', '/alerts')).body.items).toEqual([]);
	});

	it('say that Xero refuses the app keys, until other keys are saved', async () => {
		const { clientId, clientSecret } =
			(await portal.sandbox.state()).apps.find((app) => app.clientId === workspace.clientId) ?? {};
		const save = (secret: unknown) =>
			portal.hub.call('PUT', '/api/v1/workspaces/acme/app-keys', {
				clientId,
				clientSecret: secret,
			});
		await save('replaced-at-xero');
		expect((await refresh()).body.code).toBe('app_keys_refused');

		const page = await owner.get('/w/acme/organisations');

		expect(alertsOf(page)).toContain('Needs you Xero refuses the app keys');
		expect(page.html).toMatch(/<a [^>]*href="\/w\/acme\/app-keys">Save the app keys again</);
		await save(clientSecret);
		expect(alertsOf(await owner.get('/w/acme/organisations'))).toBeUndefined();
	});

	it('offer a viewer no button that is not theirs', async () => {
		await revokeConsent(portal.sandbox, workspace);
		await refresh();
		const viewer = await invited(portal, owner, VIEWER, { role: 'viewer', reach: 'all' });

		for (const path of ['/w/acme', '/w/acme/organisations']) {
			const page = await viewer.get(path);
			expect(alertsOf(page)).toContain('Ask an owner or a connector of this workspace to do it.');
			expect(page.html).not.toContain('/reconnect"');
		}
	});

	it('tell that a workflow does not take its deliveries, and not under organisations', async () => {
		answers = 404;
		await subscribe();
		// One after the other: those that are in flight together are one outage.
		for (let failures = 1; failures <= 5; failures += 1) {
			await happen(1);
			await eventually(`failure ${failures}`, async () => {
				const { items } = (await call('GET', '/deliveries')).body;
				const tried = (items as { attempt: number }[]).filter(({ attempt }) => attempt > 0);
				return tried.length === failures || undefined;
			});
		}

		const alerts = await overviewOnce((text) => text.includes('5 times'));

		expect(alerts).toContain('A workflow does not take its deliveries');
		expect(alerts).toContain(`${receiver.url}/webhook/x has failed 5 times in a row.`);
		expect(alerts).toContain('It last answered 404.');
		expect((await owner.get('/w/acme')).html).toContain('href="/w/acme/deliveries?status=pending"');
		expect(alertsOf(await owner.get('/w/acme/organisations'))).toBeUndefined();
		expect((await call('GET', '/alerts')).body.items).toEqual([
			expect.objectContaining({ kind: 'workflow_paused' }),
		]);
		const metrics = await portal.hub.call('GET', '/metrics');
		expect(metrics.body).toContain('xero_hub_alerts_open{kind="workflow_paused"} 1');
	});

	it('show what was put aside, let it be routed again, and end when it is dismissed', async () => {
		const body = '{"events":[7]}<script>';
		const send = () =>
			postWebhook(
				`${portal.url}/webhooks/xero/acme`,
				body,
				signatureOf(body, workspace.webhookKey),
			);
		await send();
		await send();
		await call('GET', '/events');

		const alerts = alertsOf(await owner.get('/w/acme'));
		const list = await owner.get('/w/acme/payloads');
		const [path = ''] = /\/w\/acme\/payloads\/payload-\d+/.exec(list.html) ?? [];
		const page = await owner.get(path);
		const again = await owner.submit(page, '/w/acme/payloads/route');
		await call('GET', '/events');
		const dismissed = await owner.submit(
			await owner.get('/w/acme/payloads'),
			'/w/acme/payloads/dismiss',
		);

		expect(alerts).toContain('Something that Xero sent was put aside 2 payloads from Xero');
		expect(page.text).toContain(`What Xero sent ${body}`);
		expect(page.html).not.toContain('<script>');
		expect(again.text).toContain('They are routed again now.');
		expect(dismissed.text).toContain('Everything that Xero sent was read whole.');
		expect(alertsOf(await owner.get('/w/acme'))).toBeUndefined();
	});

	it('say that the hub was restored, until somebody has read it', async () => {
		const ledger = connectDatabase({ dataDir: portal.hub.dataDir });
		await markRestored(ledger.db, { takenAt: clock - HOUR, lost: new Map() }, clock);
		await ledger.close();

		const page = await owner.get('/w/acme');
		const [action = ''] = /\/w\/acme\/alerts\/[\w-]+\/acknowledge/.exec(page.html) ?? [];
		const read = await owner.submit(page, action);

		expect(alertsOf(page)).toContain('This hub was restored from a backup This hub was restored');
		expect(read.text).toContain('Noted: you have read it.');
		expect(alertsOf(await owner.get('/w/acme'))).toBeUndefined();
	});

	it('tell what was switched off and given up, until it is active and was sent again', async () => {
		answers = 410;
		await subscribe();
		await happen(1);

		const off = await overviewOnce((text) => text !== '');
		answers = 200;
		await subscribe();
		const given = alertsOf(await owner.get('/w/acme'));
		const at = '/w/acme/deliveries';
		clock += 1_000;
		await owner.submit(await owner.get(at), `${at}/replay`, { status: 'dead', since: 'day' });

		expect(off).toContain('A workflow was switched off');
		expect(given).toContain('Deliveries were given up A delivery to');
		expect(given).toContain('See what was given up');
		expect(alertsOf(await owner.get('/w/acme'))).toBeUndefined();
	});
});
