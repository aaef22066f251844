import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import { startHubProcess, XERO_HUB } from '../../support/hubProcess';
import type { SandboxOrganisation } from '../../support/sandboxClient';
import { xeroIsSandbox } from '../../support/sandboxProcess';
import { eventually } from '../../support/eventually';
import { startProcess } from '../../support/processes';
import { startSandbox } from '../../support/startSandbox';
import { nodeBinary } from '../../support/nodeBinary';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('xero-hub on the command line', () => {
	let folder = { path: '', remove() {} };
	/** A hub that nothing has happened on. */
	let newHub: ReturnType<typeof temporaryFolder>;
	beforeAll(async () => {
		newHub = temporaryFolder();
		await run(['migrate'], { HUB_DATA_DIR: newHub.path });
	});
	afterAll(() => newHub.remove());
	beforeEach(() => {
		folder = temporaryFolder();
		cpSync(newHub.path, folder.path, { recursive: true });
	});
	afterEach(() => folder.remove());

	async function run(args: readonly string[], env: Record<string, string> = {}) {
		try {
			const { stdout, stderr } = await promisify(execFile)(nodeBinary, [XERO_HUB, ...args], {
				env: { PATH: process.env['PATH'], HUB_DATA_DIR: folder.path, ...env },
			});
			return { code: 0, stdout: stdout.trim(), stderr };
		} catch (cause) {
			const failed = cause as { code: number; stdout: string; stderr: string };
			return { code: failed.code, stdout: failed.stdout, stderr: failed.stderr };
		}
	}

	it('provisions a workspace that the running hub serves at once', async () => {
		const hub = await startHubProcess({ dataDir: folder.path });

		const created = await run(['workspace', 'create', 'Acme', '--n8n', 'http://127.0.0.1:5678']);
		const saved = await run(['app-keys', 'set', 'acme', '--client-id', 'THE-ID'], {
			XERO_CLIENT_SECRET: 'the-secret',
			XERO_WEBHOOK_KEY: 'the-webhook-key',
		});
		const { stdout: apiKey } = await run(['api-key', 'create', 'acme', '--name', 'n8n']);
		const me = await hub.call('GET', '/api/v1/workspace', undefined, apiKey);
		const workspace = await hub.call('GET', '/api/v1/workspaces/acme');
		await hub.process.stop();

		expect(created.stdout).toMatch(/\/webhooks\/xero\/acme/);
		expect(saved.stdout).not.toMatch(/the-secret|the-webhook-key/);
		expect(apiKey).toMatch(/^xhk_/);
		expect(me.body).toMatchObject({ slug: 'acme' });
		expect(workspace.body).toMatchObject({
			n8nBaseUrls: ['http://127.0.0.1:5678'],
			appKeys: { clientId: 'THE-ID' },
		});
	}, 60_000);

	it('checks the audit log, and says which entry was changed behind it', async () => {
		await run(['workspace', 'create', 'Acme']);
		await run(['workspace', 'create', 'Bayside']);
		const before = await run(['audit', 'verify']);
		const ledger = new SqliteDatabase(join(folder.path, 'hub.sqlite'));
		ledger.prepare("update audit_log set actor = 'nobody' where seq = 1").run();
		ledger.close();
		const after = await run(['audit', 'verify']);

		expect(before).toMatchObject({ code: 0, stdout: expect.stringMatching(/^All 2 entries are/) });
		expect(after).toMatchObject({ code: 1, stdout: 'Entry 1 does not fit: it was changed.\n' });
	}, 60_000);

	describe('the app keys', () => {
		const save = (args: readonly string[] = [], env: Record<string, string> = {}) =>
			run(['app-keys', 'set', 'acme', '--client-id', 'THE-CLIENT', ...args], {
				XERO_CLIENT_SECRET: 'the-secret',
				...env,
			});
		const saved = () =>
			new SqliteDatabase(join(folder.path, 'hub.sqlite'), { readonly: true })
				.prepare('select client_id, tier, scopes from app_keys')
				.get();
		beforeEach(() => run(['workspace', 'create', 'Acme']));

		it.each([
			// One of each way in; what is refused stands in `administration/appKeyChanges` and is tested with the API.
			[['--tier', 'gold'], {}, 'tier: must be starter, core, plus, advanced, enterprise'],
			[
				[],
				{ XERO_WEBHOOK_KEY: 'one-webhook-key', XERO_SECOND_WEBHOOK_KEY: 'one-webhook-key' },
				'secondWebhookKey: this is the first webhook key a second time',
			],
		])('are refused as the API refuses them: %j %j', async (args, env, why) => {
			const refused = await save(args, env);

			expect(refused.code).toBe(1);
			expect(refused.stderr).toContain(why);
			expect(saved()).toBeUndefined();
		});

		it('keep the tier and the scopes that nobody named', async () => {
			await save(['--tier', '12', '--scopes', 'accounting.contacts']);

			const again = await save();

			expect(again.stdout).toContain('tier 12');
			expect(again.stdout).toContain('Check this: The client id does not look like');
			expect(saved()).toMatchObject({ tier: '12', scopes: 'accounting.contacts' });
		});
	});

	it('changes what the hub asks Xero for, and prints it area by area', async () => {
		await run(['workspace', 'create', 'Acme']);
		const scopes = (...args: string[]) => run(['app-keys', 'scopes', 'acme', ...args]);
		expect((await scopes()).stderr).toContain('This workspace has no Xero app keys yet.');
		await run(['app-keys', 'set', 'acme', '--client-id', 'THE-CLIENT', '--preset', 'invoicing'], {
			XERO_CLIENT_SECRET: 'the-secret',
		});

		const added = await scopes('--add', 'files bankfeeds', '--remove', 'accounting.payments');
		const listed = await scopes();
		const refused = await scopes('--preset', 'everything', '--add', 'files');

		expect(added.stdout).toContain('Xero gives bankfeeds to approved apps only.');
		expect(listed.stdout).toContain('write\tfiles\tDocuments: Files and folders');
		expect(listed.stdout).toContain('off\taccounting.payments\t');
		expect(listed.stdout).toContain('read\taccounting.settings\t');
		expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Say --preset or') });
	}, 60_000);

	it('exports the secrets of an organisation, and notes that it did', async () => {
		const sandbox = await startSandbox({ autoConsent: 'all' });
		const env = xeroIsSandbox(sandbox.url);
		const hub = await startHubProcess({ dataDir: folder.path, env });
		await run(['workspace', 'create', 'Acme']);
		const none = await run(['secrets', 'export', 'acme'], env);
		const app = await sandbox.createApp({
			redirectUris: [hub.url.replace('127.0.0.1', 'localhost') + '/oauth/callback'],
		});
		const clientSecret = app.clientSecret ?? '';
		await run(['app-keys', 'set', 'acme', '--client-id', app.clientId], {
			...{ XERO_CLIENT_SECRET: clientSecret, XERO_WEBHOOK_KEY: app.webhookKey },
		});
		const { authorizeUrl } = (await hub.call('POST', '/api/v1/workspaces/acme/connect')).body;
		const consent = await fetch(authorizeUrl, { redirect: 'manual' });
		const callback = new URL(consent.headers.get('location') ?? '');
		await fetch(`${hub.url}${callback.pathname}${callback.search}`);
		const [{ name, tenantId }, another] = (await sandbox.state()).organisations as [
			SandboxOrganisation,
			SandboxOrganisation,
		];

		const which = await run(['secrets', 'export', 'acme'], env);
		const named = ['secrets', 'export', 'acme', '--organisation', name];
		const lines = await run([...named, '--format', 'pan'], env);
		const json = await run([...named, '--format', 'json'], env);
		const odd = await run([...named, '--format', 'xml'], env);
		await hub.process.stop();
		await sandbox.close();
		const ledger = new SqliteDatabase(join(folder.path, 'hub.sqlite'), { readonly: true });
		const noted = ledger.prepare("select * from audit_log where action = 'secrets.exported'").all();
		ledger.close();

		expect(none.stderr).toContain('This workspace has no organisation yet.');
		expect(which.stderr).toContain(another.tenantId);
		expect(parseEnv(lines.stdout)).toMatchObject({
			PAN_SEC_XERO_CLIENT_SECRET: clientSecret,
			PAN_SEC_XERO_WEBHOOK_KEY: app.webhookKey,
		});
		expect(JSON.parse(json.stdout)).toMatchObject({ tenantId, clientId: app.clientId });
		expect(odd.stderr).toContain('--format must be one of env, json, pan.');
		expect(noted).toHaveLength(2);
		expect(JSON.stringify(noted)).toContain('command line');
	}, 60_000);

	it('tells a running hub that app keys took the place of those of another app', async () => {
		const sandbox = await startSandbox({ autoConsent: 'all' });
		const env = xeroIsSandbox(sandbox.url);
		const hub = await startHubProcess({ dataDir: folder.path, env });
		await run(['workspace', 'create', 'Acme']);
		const { stdout: apiKey } = await run(['api-key', 'create', 'acme']);
		const app = await sandbox.createApp({
			redirectUris: [hub.url.replace('127.0.0.1', 'localhost') + '/oauth/callback'],
		});
		const save = (clientId: string, clientSecret: string) =>
			run(['app-keys', 'set', 'acme', '--client-id', clientId], {
				...env,
				XERO_CLIENT_SECRET: clientSecret,
			});
		await save(app.clientId, app.clientSecret ?? '');
		const { authorizeUrl } = (await hub.call('POST', '/api/v1/workspaces/acme/connect')).body;
		const consent = await fetch(authorizeUrl, { redirect: 'manual' });
		const callback = new URL(consent.headers.get('location') ?? '');
		await fetch(`${hub.url}${callback.pathname}${callback.search}`);
		const state = async () => {
			const [connections, alerts] = await Promise.all(
				['connections', 'alerts'].map((path) =>
					hub.call('GET', `/api/v1/${path}`, undefined, apiKey),
				),
			);
			const raised = alerts?.body.items as readonly { kind: string }[];
			return [connections?.body.items[0].status, raised.map(({ kind }) => kind)];
		};
		const before = await state();

		const { stderr } = await save('ANOTHER-APP', 'another-secret');

		const after = await state();
		await hub.process.stop();
		await sandbox.close();
		expect(before).toEqual(['active', []]);
		expect(after).toEqual(['reauth_required', ['reauth_required']]);
		expect(stderr).toContain('need a new consent');
	}, 60_000);

	it('makes no workspace whose n8n has a password in its address', async () => {
		const refused = await run([
			'workspace',
			'create',
			'Acme',
			'--n8n',
			'http://u:hunter2@n8n:5678',
		]);

		expect(refused.code).toBe(1);
		expect(refused.stderr).toContain('must carry no user name, password, ? or #');
		expect(refused.stderr).not.toContain('hunter2');
		expect((await run(['workspace', 'list'])).stdout).toBe('');
	}, 60_000);

	it.each([
		[['api-key', 'create', 'acme', '--name', ' '], 'name: say what the key is for'],
		[
			['replay', 'acme', '--since', '2026-02-01T00:00:00Z', '--until', '2026-01-01T00:00:00Z'],
			'until must be later than since',
		],
	])(
		'refuses what the API refuses: %j',
		async (args, why) => {
			await run(['workspace', 'create', 'Acme']);

			const refused = await run(args);

			expect(refused.code).toBe(1);
			expect(refused.stderr).toContain(why);
		},
		60_000,
	);

	it('revokes an API key', async () => {
		await run(['workspace', 'create', 'Acme']);
		await run(['api-key', 'create', 'acme']);
		const [id = ''] = (await run(['api-key', 'list', 'acme'])).stdout.split('\t');

		await run(['api-key', 'revoke', 'acme', id]);

		expect((await run(['api-key', 'list', 'acme'])).stdout).toContain('\trevoked\t');
	}, 60_000);

	it('makes keys for what they are needed for, until their last day, and lists them', async () => {
		await run(['workspace', 'create', 'Acme']);
		await run(['api-key', 'create', 'acme', '--scopes', 'events,read', '--expires', '2044-03-31']);
		const wrong = await run(['api-key', 'create', 'acme', '--organisations', 'Nobody']);
		await run(['admin-key', 'create', '--name', 'ops']);
		const [id = ''] = (await run(['admin-key', 'list'])).stdout.split('\t');
		const last = await run(['admin-key', 'revoke', id]);

		expect(wrong.stderr).toContain('No organisation of the workspace is called “Nobody”');
		const { stdout } = await run(['api-key', 'list', 'acme']);
		expect(stdout).toContain('live\tevents,read\tall organisations\texpires 2044-04-01');
		expect(last.stderr).toContain('the last admin key that works');
	}, 60_000);

	it('makes a connect link that is good once, and lists it as made here', async () => {
		const hub = await startHubProcess({ dataDir: folder.path });
		await run(['workspace', 'create', 'Acme']);

		const held = await run(['connect-link', 'create', 'acme']);
		const accepted = await run(['connect-link', 'create', 'acme', '--accept']);
		const unknown = await run(['connect-link', 'create', 'nobody']);
		const links = await hub.call('GET', '/api/v1/workspaces/acme/connect-links');
		await hub.process.stop();

		expect(held.stdout).toMatch(/\/connect\/acme\/[\w-]{43}$/);
		expect(accepted.code).toBe(0);
		expect(unknown.code).toBe(1);
		const made = { madeBy: 'command line', once: true, state: 'open' };
		expect(links.body).toMatchObject({
			items: [
				{ ...made, onConnect: 'accept' },
				{ ...made, onConnect: 'hold' },
			],
		});
	}, 60_000);

	it('makes an admin key that the hub takes', async () => {
		const { stdout: key } = await run(['admin-key']);
		const hub = await startHubProcess({ dataDir: folder.path });

		const answer = await hub.call('GET', '/api/v1/workspaces', undefined, key);
		await hub.process.stop();

		expect(key).toMatch(/^xha_/);
		expect(answer.status).toBe(200);
	}, 60_000);

	it('writes what an operator changes into the audit log, and no secret', async () => {
		await run(['workspace', 'create', 'Acme']);
		await run(['app-keys', 'set', 'acme', '--client-id', 'THE-CLIENT'], {
			XERO_CLIENT_SECRET: 'the-secret',
		});
		const { stdout: apiKey } = await run(['api-key', 'create', 'acme']);
		const [id = ''] = (await run(['api-key', 'list', 'acme'])).stdout.split('\t');
		await run(['api-key', 'revoke', 'acme', id]);
		const { stdout: adminKey } = await run(['admin-key', '--name', 'for the audit']);
		await run(['portal-link']);
		await run([
			...['replay', 'acme', '--since', '2026-01-01T00:00:00Z'],
			...['--until', '2026-02-01T00:00:00Z'],
		]);
		await run(['keys', 'rotate']);

		const entries = new SqliteDatabase(join(folder.path, 'hub.sqlite'), { readonly: true })
			.prepare('select actor, workspace, action, detail from audit_log order by seq')
			.all() as { actor: string; workspace: string | null; action: string; detail: string }[];

		expect(entries.map(({ workspace, action }) => [workspace, action])).toEqual([
			['acme', 'workspace.created'],
			['acme', 'app_keys.saved'],
			['acme', 'api_key.created'],
			['acme', 'api_key.revoked'],
			[null, 'admin_key.created'],
			[null, 'hub.set_up_link_made'],
			['acme', 'deliveries.replayed'],
			[null, 'encryption_keys.rotated'],
		]);
		expect(new Set(entries.map(({ actor }) => actor))).toEqual(new Set(['command line']));
		for (const secret of ['the-secret', apiKey, adminKey]) {
			expect(JSON.stringify(entries)).not.toContain(secret);
		}
	}, 60_000);

	it('copies the ledger while the hub runs', async () => {
		const hub = await startHubProcess({ dataDir: folder.path });
		await run(['workspace', 'create', 'Acme']);
		const file = join(folder.path, 'copy.sqlite');

		const copied = await run(['backup', file]);
		await hub.process.stop();

		const copy = new SqliteDatabase(file, { readonly: true });
		expect(copied.code).toBe(0);
		expect(copy.prepare('select slug from workspaces').all()).toEqual([{ slug: 'acme' }]);
		copy.close();
	}, 60_000);

	it('says how many deliveries a replay sends out', async () => {
		await run(['workspace', 'create', 'Acme']);

		const { stdout } = await run([
			'replay',
			'acme',
			'--since',
			'2026-01-01T00:00:00Z',
			'--until',
			'2026-02-01T00:00:00Z',
		]);

		expect(stdout).toBe('0 deliveries will go out again.');
	}, 60_000);

	it('keeps its encryption key where only its user can read it', async () => {
		const empty = join(folder.path, 'new');
		const { stderr } = await run(['migrate'], { HUB_DATA_DIR: empty });

		const file = join(empty, 'encryption.key');
		expect(stderr).toMatch(/Back it up/);
		expect(statSync(file).mode & 0o777).toBe(0o600);
	});

	it.each([
		[
			'every fault of the configuration',
			['migrate'],
			{ HUB_PORT: 'x', LOG_LEVEL: 'loud' },
			/HUB_PORT[^]*LOG_LEVEL/,
		],
		[
			'a missing key for PostgreSQL',
			['migrate'],
			{ DATABASE_URL: 'postgres://localhost/x' },
			/HUB_ENCRYPTION_KEYS is required/,
		],
		['an unknown workspace', ['api-key', 'create', 'none'], {}, /no workspace "none"/],
		[
			'a time it cannot read',
			['replay', 'x', '--since', 'noon', '--until', 'later'],
			{},
			/no workspace|"noon" is no time/,
		],
		[
			'a secret that is missing',
			['app-keys', 'set', 'x', '--client-id', 'y'],
			{},
			/XERO_CLIENT_SECRET/,
		],
		['an unknown command', ['conquer'], {}, /Unknown command/],
	])('says what is wrong and fails: %s', async (_case, args, env, expected) => {
		const { code, stderr } = await run(args, env);

		expect(code).not.toBe(0);
		expect(stderr).toMatch(expected);
		expect(stderr).not.toMatch(/at .*\.js:\d+/);
	});

	describe('where another program has the port', () => {
		it.each([
			['serve', 'HUB_PORT'],
			['sandbox', 'SANDBOX_PORT'],
		])('%s names the setting, and what to do', async (command, setting) => {
			const other = createServer().listen(0, '127.0.0.1');
			await once(other, 'listening');
			const { port } = other.address() as AddressInfo;

			const { code, stderr } = await run([command], { [setting]: String(port) });

			other.close();
			expect(code).toBe(1);
			expect(stderr).toBe(
				`${setting} ${port} is taken: another program listens on 127.0.0.1:${port}.\n` +
					`→ Stop it, or set ${setting} to a free port, such as ${setting}=${port + 1}.\n`,
			);
		});
	});

	it.each<[string[], string, string, Record<string, string>?]>([
		[['restore'], 'usage', 'xero-hub restore <file>'],
		[['restore', 'no-such-file'], 'failed', 'xero-hub doctor'],
		[['sandbox'], 'failed', 'xero-hub doctor', { SANDBOX_PORT: 'x' }],
	])('%j is refused with the way on, for programs too', async (args, code, todo, env = {}) => {
		const refused = await run([...args, '--json'], env);

		expect(refused).toMatchObject({ code: 1, stdout: '' });
		expect(JSON.parse(refused.stderr)).toMatchObject({
			error: { code, todo: expect.stringContaining(todo) },
		});
	});

	it('tells a program where the hub is, and keeps the log out of the way', async () => {
		const hub = startProcess({
			name: 'xero-hub serve --json',
			command: nodeBinary,
			args: [XERO_HUB, 'serve', '--json'],
			env: { HUB_PORT: '0', HUB_DATA_DIR: folder.path, HUB_SYNC: 'off' },
		});

		const document = await eventually(
			'the answer',
			async () => /^\{"url".*$/m.exec(hub.log())?.[0],
		);
		await hub.stop();

		expect(JSON.parse(document)).toMatchObject({
			url: expect.stringMatching(/^http:/),
			newAdminKey: expect.stringMatching(/^xha_/),
			setUpLink: expect.stringContaining('/join/'),
		});
	}, 60_000);

	it('refuses a ledger that was sealed with another key, and leaves it as it was', async () => {
		const key = (fill: number) => `k1:${Buffer.alloc(32, fill).toString('base64')}`;
		const empty = join(folder.path, 'new');
		const migrate = (fill: number) =>
			run(['migrate'], { HUB_DATA_DIR: empty, HUB_ENCRYPTION_KEYS: key(fill) });
		await migrate(1);

		const refused = await migrate(2);
		const accepted = await migrate(1);

		expect([refused.code, accepted.code]).toEqual([1, 0]);
		expect(existsSync(join(empty, 'encryption.key'))).toBe(false);
	});
});
