import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openAdministration } from '../../../hub-server/src/cli/openAdministration';
import { offboard, type OffboardOptions } from '../../../hub-server/src/cli/offboard';
import { withStores } from '../../../hub-server/src/cli/withStores';
import { createConnectionRows } from '../../../hub-server/src/xero/connections/connectionRows';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('xero-hub offboard, beside a running hub', () => {
	let portal: StartedPortal;
	let acme: ProvisionedPortal;
	let folder: ReturnType<typeof temporaryFolder>;
	beforeEach(async () => {
		folder = temporaryFolder();
		portal = await startPortal({ autoConsent: 'first' });
		acme = await provisionPortal(portal);
	}, 60_000);
	afterEach(async () => {
		await portal.close();
		folder.remove();
	});

	/** What it printed. */
	async function run(slug: string, options: OffboardOptions): Promise<string> {
		const lines: string[] = [];
		const env = {
			HUB_DATA_DIR: portal.hub.dataDir,
			HUB_PUBLIC_URL: portal.url,
			XERO_LOGIN_URL: portal.sandbox.url,
			XERO_IDENTITY_URL: portal.sandbox.url,
			XERO_API_URL: portal.sandbox.url,
		};
		await withStores(env, async (stores, config) => {
			const { offboardingChanges } = openAdministration(stores, config);
			const connections = createConnectionRows({ db: stores.database.db });
			await offboard({ ...stores, connections, offboardingChanges }, slug, options, (line) =>
				lines.push(line),
			);
		});
		return lines.join('\n');
	}
	const nameOf = async () =>
		(await portal.hub.call('GET', '/api/v1/connections', undefined, acme.apiKey)).body.items[0]
			?.tenantName as string | undefined;

	it('says what would happen, and does nothing without the name', async () => {
		const name = (await nameOf()) ?? '';

		const printed = await run('acme', {});

		expect(printed).toContain('Off-board Acme, the workspace acme');
		expect(printed).toContain(name);
		expect(printed).toContain('Nothing was deleted.');
		expect(await nameOf()).toBe(name);
	});

	it('writes the export for its owner alone, then off-boards an organisation by its name', async () => {
		const name = (await nameOf()) ?? '';
		const file = join(folder.path, 'acme.jsonl.gz');

		const printed = await run('acme', { organisation: name, export: file, confirm: name });

		expect(printed).toContain(`${name} is off-boarded.`);
		expect(gunzipSync(readFileSync(file)).toString()).toContain('"kind":"end"');
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(existsSync(`${file}.part`)).toBe(false);
		expect(await nameOf()).toBeUndefined();
	});

	it('refuses without an export, and a second time says the same', async () => {
		const refused = await run('acme', { confirm: 'Acme' }).catch(String);
		const done = await run('acme', { confirm: 'Acme', withoutExport: true });
		const again = await run('acme', { confirm: 'Acme', withoutExport: true });

		expect(refused).toContain('Nobody has read an export');
		for (const printed of [done, again]) expect(printed).toContain('Acme is off-boarded.');
		expect((await portal.hub.call('GET', '/api/v1/workspaces/acme')).status).toBe(404);
	});
});
