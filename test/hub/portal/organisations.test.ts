import type { FormBrowser, FormPage } from '../../support/portal/formBrowser';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const COLLEAGUE = {
	name: 'Colleague',
	email: 'colleague@example.com',
	password: 'nine quiet bicycles',
};

const AT = '/w/acme/organisations';

describe('the organisations of a workspace in the portal', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;

	beforeEach(async () => {
		portal = await startPortal({ autoConsent: 'all' });
		owner = await portalOwner(portal);
		await owner.submit(await owner.get('/workspaces/new'), '/workspaces', { name: 'Acme' });
	});
	afterEach(() => portal.close());

	async function saveAppKeys(more: { readonly tier?: number } = {}) {
		const { clientId, clientSecret, webhookKey } = await portal.createApp();
		await portal.hub.call('PUT', '/api/v1/workspaces/acme/app-keys', {
			clientId,
			clientSecret,
			webhookKey,
			...more,
		});
	}

	/** Presses the button, and follows the page that leads on to Xero. */
	async function followToXero(page: FormPage, action: string): Promise<FormPage> {
		const between = await owner.submit(page, action);
		const link = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(between.html)?.[1] ?? '';
		return owner.get(link.replaceAll('&amp;', '&'));
	}

	it('leads to the app keys while there are none', async () => {
		const empty = await owner.get(AT);
		expect(empty.text).toContain('First save the keys of your Xero app');

		const page = await owner.submit(await owner.get('/w/acme'), '/w/acme/connect');

		expect(page.at).toBe('/w/acme/app-keys');
	});

	it('are refused beyond the tier of the app, on a page that leads to where some can be given up', async () => {
		const { length } = (await portal.sandbox.state()).organisations;
		await saveAppKeys({ tier: length });
		await followToXero(await owner.get(AT), '/w/acme/connect');

		const full = await owner.get(AT);
		expect(full.text).toContain(`Connections: ${length} of ${length} used .`);
		expect(full.text).toContain('To make room: disconnect an organisation');
		expect(full.html).not.toContain('action="/w/acme/connect"');
		expect((await owner.get('/w/acme')).text).toContain(`${length} of ${length} used`);
		const formToken = /name="formToken" value="([^"]+)"/.exec(full.html)?.[1] ?? '';
		const refused = await owner.post('/w/acme/connect', { formToken });

		expect(refused.status).toBe(409);
		expect(refused.text).toContain(`may have ${length} connections, and all are used.`);
		expect(refused.html).toContain('href="/w/acme/organisations">Go to the organisations');
		expect(refused.html).toContain('aria-label="Acme"');
	});

	it('are connected by a consent at Xero, chosen, and listed with the health of their token', async () => {
		await saveAppKeys();

		const picker = await followToXero(await owner.get(AT), '/w/acme/connect');

		expect(picker.at).toMatch(/^\/w\/acme\/connected/);
		expect(picker.text).toContain('just connected');
		const ids = [...picker.html.matchAll(/name="enabled" value="([^"]+)"/g)].map(([, id]) => id);
		expect(ids.length).toBeGreaterThan(1);
		const saved = await owner.submit(picker, '/w/acme/connected', { enabled: [ids[0] as string] });
		expect(saved.text).toContain('Your choice was saved.');
		expect(saved.text).toContain('Healthy: renewed by itself');
		const { body } = await portal.hub.call('GET', '/api/v1/workspaces/acme');
		expect(body.appKeys.clientId).toBeTruthy();
		expect(saved.html.match(/>Off</g)).toHaveLength(ids.length - 1);
	});

	it('show how many calls Xero leaves them today, as soon as it said so', async () => {
		await saveAppKeys();
		await followToXero(await owner.get(AT), '/w/acme/connect');
		const { call } = portal.hub;
		const { key } = (await call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'n8n' })).body;
		const { items } = (await call('GET', '/api/v1/connections', undefined, key)).body;
		expect((await owner.get(AT)).text).not.toContain('as Xero said on');

		const path = `/api/v1/xero/${items[0].tenantId}/api.xro/2.0/Organisation`;
		await call('GET', path, undefined, key);

		expect((await owner.get(AT)).text).toContain('999 , as Xero said on');
	});

	it('take from automation what the owner says', async () => {
		await saveAppKeys();
		await followToXero(await owner.get(AT), '/w/acme/connect');
		const list = await owner.get(AT);
		const path = /action="([^"]+)\/write-policy"/.exec(list.html)?.[1] ?? '';

		const saved = await owner.submit(list, `${path}/write-policy`, { policy: 'drafts' });

		expect(saved.text).toContain('What automation may write was saved.');
		expect(saved.html).toContain('<td data-label="Automation may write">Drafts and contacts</td>');
	});

	it('can be switched off and on, reconnected, and disconnected at Xero too', async () => {
		await saveAppKeys();
		await followToXero(await owner.get(AT), '/w/acme/connect');
		const list = await owner.get(AT);
		const path = /action="([^"]+)\/disable"/.exec(list.html)?.[1] ?? '';

		const off = await owner.submit(list, `${path}/disable`);
		expect(off.text).toContain('no workflow can reach it');
		const on = await owner.submit(off, `${path}/enable`);
		expect(on.text).toContain('The organisation is switched on.');
		const again = await followToXero(on, `${path}/reconnect`);
		expect(again.status).toBe(200);
		await portal.sandbox.forgetRequests();
		const question = await owner.submit(await owner.get(AT), `${path}/remove`);
		expect(question.text).toContain('Workflows of this workspace lose it at once.');
		expect((await owner.get(AT)).html).toContain(path);
		const gone = await owner.submit(question, `${path}/remove`);

		expect(gone.text).toContain('was disconnected, here and at Xero');
		expect(gone.html).not.toContain(path);
		expect(await portal.sandbox.requests()).toContainEqual(
			expect.objectContaining({
				method: 'DELETE',
				path: expect.stringContaining('/connections/'),
				status: 204,
			}),
		);
	});

	it('can be disconnected though Xero refuses the app keys, and stay at Xero until then', async () => {
		await saveAppKeys();
		await followToXero(await owner.get(AT), '/w/acme/connect');
		const list = await owner.get(AT);
		const path = /action="([^"]+)\/remove"/.exec(list.html)?.[1] ?? '';
		const { clientId } = (await portal.hub.call('GET', '/api/v1/workspaces/acme')).body.appKeys;
		await portal.hub.call('PUT', '/api/v1/workspaces/acme/app-keys', {
			clientId,
			clientSecret: 'replaced-at-xero',
		});
		await portal.sandbox.setFaults({ expireTokens: true });

		const gone = await owner.submit(list, `${path}/remove`, { confirmed: 'yes' });

		expect(gone.text).toContain('it stays connected there until you disconnect it at Xero');
		expect(gone.html).not.toContain(path);
	});

	it('are named when the workspace is deleted and Xero cannot be reached', async () => {
		await saveAppKeys();
		await followToXero(await owner.get(AT), '/w/acme/connect');
		const { organisations } = await portal.sandbox.state();
		await portal.sandbox.setFaults({ status: { path: '/connections', status: 503, times: 9 } });
		const settings = await owner.get('/w/acme/settings');

		const deleted = await owner.submit(settings, '/w/acme/remove', { confirmation: 'acme' });

		expect(deleted.status).toBe(200);
		expect(deleted.text).toContain('Not everything could be disconnected at Xero.');
		for (const { name } of organisations) expect(deleted.text).toContain(name);
		expect((await owner.get('/audit')).text).toContain(organisations[0]?.name);
		expect((await owner.get('/w/acme')).status).toBe(404);
	});

	it('of an old version have a public link, which is listed as old until it is ended', async () => {
		await saveAppKeys();
		const database = connectDatabase({ dataDir: portal.hub.dataDir });
		await database.db.updateTable('workspaces').set({ connect_link: 1 }).execute();
		await database.close();
		const link = `${portal.url}/connect/acme`;
		const opened = async () => (await fetch(link, { redirect: 'manual' })).status;
		const list = await owner.get(AT);
		expect(list.html).toContain(`value="${link}"`);
		expect(list.text).toContain('Open to anybody who guesses the name');
		expect(await opened()).toBe(302);

		const off = await owner.submit(list, '/w/acme/connect-link/disable');
		expect(off.text).toContain('The old public link has ended.');
		expect(off.html).not.toContain(`value="${link}"`);
		expect(await opened()).toBe(403);
		expect((await owner.get('/audit')).text).toContain('Connect link disabled');
	});

	/** Makes a link on the page, and answers its address. */
	async function makeLink(fields: Readonly<Record<string, string>> = {}): Promise<string> {
		const made = await owner.submit(await owner.get(AT), '/w/acme/connect-links', fields);
		return /id="made-url"[^>]* value="([^"]+)"/.exec(made.html)?.[1] ?? '';
	}

	it('are connected by a link that somebody makes, and held until one of them confirms each', async () => {
		await saveAppKeys();
		const link = await makeLink();

		const landed = await fetch(link);

		expect(await landed.text()).toContain('wait until somebody of Acme confirms them');
		const list = await owner.get(AT);
		expect(list.text).toContain('Waits to be confirmed');
		expect(list.text).toContain('An organisation waits to be confirmed');
		const path = /action="([^"]+)\/confirm"/.exec(list.html)?.[1] ?? '';
		const confirmed = await owner.submit(list, `${path}/confirm`);
		expect(confirmed.text).toContain('Confirmed: workflows can reach the organisation now.');
		expect(confirmed.html).toContain(`${path}/disable`);
		const audit = (await owner.get('/audit')).text;
		for (const told of ['Connect link created', 'Organisation connected', 'Organisation confirmed'])
			expect(audit).toContain(told);
		expect((await fetch(link, { redirect: 'manual' })).status).toBe(410);
	});

	it('that were held and are rejected are disconnected, at Xero too', async () => {
		await saveAppKeys();
		await fetch(await makeLink());
		const list = await owner.get(AT);
		const path = /action="([^"]+)\/confirm"/.exec(list.html)?.[1] ?? '';

		const question = await owner.submit(list, `${path}/remove`);
		const gone = await owner.submit(question, `${path}/remove`);

		expect(gone.text).toContain('was disconnected, here and at Xero');
		expect(gone.html).not.toContain(path);
	});

	it('cannot be connected any more by a link that was ended', async () => {
		await saveAppKeys();
		const link = await makeLink({ uses: 'many', onConnect: 'accept' });
		const list = await owner.get(AT);
		const path = /action="([^"]+\/connect-links\/[^"]+\/end)"/.exec(list.html)?.[1] ?? '';

		const ended = await owner.submit(list, path);

		expect(ended.text).toContain('The link has ended: it connects nothing any more.');
		expect((await fetch(link, { redirect: 'manual' })).status).toBe(410);
	});

	it.each([
		['removed', { remove: true }],
		['made a viewer', { remove: false }],
	])(
		'cannot be connected by the link of a person who was %s, also later',
		async (_how, { remove }) => {
			await saveAppKeys();
			const colleague = await invited(portal, owner, COLLEAGUE, {
				role: 'connector',
				reach: 'all',
			});
			const made = await colleague.submit(await colleague.get(AT), '/w/acme/connect-links');
			const link = /id="made-url"[^>]* value="([^"]+)"/.exec(made.html)?.[1] ?? '';
			expect((await fetch(link, { redirect: 'manual' })).status).toBe(302);
			const person = /href="(\/people\/[^"]+)"/.exec(
				(await owner.get('/people')).html
					.split('<tr>')
					.find((row) => row.includes(COLLEAGUE.email)) ?? '',
			)?.[1] as string;

			if (remove) {
				await owner.submit(await owner.get(person), `${person}/remove`, { confirmed: 'yes' });
			} else {
				await owner.submit(await owner.get(person), person, { role: 'viewer', reach: 'all' });
				await owner.submit(await owner.get(person), person, { role: 'connector', reach: 'all' });
			}

			expect((await fetch(link, { redirect: 'manual' })).status).toBe(410);
		},
	);

	it('belong to nobody else: another workspace cannot touch them', async () => {
		await saveAppKeys();
		await followToXero(await owner.get(AT), '/w/acme/connect');
		const path = /action="([^"]+)\/disable"/.exec((await owner.get(AT)).html)?.[1] ?? '';
		await owner.submit(await owner.get('/workspaces/new'), '/workspaces', { name: 'Beta' });
		const { html } = await owner.get('/account');
		const formToken = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';

		for (const change of ['enable', 'disable', 'remove', 'reconnect']) {
			const page = await owner.post(`${path.replace('/acme/', '/beta/')}/${change}`, { formToken });
			expect(page.status).toBe(404);
		}
		expect((await owner.get(AT)).html).toContain(path);
	});

	it('cannot be connected by the address that Xero sends somebody else’s browser to', async () => {
		await saveAppKeys();
		const between = await owner.submit(await owner.get(AT), '/w/acme/connect');
		const link = /content="0; url=([^"]+)"/.exec(between.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
		const consent = await fetch(link, { redirect: 'manual' });

		const other = await fetch(consent.headers.get('location') ?? '');

		expect(other.status).toBe(400);
		expect((await owner.get(AT)).text).toContain('No organisation is connected');
	});

	it('stay as they are when another one is chosen to reconnect', async () => {
		await portal.close();
		portal = await startPortal();
		owner = await portalOwner(portal);
		await owner.submit(await owner.get('/workspaces/new'), '/workspaces', { name: 'Acme' });
		await saveAppKeys();
		const choose = async (page: FormPage, action: string, organisation: number) => {
			const between = await owner.submit(page, action);
			const link = /content="0; url=([^"]+)"/.exec(between.html)?.[1] ?? '';
			const { origin, pathname, searchParams } = new URL(link.replaceAll('&amp;', '&'));
			const { organisations } = await portal.sandbox.state();
			const answer = await fetch(origin + pathname, {
				method: 'POST',
				redirect: 'manual',
				body: new URLSearchParams([
					...searchParams,
					['tenantId', organisations[organisation]?.tenantId ?? ''],
					['action', 'approve'],
				]),
			});
			return owner.get(answer.headers.get('location') ?? '');
		};
		const connected = await choose(await owner.get(AT), '/w/acme/connect', 0);
		const path = /action="([^"]+)\/reconnect"/.exec((await owner.get(AT)).html)?.[1] ?? '';

		const wrong = await choose(await owner.get(AT), `${path}/reconnect`, 1);

		expect(connected.at).toMatch(/^\/w\/acme\/connected/);
		expect(wrong.status).toBe(409);
		expect(wrong.text).toContain('That was another organisation');
		const list = await owner.get(AT);
		expect(list.html.match(/action="[^"]+\/reconnect"/g)).toHaveLength(1);
		expect(list.text).toContain('Connected');
		expect((await owner.get('/audit')).text).toContain('Organisation connected');
	});
});
