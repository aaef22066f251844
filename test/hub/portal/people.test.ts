import { formBrowser, type FormBrowser } from '../../support/portal/formBrowser';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const COLLEAGUE = {
	name: 'Colleague',
	email: 'colleague@example.com',
	password: 'nine quiet bicycles',
};

describe('the people of the portal', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;

	beforeEach(async () => {
		portal = await startPortal();
		owner = await portalOwner(portal);
		for (const name of ['Acme', 'Beta']) {
			await owner.submit(await owner.get('/workspaces/new'), '/workspaces', { name });
		}
	});
	afterEach(() => portal.close());

	async function idOf(name: string): Promise<string> {
		const { body } = await portal.hub.call('GET', `/api/v1/workspaces/${name}`);
		return body.id;
	}

	const personPath = async (email: string) => {
		const { html } = await owner.get('/people');
		const row = html.split('<tr>').find((part) => part.includes(email)) ?? '';
		return /href="(\/people\/[^"]+)"/.exec(row)?.[1] ?? '';
	};

	it('come in by a link that works once', async () => {
		const page = await owner.submit(await owner.get('/people'), '/people/invite', {
			role: 'viewer',
			reach: 'all',
		});
		const { pathname } = new URL(/http[^"]*\/join\/[\w-]+/.exec(page.html)?.[0] ?? '');
		const ned = formBrowser(portal.url);
		const form = await ned.get(pathname);
		const late = formBrowser(portal.url);
		const lateForm = await late.get(pathname);

		const joined = await ned.submit(form, pathname, COLLEAGUE);
		const refused = await late.submit(lateForm, pathname, {
			...COLLEAGUE,
			email: 'other@example.com',
		});

		expect(joined.text).toContain('Acme');
		expect(refused.status).toBe(410);
		expect((await owner.get('/people')).text).not.toContain('other@example.com');
	});

	it('cannot take an address that somebody has', async () => {
		const page = await owner.submit(await owner.get('/people'), '/people/invite', {
			role: 'viewer',
			reach: 'all',
		});
		const { pathname } = new URL(/http[^"]*\/join\/[\w-]+/.exec(page.html)?.[0] ?? '');
		const ned = formBrowser(portal.url);

		const refused = await ned.submit(await ned.get(pathname), pathname, {
			...COLLEAGUE,
			email: 'OWNER@example.com',
		});

		expect(refused.status).toBe(422);
		expect(refused.text).toContain('Somebody with this address has access already.');
	});

	it('see only the workspaces that they were given, and nothing of the others', async () => {
		const ned = await invited(portal, owner, COLLEAGUE, {
			role: 'connector',
			reach: 'some',
			workspaces: [await idOf('acme')],
		});

		expect((await ned.get('/')).text).toContain('Acme');
		expect((await ned.get('/')).text).not.toContain('Beta');
		for (const path of ['', '/organisations', '/app-keys', '/records/invoices', '/events']) {
			expect((await ned.get(`/w/acme${path}`)).status).toBe(200);
			const hidden = await ned.get(`/w/beta${path}`);
			expect(hidden.status).toBe(404);
			expect(hidden.text).toContain('There is no workspace "beta".');
		}
	});

	it.each([
		[{ role: 'connector', reach: 'some' }, 'Choose at least one workspace.'],
		[{ role: 'owner', reach: 'some', workspaces: ['x'] }, 'An owner always sees every workspace.'],
		[{ role: 'emperor', reach: 'all' }, 'Choose a role.'],
	])('cannot be invited as %j', async (access, why) => {
		const page = await owner.submit(await owner.get('/people'), '/people/invite', access);

		expect(page.status).toBe(422);
		expect(page.text).toContain(why);
	});

	it('may do what their role allows, whatever page they call', async () => {
		const viewer = await invited(portal, owner, COLLEAGUE, { role: 'viewer', reach: 'all' });
		const connector = await invited(
			portal,
			owner,
			{ ...COLLEAGUE, email: 'another@example.com' },
			{ role: 'connector', reach: 'all' },
		);
		const status = async (browser: FormBrowser, method: 'GET' | 'POST', path: string) => {
			if (method === 'GET') return (await browser.get(path)).status;
			const { html } = await browser.get('/account');
			const formToken = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';
			return (await browser.post(path, { formToken })).status;
		};

		const rules: ReadonlyArray<['GET' | 'POST', string, 'viewer' | 'connector' | 'owner']> = [
			['GET', '/', 'viewer'],
			['GET', '/account', 'viewer'],
			['GET', '/w/acme', 'viewer'],
			['GET', '/w/acme/organisations', 'viewer'],
			['GET', '/w/acme/records/contacts', 'viewer'],
			['GET', '/w/acme/events', 'viewer'],
			['GET', '/w/acme/deliveries', 'viewer'],
			['GET', '/w/acme/activity', 'viewer'],
			['GET', '/w/acme/app-keys', 'viewer'],
			['POST', '/w/acme/app-keys', 'connector'],
			['POST', '/w/acme/connect', 'connector'],
			['POST', '/w/acme/connected', 'connector'],
			['POST', '/w/acme/organisations/x/enable', 'connector'],
			['POST', '/w/acme/organisations/x/disable', 'connector'],
			['POST', '/w/acme/organisations/x/remove', 'connector'],
			['POST', '/w/acme/organisations/x/reconnect', 'connector'],
			['POST', '/w/acme/deliveries/replay', 'connector'],
			['POST', '/w/acme/deliveries/x/replay', 'connector'],
			['GET', '/workspaces/new', 'owner'],
			['POST', '/workspaces', 'owner'],
			['GET', '/w/acme/settings', 'owner'],
			['POST', '/w/acme/settings', 'owner'],
			['POST', '/w/acme/remove', 'owner'],
			['GET', '/w/acme/api-keys', 'owner'],
			['POST', '/w/acme/api-keys', 'owner'],
			['POST', '/w/acme/api-keys/x/rotate', 'owner'],
			['POST', '/w/acme/api-keys/x/revoke', 'owner'],
			['GET', '/people', 'owner'],
			['POST', '/people/invite', 'owner'],
			['GET', '/people/x', 'owner'],
			['POST', '/people/x', 'owner'],
			['POST', '/people/x/new-password', 'owner'],
			['POST', '/people/x/remove', 'owner'],
			['GET', '/audit', 'owner'],
			['GET', '/audit.jsonl', 'owner'],
		];
		for (const [method, path, least] of rules) {
			const may = { viewer: ['viewer', 'connector'], connector: ['connector'], owner: [] }[least];
			for (const [role, browser] of [
				['viewer', viewer],
				['connector', connector],
			] as const) {
				const isRefused = (await status(browser, method, path)) === 403;
				expect([method, path, role, isRefused]).toEqual([
					method,
					path,
					role,
					!may.includes(role as never),
				]);
			}
		}
	});

	it('lose what is taken from them at once', async () => {
		const ned = await invited(portal, owner, COLLEAGUE, { role: 'connector', reach: 'all' });
		const path = await personPath(COLLEAGUE.email);

		await owner.submit(await owner.get(path), path, { role: 'viewer', reach: 'all' });
		const asViewer = await ned.get('/w/acme/app-keys');
		await owner.submit(await owner.get(path), `${path}/remove`);

		expect(asViewer.text).toContain('Owners and connectors may change the keys.');
		expect((await ned.get('/')).at).toBe('/sign-in');
	});

	it('always leave one owner', async () => {
		const path = await personPath('owner@example.com');

		const page = await owner.submit(await owner.get(path), path, { role: 'viewer', reach: 'all' });

		expect(page.status).toBe(409);
		expect(page.text).toContain('This is the only owner.');
	});

	it('who forgot their password get a link to choose a new one', async () => {
		await invited(portal, owner, COLLEAGUE, { role: 'viewer', reach: 'all' });
		const path = await personPath(COLLEAGUE.email);
		const made = await owner.submit(await owner.get(path), `${path}/new-password`);
		const { pathname } = new URL(/http[^"]*\/join\/[\w-]+/.exec(made.html)?.[0] ?? '');
		const ned = formBrowser(portal.url);

		const landed = await ned.submit(await ned.get(pathname), pathname, {
			password: 'ten loud bicycles',
		});
		const inside = await ned.submit(landed, '/sign-in', {
			email: COLLEAGUE.email,
			password: 'ten loud bicycles',
		});

		expect(inside.at).toBe('/');
	});
});
