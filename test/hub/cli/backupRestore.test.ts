import { execFile } from 'node:child_process';
import {
	chmodSync,
	copyFileSync,
	existsSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import { createSubscriptionStore } from '../../../hub-server/src/subscriptions/subscriptionStore';
import { openStores, type Stores } from '../../../hub-server/src/hub/openStores';
import { loadConfig } from '../../../hub-server/src/config/loadConfig';
import { startHubProcess, XERO_HUB, type HubProcess } from '../../support/hubProcess';
import { nodeBinary } from '../../support/nodeBinary';
import { provision } from '../../support/provision';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('backups of a ledger in SQLite', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let backups: ReturnType<typeof temporaryFolder>;
	let file: string;
	beforeEach(() => {
		folder = temporaryFolder();
		backups = temporaryFolder();
		file = join(backups.path, 'hub.sqlite');
	});
	afterEach(() => {
		folder.remove();
		backups.remove();
	});

	async function run(...args: readonly string[]) {
		try {
			const { stdout, stderr } = await promisify(execFile)(nodeBinary, [XERO_HUB, ...args], {
				env: { PATH: process.env['PATH'], HUB_DATA_DIR: folder.path },
			});
			return { code: 0, text: stdout + stderr };
		} catch (cause) {
			const failed = cause as { code: number; stdout: string; stderr: string };
			return { code: failed.code, text: failed.stdout + failed.stderr };
		}
	}
	const ledger = () => join(folder.path, 'hub.sqlite');
	const slugs = (path: string) => {
		const opened = new SqliteDatabase(path, { readonly: true });
		const rows = opened.prepare('select slug from workspaces order by slug').pluck().all();
		opened.close();
		return rows;
	};

	describe('that are taken', () => {
		it('end while the hub writes without a pause, are the owner’s only, and are good', async () => {
			const hub = await startHubProcess({ dataDir: folder.path });
			const { webhookUrl, webhookKey, apiKey, slug } = await provision(hub);
			let isOver = false;
			async function write(): Promise<void> {
				while (!isOver) {
					const body = payloadOf(...Array.from({ length: 20 }, () => xeroEvent()));
					await postWebhook(webhookUrl, body, signatureOf(body, webhookKey));
				}
			}
			const writers = Promise.all([write(), write(), write(), write()]);
			await hub.call('GET', '/api/v1/events', undefined, apiKey);
			writeFileSync(file, 'an older backup', { mode: 0o644 });

			const taken = await run('backup', file);
			isOver = true;
			await writers;
			const verified = await run('backup', '--verify', file);
			await hub.process.stop();

			expect(taken).toMatchObject({ code: 0 });
			expect(statSync(file).mode & 0o777).toBe(0o600);
			expect(slugs(file)).toEqual([slug]);
			expect(verified).toMatchObject({ code: 0 });
			expect(verified.text).toMatch(
				/ is good: taken at \d{4}-.*, workspaces: 1, of this version\. The encryption key opens it\./,
			);
			expect(readdirSync(backups.path)).toEqual(['hub.sqlite']);
		}, 60_000);

		it('leave an older one in its place when they fail', async () => {
			writeFileSync(file, 'an older backup');

			const failed = await run('backup', file);

			expect(failed.code).toBe(1);
			expect(readdirSync(backups.path)).toEqual(['hub.sqlite']);
			expect(statSync(file).size).toBe('an older backup'.length);
		}, 60_000);
	});

	describe('that are verified', () => {
		beforeEach(async () => {
			await run('migrate');
			await run('workspace', 'create', 'Acme');
			await run('backup', file);
		}, 60_000);
		const verify = () => run('backup', file, '--verify');

		it.each([
			['is missing', () => rmSync(file), 'There is no file'],
			['is no ledger', () => writeFileSync(file, 'no database at all'), 'file is not a database'],
			[
				'is damaged',
				() => {
					const bytes = Buffer.alloc(20_000, 7);
					const opened = new SqliteDatabase(file);
					opened.exec('create index damaged on workspaces (name)');
					const root = opened
						.prepare("select rootpage from sqlite_master where name = 'workspaces'")
						.pluck()
						.get() as number;
					opened.close();
					const all = readFileSync(file);
					bytes.copy(all, (root - 1) * 4096, 0, 2048);
					writeFileSync(file, all);
				},
				'cannot be restored by this hub',
			],
			[
				'is of a newer version',
				() => {
					const opened = new SqliteDatabase(file);
					opened
						.prepare('insert into kysely_migration (name, timestamp) values (?, ?)')
						.run('9999Tomorrow', '2026-11-30');
					opened.close();
				},
				'written by a newer version of the hub (9999Tomorrow)',
			],
			[
				'is sealed with another key',
				() => {
					rmSync(join(folder.path, 'encryption.key'));
					writeFileSync(
						join(folder.path, 'encryption.key'),
						`kother:${Buffer.alloc(32, 9).toString('base64')}\n`,
						{ mode: 0o600 },
					);
				},
				'cannot be restored by this hub',
			],
			[
				'has no key beside it',
				() => rmSync(join(folder.path, 'encryption.key')),
				'put the key there that was kept with the backup',
			],
			[
				'is a ledger in use',
				() => writeFileSync(`${file}-wal`, 'something'),
				'is a ledger in use and no backup',
			],
		])(
			'are refused when one %s',
			async (_how, spoil, why) => {
				spoil();

				const refused = await verify();

				expect(refused.code).toBe(1);
				expect(refused.text).toContain(why);
			},
			60_000,
		);
	});

	describe('that are restored', () => {
		let hub: HubProcess | undefined;
		afterEach(async () => {
			await hub?.process.stop();
			hub = undefined;
		});

		async function withStores<Result>(use: (stores: Stores) => Promise<Result>): Promise<Result> {
			const stores = await openStores(loadConfig({ HUB_DATA_DIR: folder.path }), {
				now: Date.now,
				onKeyFileCreated: () => undefined,
			});
			try {
				return await use(stores);
			} finally {
				await stores.database.close();
			}
		}
		const subscribe = (url: string) =>
			withStores(async ({ database: { db }, secrets, workspaces }) => {
				const { id } = await workspaces.get('acme');
				await createSubscriptionStore({ db, secrets, now: Date.now, parkMs: 0 }).subscribe(id, {
					url,
					events: ['*'],
				});
			});

		it('name what is not known since, until somebody has read it: API and doctor', async () => {
			await run('migrate');
			await run('workspace', 'create', 'Acme');
			await subscribe('https://n8n.example.com/webhook/known');
			const { text: apiKey } = await run('api-key', 'create', 'acme', '--name', 'kept');
			await run('backup', file);
			await subscribe('https://n8n.example.com/webhook/since');
			await run('api-key', 'create', 'acme', '--name', 'made since');
			await run('workspace', 'create', 'Since');

			const restored = await run('restore', file);

			expect(restored).toMatchObject({ code: 0 });
			expect(slugs(ledger())).toEqual(['acme']);
			expect(statSync(ledger()).mode & 0o777).toBe(0o600);
			const [aside = ''] = readdirSync(folder.path).filter((name) =>
				/^hub\.sqlite\.before-restore-\d{8}T\d{6}Z$/.test(name),
			);
			expect(slugs(join(folder.path, aside))).toEqual(['acme', 'since']);

			const doctor = await run('doctor');
			expect(doctor.text).toMatch(
				/WARNING {2}acme: restored +This hub was restored from a backup of 20/,
			);

			hub = await startHubProcess({ dataDir: folder.path });
			const call = (method: string, path: string) =>
				hub!.call(method, `/api/v1${path}`, undefined, apiKey.trim());
			const [alert] = (await call('GET', '/alerts')).body.items;
			expect(alert).toMatchObject({ kind: 'restored_from_backup', subject: 'ledger' });
			expect(alert.message).toContain(
				'unpublish and publish each, which are at least https://n8n.example.com/webhook/since.',
			);
			expect(alert.message).toContain('It knows https://n8n.example.com/webhook/known:');
			expect(alert.message).toContain('save them in n8n, which are at least made since.');
			expect((await call('POST', `/alerts/${alert.id}/acknowledge`)).status).toBe(204);
			expect((await call('GET', '/alerts')).body.items).toEqual([]);
			expect((await call('POST', `/alerts/${alert.id}/acknowledge`)).status).toBe(404);
			expect((await run('doctor')).text).not.toContain('restored');
		}, 120_000);

		it('are not while a hub has the ledger', async () => {
			hub = await startHubProcess({ dataDir: folder.path });
			await run('backup', file);
			await run('workspace', 'create', 'Since');

			const refused = await run('restore', file);

			expect(refused.code).toBe(1);
			expect(refused.text).toContain('Another hub is running on');
			expect(slugs(ledger())).toEqual(['since']);
		}, 60_000);

		it('are not when they are not good, and nothing is changed', async () => {
			await run('migrate');
			await run('workspace', 'create', 'Acme');
			writeFileSync(file, 'no database at all');

			const refused = await run('restore', file);

			expect(refused.code).toBe(1);
			expect(slugs(ledger())).toEqual(['acme']);
			expect((await run('restore', ledger())).text).toContain('is the ledger itself');
			expect((await run('restore')).text).toContain('Name the file to restore');
			expect(readdirSync(folder.path).filter((name) => name.includes('restor'))).toEqual([]);
		}, 60_000);

		it('take the place of a ledger that is lost, or broken beyond reading', async () => {
			await run('migrate');
			await run('workspace', 'create', 'Acme');
			await run('backup', file);
			for (const suffix of ['', '-wal', '-shm']) rmSync(ledger() + suffix, { force: true });
			expect((await run('restore', file)).code).toBe(0);
			expect(slugs(ledger())).toEqual(['acme']);

			writeFileSync(ledger(), 'no database at all');
			expect((await run('restore', file)).code).toBe(0);

			expect(slugs(ledger())).toEqual(['acme']);
			const aside = readdirSync(folder.path).find((name) => name.includes('before-restore')) ?? '';
			expect(statSync(join(folder.path, aside)).size).toBe('no database at all'.length);
		}, 60_000);

		it('say it anew where a backup was taken before anybody had read it', async () => {
			await run('migrate');
			await run('workspace', 'create', 'Acme');
			await run('backup', file);
			await run('restore', file);
			const second = join(backups.path, 'second.sqlite');
			await run('backup', second);
			await subscribe('https://n8n.example.com/webhook/since-the-second');

			await run('restore', second);

			const open = await withStores(({ database: { db } }) =>
				db
					.selectFrom('alerts')
					.select('message')
					.where('kind', '=', 'restored_from_backup')
					.where('resolved_at', 'is', null)
					.execute(),
			);
			expect(open).toHaveLength(1);
			expect(open[0]?.message).toContain('since-the-second');
		}, 60_000);

		it('may be copies that another tool made of a hub that stood still', async () => {
			await run('migrate');
			await run('workspace', 'create', 'Acme');
			copyFileSync(ledger(), file);
			chmodSync(file, 0o644);

			expect((await run('restore', file)).code).toBe(0);

			expect(existsSync(ledger())).toBe(true);
			expect(statSync(ledger()).mode & 0o777).toBe(0o600);
		}, 60_000);
	});
});
