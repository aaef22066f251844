import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/freePort';
import { hubShell, type HubShell } from '../../support/hubShell';
import type { StartedProcess } from '../../support/processes';
import { repositoryRoot } from '../../support/repositoryRoot';
import {
	startSandboxProcess,
	xeroIsSandbox,
	type SandboxProcess,
} from '../../support/sandboxProcess';
import { temporaryFolder } from '../../support/temporaryFolder';
import { commandBlocks, commandsInText, fillIn } from '../../support/writtenCommands';

const README = readFileSync(join(repositoryRoot, 'README.md'), 'utf8');

const CREATE = 'npx xero-hub workspace create "Acme Ltd" --n8n http://localhost:5678';
const SAVE_KEYS =
	'XERO_CLIENT_SECRET=… XERO_WEBHOOK_KEY=… npx xero-hub app-keys set acme-ltd --client-id …';
const CREATE_LINK = 'npx xero-hub connect-link create acme-ltd --accept';
const CREATE_KEY = 'npx xero-hub api-key create acme-ltd';

/** What `npm run …` does after the build, which the whole test run shares. */
function afterBuild(script: string): string {
	const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
		readonly scripts: Readonly<Record<string, string>>;
	};
	const [build, rest = ''] = (scripts[script] ?? '').split(' && ');
	expect(build).toMatch(/^npm run build/);
	return rest;
}

describe('the commands of the README', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let sandbox: SandboxProcess;
	let hub: StartedProcess;
	let shell: HubShell;
	let url: string;

	beforeAll(async () => {
		folder = temporaryFolder();
		sandbox = await startSandboxProcess();
		const port = await freePort();
		url = `http://localhost:${port}`;
		const env = {
			HUB_PORT: String(port),
			HUB_PUBLIC_URL: url,
			HUB_DATA_DIR: join(folder.path, 'data'),
			...xeroIsSandbox(sandbox.url),
		};
		shell = hubShell(folder.path, env, repositoryRoot);
		hub = shell.start(afterBuild('start'));
		await hub.untilServing(`${url}/readyz`);
	}, 120_000);
	afterAll(async () => {
		await hub.stop();
		await sandbox.process.stop();
		folder.remove();
	}, 60_000);

	it('are those that are run here, and no others', () => {
		expect(commandBlocks(README)).toEqual([
			'npm install\nnpm run demo',
			'npm install\nnpm start',
			CREATE,
		]);
		expect(commandsInText(README, 'npx xero-hub')).toEqual([SAVE_KEYS, CREATE_LINK, CREATE_KEY]);
	});

	it('play the demo', async () => {
		const told = await shell.run(`${afterBuild('demo')} --once`);

		expect(told).toContain('The event arrives in n8n and the workflow runs');
		expect(told).toContain('From the change in Xero to the end of the workflow');
	}, 120_000);

	it('lead from a new hub to a connected organisation and a key for n8n', async () => {
		const created = await shell.run(CREATE);
		const [, redirectUri = ''] = /redirect URI +(\S+)/.exec(created) ?? [];
		const [, deliveryUrl = ''] = /webhook delivery +(\S+)/.exec(created) ?? [];
		const app = await sandbox.createApp({ redirectUris: [redirectUri] });
		const keys = [app.clientSecret ?? '', app.webhookKey, app.clientId];
		await shell.run(fillIn(SAVE_KEYS, ...keys));
		const handshake = await sandbox.setWebhook(app.clientId, deliveryUrl);
		const connected = await fetch((await shell.run(CREATE_LINK)).trim());
		const apiKey = (await shell.run(CREATE_KEY)).trim();

		const answer = await fetch(`${url}/api/v1/connections`, {
			headers: { authorization: `Bearer ${apiKey}` },
		});

		expect(hub.log()).toMatch(/Admin key, shown this once: xha_/);
		expect(handshake.status).toBe('ok');
		expect(connected.status).toBe(200);
		expect(await answer.json()).toMatchObject({ items: [{ enabled: true }, {}, {}] });
	}, 120_000);
});
