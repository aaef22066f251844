import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccountingApi } from 'xero-node';
import { startHubProcess, type HubProcess } from '../../support/hubProcess';
import { nodeBinary } from '../../support/nodeBinary';
import { provisionWorkspace, type ProvisionedWorkspace } from '../../support/provisionWorkspace';
import { repositoryRoot } from '../../support/repositoryRoot';
import {
	startSandboxProcess,
	xeroIsSandbox,
	type SandboxProcess,
} from '../../support/sandboxProcess';
import { temporaryFolder } from '../../support/temporaryFolder';

const PAGE = readFileSync(join(repositoryRoot, 'hub-server/docs/calling-xero.md'), 'utf8');

/** The code of the page in one language, in order. */
const snippets = (language: string) =>
	[...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
		([, code = '']) => code,
	);

describe('other programs, before a hub process', () => {
	const folder = temporaryFolder();
	let sandbox: SandboxProcess;
	let hub: HubProcess;
	let workspace: ProvisionedWorkspace;
	let tenantId: string;
	let connectionId: string;

	beforeAll(async () => {
		sandbox = await startSandboxProcess();
		hub = await startHubProcess({ dataDir: folder.path, env: xeroIsSandbox(sandbox.url) });
		workspace = await provisionWorkspace(hub, sandbox, []);
		({ tenantId = '', id: connectionId = '' } = workspace.connections[0] ?? {});
	}, 120_000);
	afterAll(async () => {
		await hub.process.stop();
		await sandbox.process.stop();
		folder.remove();
	}, 60_000);

	/** Runs a program with the settings that the page asks for. */
	async function run(command: string, args: readonly string[]) {
		const child = spawn(command, args, {
			cwd: repositoryRoot,
			env: {
				...process.env,
				HUB_URL: hub.url,
				HUB_KEY: workspace.apiKey,
				TENANT_ID: tenantId,
				CONNECTION_ID: connectionId,
			},
		});
		let stdout = '';
		let stderr = '';
		child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
		const [code] = await once(child, 'close');
		return { code, stdout, stderr };
	}

	it('do what the page says with curl', async () => {
		const [, connections = '', invoices = '', secrets = ''] = snippets('sh');

		const answers = [];
		for (const snippet of [connections, invoices, secrets]) {
			const { code, stdout, stderr } = await run('sh', ['-c', snippet]);
			expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
			answers.push(JSON.parse(stdout));
		}

		expect(answers[0].items[0]).toMatchObject({ tenantId, status: 'active' });
		expect(answers[1].Invoices.length).toBeGreaterThan(0);
		expect(Object.keys(answers[2]).sort()).toEqual(
			['accessToken', 'clientId', 'expiresIn', 'scope', 'tenantId', 'tenantUrl'].sort(),
		);
	}, 60_000);

	it("do what the page says with Xero's SDK", async () => {
		const { code, stdout, stderr } = await run(nodeBinary, ['-e', snippets('js').join('\n')]);

		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		expect(stdout).toMatch(
			/^created Ridgeway\n(?:page \d+ 10\n)+(?:page \d+ \d\n)?refused .*must contain at least 1/,
		);
	}, 60_000);

	describe("with Xero's SDK, unmodified", () => {
		const api = (key = workspace.apiKey) => {
			const accounting = new AccountingApi(`${hub.url}/api/v1/xero/${tenantId}/api.xro/2.0`);
			accounting.accessToken = key;
			return accounting;
		};
		/** The SDK throws JSON as text. */
		const refusalOf = async (call: Promise<unknown>) => {
			const text = await call.then(() => '{}', String);
			return (JSON.parse(text) as { response?: { statusCode: number; body: unknown } }).response;
		};

		it('write, and read what they wrote', async () => {
			const { body: created } = await api().createContacts(tenantId, {
				contacts: [{ name: 'Made through a real hub' }],
			});
			const id = created.contacts?.[0]?.contactID ?? '';

			const { body: read } = await api().getContact(tenantId, id);

			expect(read.contacts?.[0]?.name).toBe('Made through a real hub');
		});

		it('page through a list without missing or repeating one', async () => {
			await sandbox.seed(tenantId, { contacts: 25 });
			const list = async (page: number, size: number) => {
				const { body } = await api().getContacts(
					tenantId,
					undefined,
					undefined,
					'Name ASC',
					undefined,
					page,
					undefined,
					undefined,
					undefined,
					size,
				);
				return body.contacts?.map(({ contactID }) => contactID) ?? [];
			};

			const whole = await list(1, 100);
			const pieces = [];
			for (let page = 1; page <= Math.ceil(whole.length / 10); page += 1) {
				pieces.push(...(await list(page, 10)));
			}

			expect(whole.length).toBeGreaterThan(25);
			expect(pieces).toEqual(whole);
		});

		it("get Xero's own refusals", async () => {
			const invalid = await refusalOf(
				api().createContacts(tenantId, { contacts: [{ firstName: 'Nameless' }] }),
			);
			const unknown = await refusalOf(
				api().getContact(tenantId, '00000000-0000-4000-8000-000000000000'),
			);

			expect(invalid).toMatchObject({
				statusCode: 400,
				body: { Type: 'ValidationException', Elements: [{ ValidationErrors: [{}] }] },
			});
			expect(unknown?.statusCode).toBe(404);
		});

		it('are refused by the hub with another key, or for another organisation', async () => {
			const elsewhere = '11111111-1111-4111-8111-111111111111';
			const other = new AccountingApi(`${hub.url}/api/v1/xero/${elsewhere}/api.xro/2.0`);
			other.accessToken = workspace.apiKey;

			const guessed = await refusalOf(api('xhk_guessed').getOrganisations(tenantId));
			const foreign = await refusalOf(other.getOrganisations(elsewhere));

			expect(guessed).toMatchObject({ statusCode: 401, body: { code: 'unauthenticated' } });
			expect(foreign).toMatchObject({ statusCode: 404, body: { code: 'not_found' } });
		});
	});
});
