import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { debianPostgres } from '../../support/debianPostgres';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/freePort';
import { hubShell, type HubShell } from '../../support/hubShell';
import { startPostgres, type RunningPostgres } from '../../support/postgres';
import type { StartedProcess } from '../../support/processes';
import { repositoryRoot } from '../../support/repositoryRoot';
import {
	startSandboxProcess,
	xeroIsSandbox,
	type SandboxProcess,
} from '../../support/sandboxProcess';
import type { SandboxApp } from '../../support/sandboxClient';
import { formBrowser } from '../../support/portal/formBrowser';
import { OWNER } from '../../support/portal/portalPerson';
import { temporaryFolder } from '../../support/temporaryFolder';
import { callsInText, commandBlocks, commandsInText, fillIn } from '../../support/writtenCommands';

const GUIDE = readFileSync(join(repositoryRoot, 'hub-server/docs/operators-guide.md'), 'utf8');

/** What the tests below run, by the first words of each block. */
const BLOCKS = [
	'xero-hub doctor',
	'xero-hub serve',
	'xero-hub workspace create',
	'xero-hub backup',
	'cp /another/place/encryption.key',
	'pg_dump',
	'pg_restore',
	'xero-hub replay',
] as const;

const IN_TEXT = [
	'xero-hub portal-link',
	'xero-hub reset-second-factor you@example.com',
	'xero-hub admin-key --name ops',
	'xero-hub admin-key list',
	'xero-hub admin-key create --name ops --expires 2027-03-31',
	'xero-hub admin-key revoke <id>',
	'xero-hub app-keys scopes acme-ltd',
	'xero-hub secrets export acme-ltd --organisation "Acme Ltd" --format env',
	'xero-hub audit verify',
	'xero-hub connect-link create <workspace>',
	'xero-hub links migrate --help',
	'xero-hub offboard acme-ltd',
	'xero-hub api-key create acme-ltd --name "n8n" --scopes events,read --organisations "Acme Ltd" --expires 2027-03-31',
	'xero-hub api-key list',
	'xero-hub sandbox',
	'xero-hub doctor',
	'xero-hub keys rotate',
	'xero-hub keys list',
	'xero-hub api-key list acme-ltd',
	'xero-hub api-key revoke acme-ltd <id>',
	'xero-hub backup …',
	'xero-hub migrate',
] as const;

/** What the calls that the text names are sent with. */
const BODIES: Readonly<Record<string, object>> = {
	'PUT /api/v1/alert-channels': { channels: [] },
	'PUT /api/v1/workspaces/acme-ltd/app-keys/scopes': { scopePreset: 'standard' },
	'PATCH /api/v1/workspaces/acme-ltd': { connectLink: false },
};

function block(start: (typeof BLOCKS)[number]): string {
	const found = commandBlocks(GUIDE).find((text) => text.startsWith(start));
	if (found === undefined) throw new Error(`The guide has no block "${start}".`);
	return found;
}

describe("the commands of the operator's guide", () => {
	it('are those that are run here, and no others', () => {
		const starts = commandBlocks(GUIDE).map((text) => BLOCKS.find((one) => text.startsWith(one)));

		expect(starts.sort()).toEqual([...BLOCKS].sort());
		expect(commandsInText(GUIDE, 'xero-hub').sort()).toEqual([...IN_TEXT].sort());
	});

	describe('with SQLite', () => {
		let folder: ReturnType<typeof temporaryFolder>;
		let sandbox: SandboxProcess;
		let url: string;
		let shell: HubShell;
		let hub: StartedProcess;
		let adminKey: string;
		let apiKey: string;
		let app: SandboxApp;

		beforeAll(async () => {
			folder = temporaryFolder();
			sandbox = await startSandboxProcess();
			const port = await freePort();
			url = `http://localhost:${port}`;
			shell = hubShell(folder.path, {
				HUB_PORT: String(port),
				HUB_PUBLIC_URL: url,
				SANDBOX_PORT: String(await freePort()),
				...xeroIsSandbox(sandbox.url),
			});
			for (const name of ['backups', 'elsewhere']) mkdirSync(join(folder.path, name));
			app = await sandbox.createApp({ redirectUris: [`${url}/oauth/callback`] });
			await serve();
			adminKey = /xha_[\w-]+/.exec(hub.log())?.[0] ?? '';
			await provision();
		}, 120_000);
		afterAll(async () => {
			await hub.stop();
			await sandbox.process.stop();
			folder.remove();
		}, 60_000);

		async function serve(): Promise<void> {
			hub = shell.start(block('xero-hub serve'));
			await hub.untilServing(`${url}/readyz`);
		}

		/** As the guide has it, and a consent. */
		async function provision(): Promise<void> {
			const { clientId, clientSecret, webhookKey } = app;
			const keys = [clientSecret ?? '', webhookKey, clientId];
			const said = await shell.run(fillIn(block('xero-hub workspace create'), ...keys));
			expect(said).toContain(`${url}/webhooks/xero/acme-ltd`);
			expect(said).toMatch(/^acme-ltd\tAcme Ltd$/m);
			apiKey = /xhk_[\w-]+/.exec(said)?.[0] ?? '';
			const started = await call('POST', '/api/v1/workspaces/acme-ltd/connect', adminKey);
			expect((await fetch(started.body.authorizeUrl)).status).toBe(200);
			await sandbox.setWebhook(clientId, `${url}/webhooks/xero/acme-ltd`);
		}

		async function call(method: string, path: string, key: string, body?: object) {
			const answer = await fetch(url + path, {
				method,
				headers: {
					authorization: `Bearer ${key}`,
					...(body && { 'content-type': 'application/json' }),
				},
				...(body && { body: JSON.stringify(body) }),
			});
			const text = await answer.text();
			const isJson = /json/.test(answer.headers.get('content-type') ?? '');
			return { status: answer.status, body: isJson ? JSON.parse(text) : text };
		}

		/** With this test's folders in the places of the guide's. */
		const here = (script: string) =>
			script
				.replaceAll('/backups/', `${folder.path}/backups/`)
				.replaceAll('/another/place/', `${folder.path}/elsewhere/`);

		it('print the first key, and links for the portal', async () => {
			const link = /^http:\/\/localhost:\d+\/join\/[\w-]+$/m;

			expect(adminKey).not.toBe('');
			expect(hub.log()).toContain('Make the first owner, once: http://localhost');
			const made = await shell.run('xero-hub portal-link');
			expect(made).toMatch(link);
			const { pathname } = new URL(link.exec(made)?.[0] ?? '');
			const you = formBrowser(url);
			await you.submit(await you.get(pathname), pathname, { ...OWNER, email: 'you@example.com' });
			expect(await shell.run('xero-hub reset-second-factor you@example.com')).toContain(
				'The password alone signs them in',
			);
			const ops = (await shell.run('xero-hub admin-key --name ops')).trim();
			expect((await call('GET', '/api/v1/workspaces', ops)).status).toBe(200);
		}, 60_000);

		it('make keys for what they are needed for, and end them', async () => {
			const [organisation] = (await call('GET', '/api/v1/connections', apiKey)).body.items;
			const make =
				'xero-hub api-key create acme-ltd --name "n8n" --scopes events,read --organisations "Acme Ltd" --expires 2027-03-31';
			const key = (
				await shell.run(make.replace('Acme Ltd"', `${organisation.tenantName}"`))
			).trim();
			expect((await call('GET', '/api/v1/syncs', key)).status).not.toBe(401);
			expect((await call('DELETE', '/api/v1/syncs/none', key)).body.code).toBe('scope_missing');

			const admin = await shell.run('xero-hub admin-key create --name ops --expires 2027-03-31');
			const listed = (await shell.run('xero-hub admin-key list')).trim().split('\n');
			const [id = ''] = (listed.find((line) => /\tops\tlive\texpires /.test(line)) ?? '').split(
				'\t',
			);
			await shell.run(fillIn('xero-hub admin-key revoke <id>', id));
			expect((await call('GET', '/api/v1/workspaces', admin.trim())).status).toBe(401);
		}, 60_000);

		it('let a client connect, show what would go with one, and check the audit log', async () => {
			const link = await shell.run(fillIn('xero-hub connect-link create <workspace>', 'acme-ltd'));
			expect(link).toMatch(/\/connect\/acme-ltd\/[\w-]+/);
			expect(await shell.run('xero-hub offboard acme-ltd')).toContain('--confirm');
			expect(await shell.run('xero-hub links migrate --help')).toContain('--dry-run');
			expect(await shell.run('xero-hub audit verify')).toContain('as they were written');
			expect(await shell.run('xero-hub app-keys scopes acme-ltd')).toContain('accounting.contacts');
			const exportSecrets =
				'xero-hub secrets export acme-ltd --organisation "Acme Ltd" --format env';
			const { items } = (await call('GET', '/api/v1/connections', apiKey)).body;
			expect(
				await shell.run(exportSecrets.replace('"Acme Ltd"', `"${items[0].tenantName}"`)),
			).toMatch(/^\w*CLIENT_ID=/m);
		}, 60_000);

		it('call an API that is there', async () => {
			const [connection] = (await call('GET', '/api/v1/connections', apiKey)).body.items;
			const keysAt = '/api/v1/workspaces/acme-ltd/api-keys';
			const keys = (await call('GET', keysAt, adminKey)).body.items as ReadonlyArray<{
				readonly id: string;
				readonly scopes: readonly string[];
			}>;
			const keyId = keys.find(({ scopes }) => scopes.includes('write'))?.id;

			const all = 'xero-hub api-key create acme-ltd --scopes events,read,write,token';
			const tokenKey = (await shell.run(all)).trim();
			const bodies = {
				...BODIES,
				[`PATCH /api/v1/connections/${connection.id}`]: { syncs: true },
			};

			const calls = callsInText(GUIDE).map((text) =>
				text
					.replace('…/api-keys/{id}', `${keysAt}/${keyId}`)
					.replace('…/connections/{id}', `/api/v1/connections/${connection.id}`)
					.replace('/api/v1/connections/{id}', `/api/v1/connections/${connection.id}`),
			);
			// The one that ends the key comes last.
			for (const text of calls.sort(
				(a, b) => Number(a.includes('rotate')) - Number(b.includes('rotate')),
			)) {
				const [method = '', path = ''] = text.split(' ');
				const isAdmin = path.startsWith('/api/v1/workspaces');
				const key = /\/(token|export)$/.test(path) ? tokenKey : apiKey;
				const answer = await call(method, path, isAdmin ? adminKey : key, bodies[text]);
				expect([text, answer.status]).toEqual([text, 200]);
				if (path.endsWith('/rotate')) apiKey = answer.body.key;
			}
			expect(calls.length).toBeGreaterThan(6);
		}, 60_000);

		it('find nothing wrong, and change keys and schema of a running hub', async () => {
			expect(await shell.run(block('xero-hub doctor'))).toContain('Xero gives access to');
			expect(await shell.run('xero-hub migrate')).toContain('up to date');
			expect(await shell.run('xero-hub keys rotate')).toContain('No secret needs an older key.');
			const lines = (await shell.run('xero-hub keys list')).trim().split('\n');
			expect(lines).toEqual([expect.stringMatching(/^k\w+\t\d+\tcurrent$/)]);
			expect(await shell.run(block('xero-hub replay'))).toContain(
				'0 deliveries will go out again.',
			);
			expect((await call('GET', '/api/v1/workspace', apiKey)).status).toBe(200);
		}, 60_000);

		it('bring back what was backed up, tokens included, after everything was lost', async () => {
			await shell.run(here(block('xero-hub backup')));
			await shell.run(fillIn('xero-hub backup …', join(folder.path, 'another-copy.sqlite')));
			await shell.run('xero-hub workspace create "Made after the backup"');
			await hub.stop();
			rmSync(join(folder.path, 'data/encryption.key'));
			writeFileSync(join(folder.path, 'data/hub.sqlite'), 'no database at all');

			await shell.run(here(block('cp /another/place/encryption.key')));
			await serve();

			expect(statSync(join(folder.path, 'data/encryption.key')).mode & 0o777).toBe(0o600);
			expect(await shell.run('xero-hub workspace list')).toBe('acme-ltd\tAcme Ltd\n');
			const doctor = await shell.run(block('xero-hub doctor'));
			expect(doctor).toContain('Xero gives access to');
			expect(doctor).toContain('acme-ltd: restored');
		}, 120_000);

		it('end a key', async () => {
			const [id = ''] = (await shell.run('xero-hub api-key list acme-ltd')).split('\t');

			await shell.run(fillIn('xero-hub api-key revoke acme-ltd <id>', id));

			const [line = ''] = (await shell.run('xero-hub api-key list acme-ltd')).split('\n');
			expect(line.split('\t').slice(0, 3)).toEqual([id, expect.any(String), 'revoked']);
			expect((await call('GET', '/api/v1/workspace', apiKey)).status).toBe(401);
		}, 60_000);

		it('start the sandbox', async () => {
			const another = shell.start('xero-hub sandbox');
			const address = /listens on (\S+)/;
			await eventually('the sandbox to say where it is', async () =>
				address.test(another.log()) ? true : undefined,
			);

			const answer = await fetch(`${address.exec(another.log())?.[1]}/_sandbox/state`);
			await another.stop();

			expect(answer.status).toBe(200);
		}, 60_000);
	});

	describe('with PostgreSQL', () => {
		let folder: ReturnType<typeof temporaryFolder>;
		let server: RunningPostgres;
		let shell: HubShell;

		// Debian's own server, because pg_dump must not be older than it; installed where it is missing.
		beforeAll(async () => {
			const native = debianPostgres();
			folder = temporaryFolder();
			mkdirSync(join(folder.path, 'backups'));
			server = await startPostgres(native);
			shell = hubShell(folder.path, {
				PATH: `${join(folder.path, 'bin')}:${join(native, 'bin')}:${process.env['PATH']}`,
				DATABASE_URL: server.url.replace(/postgres$/, 'hub'),
				HUB_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
			});
		}, 10 * 60_000);
		afterAll(async () => {
			await server.stop();
			folder.remove();
		});

		async function execute(...statements: readonly string[]): Promise<void> {
			const client = new Client({ connectionString: server.url });
			await client.connect();
			for (const statement of statements) await client.query(statement);
			await client.end();
		}

		it.each([
			['an empty database', ['drop database hub', 'create database hub']],
			['the old one', []],
		])(
			'bring back what was backed up, into %s',
			async (_where, statements) => {
				await execute('drop database if exists hub', 'create database hub');
				await shell.run('xero-hub migrate');
				await shell.run('xero-hub workspace create "Acme Ltd"');
				const backups = (script: string) =>
					script.replaceAll('/backups/', `${folder.path}/backups/`);

				await shell.run(backups(block('pg_dump')));
				await shell.run('xero-hub workspace create "Made after the backup"');
				await execute(...statements);
				await shell.run(backups(block('pg_restore')));

				expect(await shell.run('xero-hub workspace list')).toBe('acme-ltd\tAcme Ltd\n');
			},
			120_000,
		);
	});
});
