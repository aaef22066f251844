import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openDatabase } from '../../../hub-server/src/database/openDatabase';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/freePort';
import { startHubProcess, XERO_HUB, type HubProcess } from '../../support/hubProcess';
import { nodeBinary } from '../../support/nodeBinary';
import { startProcess } from '../../support/processes';
import { provisionWorkspace, type ProvisionedWorkspace } from '../../support/provisionWorkspace';
import { startRedis } from '../../support/redis';
import { revokeConsent } from '../../support/revokeConsent';
import {
	startSandboxProcess,
	xeroIsSandbox,
	type SandboxProcess,
} from '../../support/sandboxProcess';
import { temporaryFolder } from '../../support/temporaryFolder';
import { movedClock } from './movedClock';

const HOUR = 3_600_000;

/** Every trouble is really made, and asked about as an operator asks. */
describe('xero-hub doctor', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let sandbox: SandboxProcess;
	let hub: HubProcess;
	let workspace: ProvisionedWorkspace;

	beforeEach(async () => {
		folder = temporaryFolder();
		sandbox = await startSandboxProcess();
		hub = await startHubProcess({ dataDir: folder.path, env: xeroIsSandbox(sandbox.url) });
		workspace = await provisionWorkspace(hub, sandbox, []);
	}, 60_000);
	afterEach(async () => {
		await hub.process.stop();
		await sandbox.process.stop();
		folder.remove();
	}, 60_000);

	async function askDoctor(env: Record<string, string> = {}, nodeArgs: readonly string[] = []) {
		const { port } = new URL(hub.url);
		const asked = startProcess({
			name: 'xero-hub doctor',
			command: nodeBinary,
			args: [...nodeArgs, XERO_HUB, 'doctor'],
			env: {
				HUB_DATA_DIR: folder.path,
				HUB_PUBLIC_URL: `http://localhost:${port}`,
				...xeroIsSandbox(sandbox.url),
				...env,
			},
		});
		return { code: await asked.ended, report: asked.log() };
	}
	const withClockAhead = (aheadMs: number) => {
		const { env, nodeArgs } = movedClock({ aheadMs });
		return askDoctor(env, nodeArgs);
	};
	const keyFile = () => join(folder.path, 'encryption.key');
	/** The finding and what to do, in one line. */
	const found = (report: string, mark: 'WRONG' | 'WARNING' | 'ok', check: string) => {
		const lines = report.split('\n');
		const at = lines.findIndex((line) => line.startsWith(mark) && line.includes(`  ${check} `));
		return at < 0 ? `no such line in\n${report}` : `${lines[at]} ${lines[at + 1]?.trim()}`;
	};

	it('finds nothing wrong with a hub in order, and warns that Xero cannot see localhost', async () => {
		const { code, report } = await askDoctor();

		expect(report).not.toContain('WRONG');
		expect(code).toBe(0);
		for (const check of ['configuration', 'data folder', 'encryption key', 'clock', 'ledger']) {
			expect(found(report, 'ok', check)).toContain(check);
		}
		expect(found(report, 'ok', 'test-workspace: app keys')).toContain('Xero accepts them');
		expect(found(report, 'ok', 'test-workspace: tokens')).toContain('Demo Company');
		expect(found(report, 'ok', 'test-workspace: webhooks')).toContain('Verified 20');
		expect(found(report, 'WARNING', 'public URL')).toContain('public https address');
	}, 60_000);

	it('finds a wrong clock', async () => {
		const { code, report } = await withClockAhead(10 * 60_000);

		expect(code).toBe(1);
		expect(found(report, 'WRONG', 'clock')).toMatch(
			/(599|600|601) s ahead of Xero's.*→ Switch on time synchronisation/,
		);
	}, 60_000);

	it('finds a public URL at which nothing answers, or something else', async () => {
		const port = await freePort();
		const nothing = await askDoctor({ HUB_PUBLIC_URL: `http://localhost:${port}` });
		const another = await askDoctor({
			HUB_PUBLIC_URL: sandbox.url.replace('127.0.0.1', 'localhost'),
		});
		const plain = await askDoctor({ HUB_PUBLIC_URL: 'http://hub.example.com' });

		expect(nothing.code).toBe(1);
		expect(found(nothing.report, 'WRONG', 'public URL')).toMatch(
			/cannot be reached.*→ Start the hub/,
		);
		expect(found(another.report, 'WRONG', 'public URL')).toMatch(/not the hub answers.*→ Point/);
		expect(found(plain.report, 'WRONG', 'public URL')).toMatch(/is not https.*→ Put a proxy/);
	}, 60_000);

	it('finds a Redis that is away, evicts, or holds the queue of n8n, and goes on without it', async () => {
		const away = await askDoctor({ REDIS_URL: `redis://:hunter2@127.0.0.1:${await freePort()}` });
		const redis = await startRedis();
		const good = await askDoctor({ REDIS_URL: `${redis.url}/1` });
		await redis.ask('SET', 'bull:jobs:id', '7');
		await redis.ask('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
		const shared = await askDoctor({ REDIS_URL: redis.url });
		await redis.kill();
		const without = await askDoctor();

		expect([away.code, good.code, shared.code]).toEqual([0, 0, 0]);
		expect(found(away.report, 'WARNING', 'Redis')).toMatch(
			/cannot be used: connect ECONNREFUSED.*→ Check REDIS_URL/,
		);
		expect(away.report).not.toContain('hunter2');
		expect(found(good.report, 'ok', 'Redis')).toContain('It answers');
		expect(shared.report).toMatch(/WARNING +Redis .*allkeys-lru[^]*→ redis-cli config set/);
		expect(shared.report).toMatch(/WARNING +Redis .*n8n's queue[^]*→ Give the hub one of its own/);
		expect(without.report).not.toContain('Redis');
	}, 60_000);

	it('finds names that nobody knows', async () => {
		const { code, report } = await askDoctor({
			HUB_PUBLIC_URL: 'https://hub.invalid',
			XERO_IDENTITY_URL: 'https://identity.invalid',
		});

		expect(code).toBe(1);
		for (const check of ['Xero', 'public URL']) {
			expect(found(report, 'WRONG', check)).toMatch(
				/\.invalid cannot be reached: (nobody knows this name|no name server answers) \(getaddrinfo.*→ Make this machine resolve names/,
			);
		}
		expect(found(report, 'WARNING', 'workspaces')).toContain(
			'Not looked at: Xero cannot be asked.',
		);
	}, 60_000);

	it('waits neither for a name server nor for a database that never answers', async () => {
		const silent = createServer().listen(0, '127.0.0.1');
		await once(silent, 'listening');
		const { port } = silent.address() as AddressInfo;

		const { code, report } = await askDoctor(
			{
				HUB_PUBLIC_URL: 'https://hub.example.com',
				XERO_IDENTITY_URL: 'https://identity.example.com',
				DATABASE_URL: `postgres://hub@127.0.0.1:${port}/hub`,
				HUB_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
			},
			['--require', join(__dirname, 'silentNames.cjs')],
		);
		silent.close();

		expect(code).toBe(1);
		for (const check of ['Xero', 'public URL']) {
			expect(found(report, 'WRONG', check)).toMatch(/no answer within 10 s\. A name server/);
		}
		expect(found(report, 'WRONG', 'ledger')).toMatch(/cannot be used: .*→ Check DATABASE_URL/);
	}, 60_000);

	it.each([
		['below a file', () => join(folder.path, 'a-file', 'data')],
		['below /proc, where no folder can be made', () => '/proc/xero-hub/data'],
	])(
		'finds a data folder that cannot be written: %s',
		async (_where, dataDir) => {
			writeFileSync(join(folder.path, 'a-file'), '');

			const { code, report } = await askDoctor({ HUB_DATA_DIR: dataDir() });

			expect(code).toBe(1);
			expect(found(report, 'WRONG', 'data folder')).toMatch(
				/data cannot be written: .*→ Give the folder to the user/,
			);
		},
		60_000,
	);

	it('finds that the key file is missing, and makes no new one over the loss', async () => {
		renameSync(keyFile(), join(folder.path, 'elsewhere'));

		const { code, report } = await askDoctor();

		expect(code).toBe(1);
		expect(found(report, 'WRONG', 'encryption key')).toMatch(
			/is missing.*→ Restore encryption.key/,
		);
		expect(existsSync(keyFile())).toBe(false);
	}, 60_000);

	it('finds a key that is not the one of the ledger', async () => {
		const other = `other:${randomBytes(32).toString('base64')}`;
		const configured = await askDoctor({ HUB_ENCRYPTION_KEYS: other });
		writeFileSync(keyFile(), `${other}\n`);
		const inFile = await askDoctor();

		for (const { code, report } of [configured, inFile]) {
			expect(code).toBe(1);
			expect(report).toMatch(/WRONG +encryption key +It is not the one that sealed this ledger/);
			expect(report).toContain('→ Restore the key that the ledger began with');
		}
	}, 60_000);

	it('finds a webhook that Xero has never verified', async () => {
		const { db, close } = await openDatabase({ dataDir: folder.path });
		await db.updateTable('app_keys').set({ handshake_at: null }).execute();
		await close();

		const { code, report } = await askDoctor();

		expect(code).toBe(1);
		expect(found(report, 'WRONG', 'test-workspace: webhooks')).toMatch(
			/never verified.*→ Enter http:\/\/localhost:\d+\/webhooks\/xero\/test-workspace on the webhooks page/,
		);
	}, 60_000);

	it('finds a webhook that Xero has disabled, by a change that nobody told', async () => {
		const { app, connections } = workspace;
		const port = Number(new URL(hub.url).port);
		await sandbox.setFaults({ webhooks: { retryMs: 1, coalesceMs: 0 } });
		await hub.process.stop();
		await sandbox.seed(connections[0]?.tenantId ?? '', { contacts: 1, events: true });
		await eventually('Xero to disable the webhook', async () => {
			const { apps } = await sandbox.state();
			const status = apps.find(({ clientId }) => clientId === app.clientId)?.webhookStatus;
			return status === 'disabled' ? true : undefined;
		});
		hub = await startHubProcess({
			dataDir: folder.path,
			env: xeroIsSandbox(sandbox.url),
			port,
		});

		const { code, report } = await withClockAhead(HOUR);

		expect(code).toBe(1);
		expect(found(report, 'WRONG', 'test-workspace: webhooks')).toMatch(
			/Contacts changed at 20.*no webhook told of it.*→ Open the app.*press Enable/,
		);
	}, 60_000);

	it('finds revoked tokens, and an organisation that was disconnected at Xero', async () => {
		const [first] = workspace.connections;
		await sandbox.setFaults({ disconnectTenant: first?.tenantId });
		const disconnected = await askDoctor();
		await sandbox.setFaults({});
		await revokeConsent(sandbox, workspace.app);
		const { db, close } = await openDatabase({ dataDir: folder.path });
		await db.updateTable('grants').set({ expires_at: 0 }).execute();
		await close();

		const revoked = await askDoctor();

		expect(disconnected.code).toBe(1);
		expect(found(disconnected.report, 'WRONG', 'test-workspace: tokens')).toMatch(
			/gives no access any more to .*→ Somebody disconnected it in Xero/,
		);
		expect(revoked.code).toBe(1);
		expect(found(revoked.report, 'WRONG', 'test-workspace: tokens')).toMatch(
			/were revoked.*→ Xero has ended .* Open http:\/\/localhost:\d+\/w\/test-workspace\/organisations/,
		);
	}, 60_000);

	it('finds app keys that Xero refuses', async () => {
		await hub.call('PUT', `/api/v1/workspaces/${workspace.slug}/app-keys`, {
			clientId: workspace.app.clientId,
			clientSecret: 'replaced-at-xero',
		});

		const { report } = await askDoctor();

		expect(found(report, 'WRONG', 'test-workspace: app keys')).toMatch(
			/does not accept them.*Copy both again/,
		);
	}, 60_000);

	it('lists every fault of the configuration', async () => {
		const { code, report } = await askDoctor({ HUB_PORT: 'many', LOG_LEVEL: 'loud' });

		expect(code).toBe(1);
		expect(report).toContain('HUB_PORT: must be a port number');
		expect(report).toContain('LOG_LEVEL: ');
	}, 60_000);
});
