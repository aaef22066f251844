import { CONFIRMED_FOR_MS } from '../../../hub-server/src/portal/show/confirmAnew';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { setUpApp } from '../../support/portal/authenticatorApp';
import type { FormBrowser } from '../../support/portal/formBrowser';
import { portalOwner } from '../../support/portal/portalOwner';
import { OWNER } from '../../support/portal/portalPerson';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

describe('before what a stranger at the screen must not do', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let clock: number;

	beforeEach(async () => {
		clock = Date.now();
		portal = await startPortal({ now: () => clock });
		owner = await portalOwner(portal);
		await portal.hub.call('POST', '/api/v1/workspaces', { name: 'Acme' });
	});
	afterEach(() => portal.close());

	const KEYS = '/w/acme/api-keys';
	const makeKey = async () => owner.submit(await owner.get(KEYS), KEYS, { name: 'n8n' });

	it('the password is asked for, ten minutes after the sign-in, and the form goes on by itself', async () => {
		expect((await makeKey()).text).toContain('Copy the key now');
		clock += CONFIRMED_FOR_MS;

		const asked = await makeKey();
		expect(asked.status).toBe(401);
		expect(asked.text).toContain('Confirm that it is you');
		expect(asked.html).not.toContain('xhk_');
		const wrong = await owner.submit(asked, KEYS, { confirmPassword: 'not the right one' });
		expect(wrong.text).toContain('This is not your password.');
		const made = await owner.submit(wrong, KEYS, { confirmPassword: OWNER.password });

		expect(made.text).toContain('Copy the key now');
		expect(made.html).toMatch(/xhk_/);
		expect((await makeKey()).text).toContain('Copy the key now');
	});

	it('a code of the app does as well', async () => {
		const { app } = await setUpApp(owner, clock);
		clock += CONFIRMED_FOR_MS;
		const asked = await makeKey();

		const made = await owner.submit(asked, KEYS, { confirmCode: app.codeAt(clock) });

		expect(made.text).toContain('Copy the key now');
	});

	it('an empty answer and many wrong ones get no further', async () => {
		clock += CONFIRMED_FOR_MS;
		let page = await owner.submit(await makeKey(), KEYS);
		expect(page.text).toContain('Enter your password.');
		for (let tries = 0; tries < 10; tries += 1) {
			page = await owner.submit(page, KEYS, { confirmPassword: 'not the right one' });
			expect(page.status).toBe(422);
		}

		page = await owner.submit(page, KEYS, { confirmPassword: OWNER.password });

		expect(page.status).toBe(429);
		expect(page.text).toContain('Too many wrong passwords or codes.');
	});

	it('every choice of the form is sent again, also where there are several of one name', async () => {
		const beta = (await portal.hub.call('POST', '/api/v1/workspaces', { name: 'Beta' })).body.id;
		const acme = (await portal.hub.call('GET', '/api/v1/workspaces/acme')).body.id;
		clock += CONFIRMED_FOR_MS;
		const access = { role: 'viewer', reach: 'some', workspaces: [acme, beta] };

		const asked = await owner.submit(await owner.get('/people'), '/people/invite', access);

		const hidden = [...asked.html.matchAll(/name="workspaces" value="([^"]+)"/g)];
		expect(hidden.map(([, value]) => value)).toEqual([acme, beta]);
	});

	it.each([
		'/w/acme/api-keys',
		'/w/acme/api-keys/x/rotate',
		'/admin-keys',
		'/admin-keys/x/revoke',
		'/w/acme/remove',
		'/w/acme/organisations/x/secrets',
		'/w/acme/offboard',
		'/w/acme/offboard/export',
		'/people/invite',
		'/people/x',
		'/people/x/new-password',
		'/people/x/remove',
		'/people/x/second-factor/reset',
		'/account/second-factor/totp',
		'/account/second-factor/totp/prove',
		'/account/second-factor/totp/remove',
		'/account/second-factor/recovery-codes',
		'/account/passkeys',
		'/account/passkeys/x/remove',
	])('it is asked: %s', async (path) => {
		clock += CONFIRMED_FOR_MS;
		const { html } = await owner.get('/account');
		const formToken = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';

		const page = await owner.post(path, { formToken, confirmed: 'yes' });

		expect([path, page.status]).toEqual([path, 401]);
		expect(page.text).toContain('Confirm that it is you');
	});

	it('keys of the Xero app are typed again afterwards, and stand on no page between', async () => {
		const at = '/w/acme/app-keys';
		const form = await owner.get(at);
		expect(form.text).not.toContain('Confirm that it is you before you type keys.');
		clock += CONFIRMED_FOR_MS;
		const keys = { clientId: 'C'.repeat(32), clientSecret: 'typed-by-a-stranger', tier: 'core' };

		const asked = await owner.submit(form, at, keys);

		expect(asked.at).toBe('/account/confirm?next=%2Fw%2Facme%2Fapp-keys');
		expect(asked.html).not.toContain('typed-by-a-stranger');
		const { body } = await portal.hub.call('GET', '/api/v1/workspaces/acme');
		expect(body.appKeys).toBeNull();
		expect((await owner.get(at)).text).toContain('Confirm that it is you before you type keys.');
		const back = await owner.submit(asked, '/account/confirm', { confirmPassword: OWNER.password });
		expect(back.at).toBe(at);
		expect((await owner.submit(back, at, keys)).at).toBe(`${at}?done=app_keys_saved`);
	});

	it('a session that an earlier version began is asked, and goes on', async () => {
		const { db, close } = connectDatabase({ dataDir: portal.hub.dataDir });
		await db.updateTable('portal_sessions').set({ confirmed_at: null }).execute();
		await close();

		const asked = await makeKey();
		expect(asked.status).toBe(401);
		const made = await owner.submit(asked, KEYS, { confirmPassword: OWNER.password });

		expect(made.text).toContain('Copy the key now');
	});

	it('it can be done ahead, and leads to a page of this portal only', async () => {
		clock += CONFIRMED_FOR_MS;
		const page = await owner.get('/account/confirm?next=%2Fpeople');

		const landed = await owner.submit(page, '/account/confirm', {
			confirmPassword: OWNER.password,
		});

		expect(landed.at).toBe('/people');
		expect((await makeKey()).text).toContain('Copy the key now');
		const elsewhere = await owner.get('/account/confirm?next=%2F%2Felsewhere.example');
		expect((await owner.submit(elsewhere, '/account/confirm')).at).toBe('/account?done=confirmed');
	});
});
