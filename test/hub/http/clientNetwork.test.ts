import { portalOwner } from '../../support/portal/portalOwner';
import { OWNER } from '../../support/portal/portalPerson';
import { formBrowser } from '../../support/portal/formBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

/** The tests themselves are the proxy: every request comes from 127.0.0.1. */
const BEHIND_A_PROXY = { HUB_TRUSTED_PROXIES: '127.0.0.0/8,10.0.0.0/8' };

describe.each([
	{ title: 'behind a proxy that it trusts', env: BEHIND_A_PROXY, tellsApart: true },
	{ title: 'reached by somebody it does not trust', env: {}, tellsApart: false },
])('a hub $title', ({ env, tellsApart }) => {
	let portal: StartedPortal;
	beforeEach(async () => {
		portal = await startPortal({ env });
	});
	afterEach(() => portal.close());

	async function guessKey(forwardedFor: string): Promise<number> {
		const response = await fetch(`${portal.hub.hub.url}/api/v1/workspace`, {
			headers: { authorization: 'Bearer xhk_guess', 'x-forwarded-for': forwardedFor },
		});
		await response.arrayBuffer();
		return response.status;
	}

	async function signIn(forwardedFor: string, email: string, password: string) {
		const browser = formBrowser(portal.url);
		const page = await browser.get('/sign-in');
		const formToken = /name="formToken" value="([^"]*)"/.exec(page.html)?.[1] ?? '';
		const fields = { formToken, email, password };
		return browser.post('/sign-in', fields, { 'x-forwarded-for': forwardedFor });
	}

	it(`${tellsApart ? 'counts' : 'does not count'} unknown keys by X-Forwarded-For`, async () => {
		for (let guess = 0; guess < 20; guess += 1) await guessKey('203.0.113.7');

		expect(await guessKey('203.0.113.7')).toBe(429);
		expect(await guessKey('198.51.100.1')).toBe(tellsApart ? 401 : 429);
	});

	it('believes no address that a caller wrote before those of the proxies', async () => {
		const spoofed = (guess: number) => `192.0.2.${guess}, 203.0.113.7, 10.0.0.9`;
		for (let guess = 0; guess < 20; guess += 1) await guessKey(spoofed(guess));

		expect(await guessKey(spoofed(20))).toBe(429);
	});

	it(`keeps ${tellsApart ? 'only the stranger' : 'everybody in a new browser'} from signing in`, async () => {
		await portalOwner(portal);
		for (let tries = 0; tries < 10; tries += 1) {
			await signIn('203.0.113.7', `guess${tries}@example.com`, 'not the right password');
		}

		const stranger = await signIn('203.0.113.7', OWNER.email, OWNER.password);
		const owner = await signIn('198.51.100.1', OWNER.email, OWNER.password);

		expect(stranger.status).toBe(429);
		expect(owner.status).toBe(tellsApart ? 200 : 429);
	});

	it('writes down where somebody signed in from', async () => {
		const owner = await portalOwner(portal);
		await signIn('198.51.100.1', OWNER.email, OWNER.password);

		const { text } = await owner.get('/audit');

		expect(text).toContain(`From ${tellsApart ? '198.51.100.1' : '127.0.0.1'}`);
	});
});

it('a hub tells its operator at the start what it ignores', async () => {
	const portal = await startPortal({ env: { HUB_ROLES: 'ingest' } });
	await portal.close();

	expect(portal.hub.logLines.join('\n')).toContain('HUB_ROLES leaves out sync only');
});
