import { ENGINES } from '../../support/freshLedger';
import { formBrowser, type FormBrowser } from '../../support/portal/formBrowser';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const COLLEAGUE = {
	name: 'Colleague',
	email: 'colleague@example.com',
	password: 'nine quiet bicycles',
};

describe.each(ENGINES)('a consent that somebody of the portal began on %s', (engine) => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let colleague: FormBrowser;

	beforeEach(async () => {
		portal = await startPortal({ autoConsent: 'first', engine });
		owner = await portalOwner(portal);
		await owner.submit(await owner.get('/workspaces/new'), '/workspaces', { name: 'Acme' });
		const { clientId, clientSecret } = await portal.createApp();
		await portal.hub.call('PUT', '/api/v1/workspaces/acme/app-keys', { clientId, clientSecret });
		colleague = await invited(portal, owner, COLLEAGUE, { role: 'connector', reach: 'all' });
	}, 30_000);
	afterEach(() => portal.close());

	/** The address that Xero sends the colleague's browser back to. */
	async function consented(): Promise<string> {
		const between = await colleague.submit(await colleague.get('/w/acme'), '/w/acme/connect');
		const link = /content="0; url=([^"]+)"/.exec(between.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
		const { headers } = await fetch(link, { redirect: 'manual' });
		await portal.sandbox.forgetRequests();
		return headers.get('location') ?? '';
	}
	const personPath = async () => {
		const { html } = await owner.get('/people');
		const row = html.split('<tr>').find((part) => part.includes(COLLEAGUE.email)) ?? '';
		return /href="(\/people\/[^"]+)"/.exec(row)?.[1] ?? '';
	};
	const nothingHappened = async () => {
		expect(await portal.sandbox.requests()).toEqual([]);
		const organisations = await owner.get('/w/acme/organisations');
		expect(organisations.text).toContain('No organisation is connected');
	};

	it('connects, and is theirs in the audit log', async () => {
		const page = await colleague.get(await consented());

		expect(page.at).toMatch(/^\/w\/acme\/connected/);
		const entry = (await owner.get('/audit')).text.replace(/\s+/g, ' ');
		expect(entry).toMatch(/Organisation connected Organisations: [^@]* colleague@example\.com/);
	});

	it('comes to nothing when they were removed meanwhile', async () => {
		const callback = await consented();
		const path = await personPath();
		await owner.submit(await owner.get(path), `${path}/remove`, { confirmed: 'yes' });

		const page = await colleague.get(callback);

		expect(page.status).toBe(403);
		expect(page.text).toContain('You are signed out');
		await nothingHappened();
	});

	it.each([
		['made a viewer', { role: 'viewer', reach: 'all' }],
		['limited to other workspaces', { role: 'connector', reach: 'some', workspaces: 'beta' }],
	])('comes to nothing when they were %s meanwhile', async (_what, access) => {
		await portal.hub.call('POST', '/api/v1/workspaces', { name: 'Beta' });
		const { id } = (await portal.hub.call('GET', '/api/v1/workspaces/beta')).body;
		const callback = await consented();
		const path = await personPath();
		const fields = 'workspaces' in access ? { ...access, workspaces: [id] } : access;
		await owner.submit(await owner.get(path), path, fields);

		const page = await colleague.get(callback);

		expect(page.status).toBe(403);
		expect(page.text).toContain('You may not connect organisations');
		await nothingHappened();
	});

	it('comes to nothing when they signed out meanwhile, though the browser still shows its cookie', async () => {
		const callback = await consented();
		const stale = formBrowser(portal.url, new Map(colleague.cookies));
		await colleague.submit(await colleague.get('/'), '/sign-out');

		const page = await stale.get(callback);

		expect(page.status).toBe(403);
		expect(page.text).toContain('Sign in to the hub and start again.');
		await nothingHappened();
	});

	const auditText = async () => (await owner.get('/audit')).text.replace(/\s+/g, ' ');

	it("asks nobody when it was begun over the API, and is the key's in the audit log", async () => {
		const { body } = await portal.hub.call('POST', '/api/v1/workspaces/acme/connect');

		const landed = await fetch(body.authorizeUrl);

		expect(landed.status).toBe(200);
		expect(await auditText()).toMatch(/Organisation connected [^@]*?admin key/);
	});

	it('asks nobody when it was begun by a connect link, whose maker the audit log then names', async () => {
		const { body } = await portal.hub.call('POST', '/api/v1/workspaces/acme/connect-links', {});

		const landed = await fetch(body.url);

		expect(landed.status).toBe(200);
		expect(await auditText()).toMatch(/Organisation connected [^@]*?connect link of admin key/);
	});
});
