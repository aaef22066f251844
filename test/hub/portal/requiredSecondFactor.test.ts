import { loadConfig } from '../../../hub-server/src/config/loadConfig';
import { openStores } from '../../../hub-server/src/hub/openStores';
import { resetSecondFactorOf } from '../../../hub-server/src/cli/resetSecondFactorOf';
import { eventually } from '../../support/eventually';
import { freshPostgresDatabase } from '../../support/freshDatabase';
import { startMailServer } from '../../support/mailServer';
import { SECOND_FACTOR, setUpApp } from '../../support/portal/authenticatorApp';
import { formBrowser, type FormBrowser } from '../../support/portal/formBrowser';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { OWNER } from '../../support/portal/portalPerson';
import { PAGE_RIGHTS } from '../../support/portal/pageRights';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const COLLEAGUE = {
	name: 'Colleague',
	email: 'colleague@example.com',
	password: 'nine quiet bicycles',
};

async function signIn(portal: StartedPortal, person: { email: string; password: string }) {
	const browser = formBrowser(portal.url);
	const { email, password } = person;
	const page = await browser.submit(await browser.get('/sign-in'), '/sign-in', { email, password });
	return { browser, page };
}

describe('a hub that asks everybody for a second factor', () => {
	let portal: StartedPortal;
	beforeEach(async () => {
		portal = await startPortal({ env: { HUB_REQUIRE_SECOND_FACTOR: 'on' } });
		await portal.hub.call('POST', '/api/v1/workspaces', { name: 'Acme' });
	});
	afterEach(() => portal.close());

	async function unproven(): Promise<FormBrowser> {
		const browser = formBrowser(portal.url);
		const { pathname } = new URL(portal.setUpLink);
		await browser.submit(await browser.get(pathname), pathname, OWNER);
		return browser;
	}

	it('leads a person without one to set it up, and lets them do nothing else', async () => {
		const owner = await unproven();
		const page = await owner.get('/people');
		expect(page.at).toBe(`${SECOND_FACTOR}?done=second_factor_required`);
		expect(page.text).toContain('Set one up to go on.');
		const formToken = /name="formToken" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
		const others = Object.entries(PAGE_RIGHTS)
			.filter(([, right]) => right !== 'anybody')
			.map(([route]) => route)
			.filter((route) => !/ \/account\/(second|passkeys|confirm)/.test(route));

		for (const route of others) {
			const [method = '', shape = ''] = route.split(' ');
			const path = shape.replace(':slug', 'acme').replace(/:\w+/g, 'x');
			const got =
				method === 'GET'
					? (await owner.get(path)).at
					: (await owner.post(path, { formToken, confirmed: 'yes' })).text;
			expect([route, got]).toEqual([
				route,
				method === 'GET' ? page.at : expect.stringContaining('This hub asks for a second factor.'),
			]);
		}
		expect(others.length).toBeGreaterThan(60);
		expect((await portal.hub.call('GET', '/api/v1/workspaces/acme')).status).toBe(200);
	});

	it('lets them in once they have one, and back in with it', async () => {
		const owner = await unproven();

		await setUpApp(owner, Date.now());

		expect((await owner.get('/people')).at).toBe('/people');
	});

	it('lets people sign out without one', async () => {
		const owner = await unproven();

		const page = await owner.submit(await owner.get('/'), '/sign-out');

		expect(page.at).toBe('/sign-in?done=signed_out');
	});
});

describe('a second factor that is lost', () => {
	it('is taken away by an owner: signed out, told by mail and on the page, written down', async () => {
		const mail = await startMailServer();
		const portal = await startPortal({ env: { HUB_SMTP_URL: mail.url } });
		try {
			const owner = await portalOwner(portal);
			const ned = await invited(portal, owner, COLLEAGUE, { role: 'viewer', reach: 'all' });
			await setUpApp(ned, Date.now());
			const { html } = await owner.get('/people');
			const row = html.split('<tr>').find((part) => part.includes(COLLEAGUE.email)) ?? '';
			const path = /href="(\/people\/[^"]+)"/.exec(row)?.[1] ?? '';

			const question = await owner.submit(await owner.get(path), `${path}/second-factor/reset`);
			expect(question.text).toContain('Take the second factor of Colleague away?');
			await owner.submit(question, `${path}/second-factor/reset`);

			expect((await ned.get('/')).at).toBe('/sign-in');
			const { browser, page } = await signIn(portal, COLLEAGUE);
			expect(page.at).toBe('/');
			expect(page.text).toContain('owner@example.com took your second factor away');
			const [sent] = await eventually('the mail', async () =>
				mail.mails.length > 0 ? mail.mails : undefined,
			);
			expect(sent?.to).toEqual([COLLEAGUE.email]);
			expect(sent?.text).toContain('Your second factor was taken away');
			const read = await browser.submit(page, `${SECOND_FACTOR}/reset-read`);
			expect(read.text).not.toContain('took your second factor away');
			expect((await owner.get('/audit')).text).toContain('User second factor reset');
		} finally {
			await portal.close();
			await mail.close();
		}
	});

	it('of the last owner is taken away from the command line, beside the hub', async () => {
		const database = await freshPostgresDatabase();
		const HUB_ENCRYPTION_KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
		const env = { DATABASE_URL: database.url, HUB_ENCRYPTION_KEYS };
		const portal = await startPortal({ env });
		try {
			const owner = await portalOwner(portal);
			await setUpApp(owner, Date.now());
			expect((await signIn(portal, OWNER)).page.at).toBe('/sign-in/second-factor');

			const config = loadConfig({ ...env, HUB_PUBLIC_URL: portal.url });
			const stores = await openStores(config, { now: Date.now, onKeyFileCreated: () => undefined });
			await resetSecondFactorOf(stores, config, OWNER.email, () => {});
			await expect(resetSecondFactorOf(stores, config, 'x@example.com', () => {})).rejects.toThrow(
				'Nobody with the address x@example.com has access.',
			);
			await stores.database.close();

			expect((await owner.get('/')).at).toBe('/sign-in');
			const { page } = await signIn(portal, OWNER);
			expect(page.text).toContain('command line took your second factor away');
		} finally {
			await portal.close();
			await database.drop();
		}
	});
});
