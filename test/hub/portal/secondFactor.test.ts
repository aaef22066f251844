import { SECOND_FACTOR, setUpApp } from '../../support/portal/authenticatorApp';
import { formBrowser, type FormBrowser } from '../../support/portal/formBrowser';
import { portalOwner } from '../../support/portal/portalOwner';
import { OWNER } from '../../support/portal/portalPerson';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const HALF_MINUTE = 30_000;

describe('a second factor', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let clock: number;

	beforeEach(async () => {
		clock = Date.now();
		portal = await startPortal({ now: () => clock });
		owner = await portalOwner(portal);
	});
	afterEach(() => portal.close());

	async function password(browser = formBrowser(portal.url), next = '') {
		const page = await browser.get(`/sign-in${next}`);
		const { email, password } = OWNER;
		return { browser, page: await browser.submit(page, '/sign-in', { email, password }) };
	}

	async function signIn(code: string, browser?: FormBrowser) {
		const begun = await password(browser);
		const page = await begun.browser.submit(begun.page, '/sign-in/second-factor', { code });
		return { ...begun, page };
	}

	it('is asked for after the password, which alone opens nothing', async () => {
		const { app, landed } = await setUpApp(owner, clock);
		clock += HALF_MINUTE;
		expect(landed.text).toContain('Your recovery codes');

		const { browser, page } = await password();

		expect(page.at).toBe('/sign-in/second-factor');
		for (const path of ['/', '/account', '/people']) {
			expect((await browser.get(path)).at).toMatch(/^\/sign-in/);
		}
		const inside = await browser.submit(page, '/sign-in/second-factor', {
			code: app.codeAt(clock),
		});
		expect(inside.at).toBe('/');
		expect((await browser.get('/audit')).text).toContain('By: password and app');
	});

	it('leads back to the page that was asked for', async () => {
		const { app } = await setUpApp(owner, clock);
		clock += HALF_MINUTE;
		const { browser, page } = await password(undefined, '?next=%2Fpeople');

		const inside = await browser.submit(page, '/sign-in/second-factor', {
			code: app.codeAt(clock),
		});

		expect(inside.at).toBe('/people');
	});

	it('is taken once: the code of a sign-in signs nobody else in', async () => {
		const { app } = await setUpApp(owner, clock);
		clock += HALF_MINUTE;
		const code = app.codeAt(clock);

		expect((await signIn(code)).page.at).toBe('/');
		const { page } = await signIn(code);

		expect(page.status).toBe(401);
		expect(page.text).toContain('This code is not right, or was used already.');
	});

	it('can be a recovery code, each once', async () => {
		const { codes } = await setUpApp(owner, clock);
		expect(codes).toHaveLength(10);

		expect((await signIn(codes[3] ?? '')).page.at).toBe('/');
		const again = await signIn(codes[3] ?? '');

		expect(again.page.status).toBe(401);
		expect((await owner.get(SECOND_FACTOR)).text).toContain('9 codes left.');
	});

	it('makes whoever guesses at codes wait', async () => {
		const { app } = await setUpApp(owner, clock);
		for (let tries = 0; tries < 10; tries += 1) {
			expect((await signIn('000000')).page.status).toBe(401);
		}

		const { page } = await signIn(app.codeAt(clock));

		expect(page.status).toBe(429);
		expect(page.text).toContain('Too many wrong codes. Wait 2 minutes');
		// In a browser that the person has signed in with, strangers keep nobody out.
		await owner.submit(await owner.get('/account'), '/sign-out');
		clock += HALF_MINUTE;
		expect((await signIn(app.codeAt(clock), owner)).page.at).toBe('/');
	});

	it('has to be shown within ten minutes of the password', async () => {
		const { app } = await setUpApp(owner, clock);
		const { browser, page } = await password();
		clock += 10 * 60_000;

		const late = await browser.submit(page, '/sign-in/second-factor', {
			code: app.codeAt(clock),
		});

		expect(late.at).toBe('/sign-in?done=sign_in_late');
		expect(late.text).toContain('That took too long.');
	});

	it('of a person who changed it signs the other browsers out', async () => {
		const other = (await password()).browser;
		expect((await other.get('/')).at).toBe('/');

		await setUpApp(owner, clock);

		expect((await other.get('/')).at).toBe('/sign-in');
		expect((await owner.get('/')).at).toBe('/');
	});

	it('is not set up with a wrong code, and not with the key of another browser', async () => {
		const begun = await owner.submit(await owner.get(SECOND_FACTOR), `${SECOND_FACTOR}/totp`);

		const refused = await owner.submit(begun, `${SECOND_FACTOR}/totp/prove`, { code: '000000' });
		expect(refused.status).toBe(422);
		expect(refused.text).toContain('This is not what the app should show.');
		expect(refused.html).toMatch(/<svg[^>]*>/);
		expect((await owner.get('/account')).text).toContain('Second factor Off');
		const other = (await password()).browser;
		const page = await other.submit(await other.get(SECOND_FACTOR), `${SECOND_FACTOR}/totp`);
		expect(page.html).not.toContain(/Key<\/dt><dd[^>]*>([A-Z2-7 ]+)</.exec(begun.html)?.[1]);
	});

	it('can be removed, and recovery codes made anew', async () => {
		const { codes } = await setUpApp(owner, clock);
		const renewed = await owner.submit(
			await owner.get(SECOND_FACTOR),
			`${SECOND_FACTOR}/recovery-codes`,
		);
		expect(renewed.html).not.toContain(codes[0]);
		expect((await signIn(codes[0] ?? '')).page.status).toBe(401);

		const question = await owner.submit(
			await owner.get(SECOND_FACTOR),
			`${SECOND_FACTOR}/totp/remove`,
		);
		const removed = await owner.submit(question, `${SECOND_FACTOR}/totp/remove`);

		expect(removed.text).toContain('The app was removed');
		expect((await password()).page.at).toBe('/');
	});
});
