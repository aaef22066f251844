import { loadConfig } from '../../../hub-server/src/config/loadConfig';
import { portalLink } from '../../../hub-server/src/cli/portalLink';
import { openStores } from '../../../hub-server/src/hub/openStores';
import { formBrowser } from '../../support/portal/formBrowser';
import { portalOwner } from '../../support/portal/portalOwner';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { freshPostgresDatabase, type FreshDatabase } from '../../support/freshDatabase';

const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

describe('xero-hub portal-link', () => {
	let database: FreshDatabase;
	let portal: StartedPortal;

	// A database server, so that the command can run beside the hub.
	beforeEach(async () => {
		database = await freshPostgresDatabase();
		const env = { DATABASE_URL: database.url, HUB_ENCRYPTION_KEYS: KEYS };
		portal = await startPortal({ env });
	});
	afterEach(async () => {
		await portal.close();
		await database.drop();
	});

	async function run(): Promise<string> {
		const config = loadConfig({
			DATABASE_URL: database.url,
			HUB_ENCRYPTION_KEYS: KEYS,
			HUB_PUBLIC_URL: portal.url,
		});
		const stores = await openStores(config, { now: Date.now, onKeyFileCreated: () => undefined });
		try {
			return new URL(await portalLink(stores, config)).pathname;
		} finally {
			await stores.database.close();
		}
	}

	it('replaces the link that was printed at the start and lost', async () => {
		const link = await run();

		const lost = await formBrowser(portal.url).get(new URL(portal.setUpLink).pathname);
		expect(lost.status).toBe(404);
		expect((await formBrowser(portal.url).get(link)).text).toContain('You are the first');
	});

	it('lets somebody in as an owner when nobody can sign in any more', async () => {
		const owner = await portalOwner(portal);

		const link = await run();

		const rescuer = formBrowser(portal.url);
		const landed = await rescuer.submit(await rescuer.get(link), link, {
			name: 'Ro',
			email: 'ro@example.com',
			password: 'eleven patient ladders',
		});
		expect(landed.at).toBe('/');
		expect((await rescuer.get('/people')).status).toBe(200);
		expect((await owner.get('/audit')).text).toContain('command line');
	});
});
