import { randomBytes } from 'node:crypto';
import { freshPostgresDatabase, type FreshDatabase } from '../../support/freshDatabase';
import { formBrowser } from '../../support/portal/formBrowser';
import { portalOwner } from '../../support/portal/portalOwner';
import { OWNER } from '../../support/portal/portalPerson';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

describe('the portals of two hubs on one PostgreSQL', () => {
	let database: FreshDatabase;
	let one: StartedPortal;
	let other: StartedPortal;

	beforeEach(async () => {
		database = await freshPostgresDatabase();
		const env = {
			DATABASE_URL: database.url,
			HUB_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
		};
		// The first one brings the schema.
		one = await startPortal({ env });
		other = await startPortal({ env });
		// Each start makes a new link for the first owner.
		await portalOwner(other);
	});
	afterEach(async () => {
		await one.close();
		await other.close();
		await database.drop();
	});

	async function signIn(
		portal: StartedPortal,
		password: string,
		cookies = new Map<string, string>(),
	) {
		const browser = formBrowser(portal.url, cookies);
		const page = await browser.get('/sign-in');
		return browser.submit(page, '/sign-in', { email: OWNER.email, password });
	}

	it('allow ten wrong passwords together, not ten each', async () => {
		const tried = await Promise.all(
			Array.from({ length: 16 }, (_, index) => signIn(index % 2 === 0 ? one : other, 'wrong')),
		);

		expect(tried.map(({ status }) => status).sort()).toEqual([
			...Array(10).fill(401),
			...Array(6).fill(429),
		]);
		for (const portal of [one, other]) {
			expect((await signIn(portal, OWNER.password)).status).toBe(429);
		}
	});

	it('share who is signed in, and in which browsers somebody was', async () => {
		const cookies = new Map<string, string>();
		await signIn(one, OWNER.password, cookies);
		for (let tries = 0; tries < 12; tries += 1) await signIn(other, 'wrong');

		// Both stand behind one address, so a browser shows both the same cookies.
		const page = await formBrowser(other.url, cookies).get('/people');
		cookies.delete('xero_hub_session');
		const again = await signIn(other, OWNER.password, cookies);

		expect(page.at).toBe('/people');
		expect(again.at).toBe('/');
		expect((await signIn(other, OWNER.password)).status).toBe(429);
	});
});
