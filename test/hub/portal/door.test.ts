import { ABSOLUTE_MS, IDLE_MS } from '../../../hub-server/src/portal/access/sessionStore';
import { ENGINES } from '../../support/freshLedger';
import { formBrowser } from '../../support/portal/formBrowser';
import { portalOwner } from '../../support/portal/portalOwner';
import { OWNER } from '../../support/portal/portalPerson';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

const HOUR = 3600_000;

describe.each(ENGINES)('the door of the portal, on %s', (engine) => {
	let portal: StartedPortal;
	let clock: number;

	beforeEach(async () => {
		clock = Date.now();
		portal = await startPortal({ engine, now: () => clock });
	});
	afterEach(() => portal.close());

	async function signIn(password: string = OWNER.password) {
		const browser = formBrowser(portal.url);
		const page = await browser.get('/sign-in');
		const landed = await browser.submit(page, '/sign-in', { email: OWNER.email, password });
		return { browser, landed };
	}

	it('tells the first visitor to open the printed link', async () => {
		const page = await formBrowser(portal.url).get('/');

		expect(page.at).toBe('/sign-in');
		expect(page.text).toContain('it printed a one-time link');
	});

	it('makes the holder of the link the owner, once', async () => {
		const { pathname } = new URL(portal.setUpLink);
		const owner = await portalOwner(portal);

		const second = await formBrowser(portal.url).get(pathname);

		expect((await owner.get('/people')).text).toContain('owner@example.com');
		expect(second.status).toBe(410);
		expect(second.text).toContain('used already');
	});

	it('ends the set-up link after a day', async () => {
		const { pathname } = new URL(portal.setUpLink);
		clock += 24 * HOUR;

		const page = await formBrowser(portal.url).get(pathname);

		expect(page.status).toBe(410);
		expect(page.text).toContain('too old');
	});

	it('knows no link that it did not make', async () => {
		const page = await formBrowser(portal.url).get(`/join/${'A'.repeat(43)}`);

		expect(page.status).toBe(404);
	});

	it.each([
		['one that everybody has', 'password12345'],
		['a repetition', 'abcabcabcabcabc'],
		['a row of keys', 'qwertyuiopasdf'],
		['made of the address', 'you-you@example.com'],
		['made of the place', 'xero-xero-xero-hub'],
	])('refuses a password that is %s', async (_how, password) => {
		const { pathname } = new URL(portal.setUpLink);
		const browser = formBrowser(portal.url);
		const page = await browser.get(pathname);

		const person = { name: 'You', email: 'you@example.com', password };
		const refused = await browser.submit(page, pathname, person);

		expect(refused.status).toBe(422);
		expect(refused.text).toContain('This is easy to guess.');
		expect(refused.html).not.toContain(`value="${password}"`);
		expect((await browser.submit(refused, pathname, OWNER)).at).toBe('/');
	});

	it('keeps the link when what was typed cannot be used, and says why at each field', async () => {
		const { pathname } = new URL(portal.setUpLink);
		const browser = formBrowser(portal.url);
		const page = await browser.get(pathname);

		const refused = await browser.submit(page, pathname, {
			name: ' ',
			email: 'you',
			password: 'short',
		});

		expect(refused.status).toBe(422);
		expect(refused.text).toContain('Enter your name.');
		expect(refused.text).toContain('Enter an email address such as you@example.com.');
		expect(refused.text).toContain('Use at least 12 characters.');
		expect(refused.html).toContain('value="you"');
		expect(refused.html).not.toContain('short');
		expect((await browser.submit(refused, pathname, OWNER)).at).toBe('/');
	});

	it('lets the owner in with the password, and nobody with another', async () => {
		await portalOwner(portal);

		expect((await signIn()).landed.at).toBe('/');
		const { landed } = await signIn('a garden of ten lamps');
		expect(landed.status).toBe(401);
		expect(landed.text).toContain('The email address or the password is not right.');
	});

	it('says the same about an address that nobody has', async () => {
		await portalOwner(portal);
		const browser = formBrowser(portal.url);

		const page = await browser.submit(await browser.get('/sign-in'), '/sign-in', {
			email: 'nobody@example.com',
			password: OWNER.password,
		});

		expect(page.status).toBe(401);
		expect(page.text).toContain('The email address or the password is not right.');
	});

	const WRONG = 'not the right password';

	it('makes whoever tries ten wrong passwords wait, and gives another try after each wait', async () => {
		await portalOwner(portal);
		for (let tries = 0; tries < 10; tries += 1) {
			expect((await signIn(WRONG)).landed.status).toBe(401);
		}

		const { landed } = await signIn();
		clock += 90_000;

		expect(landed.status).toBe(429);
		expect(landed.headers.get('retry-after')).toBe('90');
		expect(landed.text).toContain('Too many wrong passwords. Wait 2 minutes, then try again.');
		expect((await signIn(WRONG)).landed.status).toBe(401);
		expect((await signIn()).landed.status).toBe(429);
		clock += 90_000;
		expect((await signIn()).landed.at).toBe('/');
	});

	it('judges no more than ten passwords that are tried at the same moment', async () => {
		await portalOwner(portal);

		const tried = await Promise.all(Array.from({ length: 25 }, () => signIn(WRONG)));

		const statuses = tried.map(({ landed }) => landed.status).sort();
		expect(statuses).toEqual([...Array(10).fill(401), ...Array(15).fill(429)]);
	});

	it('lets strangers who guess keep nobody out of a browser in which they signed in before', async () => {
		const owner = await portalOwner(portal);
		await owner.submit(await owner.get('/'), '/sign-out');
		for (let tries = 0; tries < 12; tries += 1) await signIn(WRONG);
		const inTheirBrowser = async (password: string) =>
			owner.submit(await owner.get('/sign-in'), '/sign-in', { email: OWNER.email, password });

		const mistyped = await inTheirBrowser(WRONG);
		const landed = await inTheirBrowser(OWNER.password);

		expect((await signIn()).landed.status).toBe(429);
		expect(mistyped.status).toBe(401);
		expect(landed.at).toBe('/');
	});

	it('counts a known browser too, and for its own person only', async () => {
		const owner = await portalOwner(portal);
		await owner.submit(await owner.get('/'), '/sign-out');
		const tryAs = async (email: string) =>
			owner.submit(await owner.get('/sign-in'), '/sign-in', { email, password: WRONG });

		for (let tries = 0; tries < 10; tries += 1) await tryAs(OWNER.email);
		const own = await tryAs(OWNER.email);
		for (let tries = 0; tries < 10; tries += 1) await tryAs('somebody@example.com');
		const others = await tryAs('somebody@example.com');

		expect([own.status, others.status]).toEqual([429, 429]);
	});

	it('waits as long for an address that nobody has', async () => {
		await portalOwner(portal);
		const tryNobody = async () => {
			const browser = formBrowser(portal.url);
			return browser.submit(await browser.get('/sign-in'), '/sign-in', {
				email: 'nobody@example.com',
				password: WRONG,
			});
		};
		for (let tries = 0; tries < 10; tries += 1) await tryNobody();

		const landed = await tryNobody();

		expect(landed.status).toBe(429);
		expect(landed.headers.get('retry-after')).toBe('90');
	});

	it('forgets the browsers of a person whose password was changed, but the one it was changed in', async () => {
		const owner = await portalOwner(portal);
		const { browser: elsewhere } = await signIn();
		const changed = 'another garden of lamps';
		const account = await owner.get('/account');
		await owner.submit(account, '/account', { current: OWNER.password, password: changed });
		for (let tries = 0; tries < 12; tries += 1) await signIn(WRONG);
		const tryIn = async (browser: typeof owner) =>
			browser.submit(await browser.get('/sign-in'), '/sign-in', {
				email: OWNER.email,
				password: changed,
			});

		expect((await tryIn(elsewhere)).status).toBe(429);
		expect((await tryIn(owner)).at).toBe('/');
	});

	it('ends a session that nobody used for half a day', async () => {
		const owner = await portalOwner(portal);
		clock += IDLE_MS - 1;
		expect((await owner.get('/')).at).toBe('/');

		clock += IDLE_MS;

		expect((await owner.get('/people')).at).toBe('/sign-in?next=%2Fpeople');
	});

	it('ends every session after a week, however busy', async () => {
		const owner = await portalOwner(portal);
		for (let ms = IDLE_MS / 2; ms < ABSOLUTE_MS; ms += IDLE_MS / 2) {
			clock += IDLE_MS / 2;
			expect((await owner.get('/')).at).toBe('/');
		}

		clock += IDLE_MS / 2;

		expect((await owner.get('/')).at).toBe('/sign-in');
	});

	it('ends the session at sign-out, for whoever kept its cookie too', async () => {
		const owner = await portalOwner(portal);
		const kept = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

		await owner.submit(await owner.get('/'), '/sign-out');

		const answer = await fetch(portal.url, { headers: { cookie: kept }, redirect: 'manual' });
		expect(answer.headers.get('location')).toBe('/sign-in');
	});

	it('gives a new session with every sign-in, whatever cookie the browser brought', async () => {
		await portalOwner(portal);
		const { browser } = await signIn();
		const [planted] = browser.cookies.values();
		const again = formBrowser(portal.url);
		await again.get('/sign-in');

		await again.submit(await again.get('/sign-in'), '/sign-in', {
			email: OWNER.email,
			password: OWNER.password,
		});

		expect([...again.cookies.values()]).not.toContain(planted);
		expect(again.cookies.has('xero_hub_visitor')).toBe(false);
	});

	it('leads back to the page that was asked for, and to no other site', async () => {
		await portalOwner(portal);
		const browser = formBrowser(portal.url);
		const page = await browser.get('/people');

		const landed = await browser.submit(page, '/sign-in', {
			email: OWNER.email,
			password: OWNER.password,
		});
		expect(landed.at).toBe('/people');

		for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil']) {
			const other = formBrowser(portal.url);
			const end = await other.submit(await other.get('/sign-in'), '/sign-in', {
				email: OWNER.email,
				password: OWNER.password,
				next,
			});
			expect(end.at).toBe('/');
		}
	});

	it('says of the right password only that there were too many wrong ones', async () => {
		const owner = await portalOwner(portal);
		const change = async (current: string) =>
			owner.submit(await owner.get('/account'), '/account', {
				current,
				password: 'another garden of lamps',
			});
		for (let tries = 0; tries < 10; tries += 1) await change('not my password');

		const limited = await change(OWNER.password);

		expect(limited.status).toBe(429);
		expect(limited.text).toMatch(/Too many wrong passwords\. Wait (?:a minute|\d+ minutes)/);
		expect(limited.text).not.toContain('This is not your present password.');
		clock += 10 * 60_000;
		expect((await change(OWNER.password)).text).toContain('The password was changed.');
	});

	it('changes the password, and signs out everywhere', async () => {
		const owner = await portalOwner(portal);
		const { browser: elsewhere } = await signIn();
		const wrong = await owner.submit(await owner.get('/account'), '/account', {
			current: 'not my password',
			password: 'another garden of lamps',
		});
		expect(wrong.text).toContain('This is not your present password.');

		const landed = await owner.submit(wrong, '/account', {
			current: OWNER.password,
			password: 'another garden of lamps',
		});

		expect(landed.text).toContain('The password was changed.');
		expect((await elsewhere.get('/')).at).toBe('/sign-in');
		expect((await signIn()).landed.status).toBe(401);
		expect((await signIn('another garden of lamps')).landed.at).toBe('/');
	});
});
