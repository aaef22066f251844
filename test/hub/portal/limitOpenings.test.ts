import { OPENING_LIMITS } from '../../../hub-server/src/portal/pages/limitOpenings';
import { portalOwner } from '../../support/portal/portalOwner';
import { formBrowser } from '../../support/portal/formBrowser';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

describe('a stranger who begins sign-ins very often', () => {
	let portal: StartedPortal;
	let clock: number;
	beforeEach(async () => {
		clock = Date.now();
		portal = await startPortal({
			now: () => clock,
			env: {
				// Nobody is there: what passes the limit says that the provider cannot be reached.
				HUB_OIDC_ISSUER: 'http://127.0.0.1:9',
				...{ HUB_OIDC_CLIENT_ID: 'hub', HUB_OIDC_CLIENT_SECRET: 'x' },
				HUB_OIDC_ROLES: '{"admins":"owner"}',
			},
		});
		await portalOwner(portal);
	});
	afterEach(() => portal.close());

	it('is slowed down at the provider and at passkeys, and can go on a little later', async () => {
		const stranger = formBrowser(portal.url);
		const { html } = await stranger.get('/sign-in');
		const formToken = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';
		const options = () => stranger.post('/sign-in/passkey/options', { formToken });
		expect((await stranger.get('/sign-in/oidc')).status).toBe(502);
		for (let begun = 1; begun < OPENING_LIMITS.burst; begun += 1) {
			expect((await options()).status).toBe(200);
		}

		expect((await options()).status).toBe(429);
		for (const path of ['/sign-in/oidc', '/sign-in/oidc/callback']) {
			const page = await stranger.get(path);
			expect([path, page.status]).toEqual([path, 429]);
			expect(page.text).toContain('Too many sign-ins were begun from here.');
		}
		expect((await stranger.get('/sign-in')).status).toBe(200);
		clock += OPENING_LIMITS.refillMs;
		expect((await options()).status).toBe(200);
	});
});
