import { join } from 'node:path';
import { freePort } from '../../support/freePort';
import { startHubProcess } from '../../support/hubProcess';
import { temporaryFolder } from '../../support/temporaryFolder';

/** What a hub had loaded when it stopped, by the names of the packages. */
async function packagesOf(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
	const folder = temporaryFolder();
	const hub = await startHubProcess({
		dataDir: folder.path,
		env,
		nodeArgs: ['--require', join(__dirname, 'loadedPackages.cjs')],
	});
	await hub.process.stop();
	folder.remove();
	const [, json = '[]'] = /packages: (.*)/.exec(hub.process.log()) ?? [];
	return JSON.parse(json) as readonly string[];
}

describe('a hub', () => {
	it('without REDIS_URL loads neither Bull nor ioredis', async () => {
		const packages = await packagesOf({});

		expect(packages).toContain('better-sqlite3');
		expect(packages.filter((name) => /bull|redis/.test(name))).toEqual([]);
	}, 60_000);

	it('with REDIS_URL loads both, starts without that Redis, and stops by itself', async () => {
		const packages = await packagesOf({ REDIS_URL: `redis://127.0.0.1:${await freePort()}` });

		expect(packages).toEqual(expect.arrayContaining(['bull', 'ioredis']));
	}, 60_000);

	it('without HUB_SMTP_URL loads no mailer, and with it starts though no mail server is there', async () => {
		expect(await packagesOf({})).not.toContain('nodemailer');

		const packages = await packagesOf({ HUB_SMTP_URL: `smtp://127.0.0.1:${await freePort()}` });
		expect(packages).toContain('nodemailer');
	}, 60_000);
});
