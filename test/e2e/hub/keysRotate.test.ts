import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../hub-server/src/database/openDatabase';
import { startHubProcess, XERO_HUB, type HubProcess } from '../../support/hubProcess';
import { nodeBinary } from '../../support/nodeBinary';
import { startProcess } from '../../support/processes';
import { provisionWorkspace, type ProvisionedWorkspace } from '../../support/provisionWorkspace';
import {
	startSandboxProcess,
	xeroIsSandbox,
	type SandboxProcess,
} from '../../support/sandboxProcess';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('xero-hub keys rotate, beside a hub at work', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let sandbox: SandboxProcess;
	let hub: HubProcess;
	let workspace: ProvisionedWorkspace;

	beforeEach(async () => {
		folder = temporaryFolder();
		sandbox = await startSandboxProcess();
		hub = await startHubProcess({ dataDir: folder.path, env: xeroIsSandbox(sandbox.url) });
		workspace = await provisionWorkspace(hub, sandbox, []);
		await sandbox.setFaults({ refreshGraceSeconds: 0 });
	}, 60_000);
	afterEach(async () => {
		await hub.process.stop();
		await sandbox.process.stop();
		folder.remove();
	}, 60_000);

	const keyFile = () => join(folder.path, 'encryption.key');
	const keyIds = () =>
		readFileSync(keyFile(), 'utf8')
			.trim()
			.split('\n')
			.map((line) => line.split(':')[0]);
	async function xeroHub(...args: string[]) {
		const command = startProcess({
			name: `xero-hub ${args.join(' ')}`,
			command: nodeBinary,
			args: [XERO_HUB, ...args],
			env: { HUB_DATA_DIR: folder.path },
		});
		return { code: await command.ended, output: command.log() };
	}
	const askToken = () =>
		hub.call(
			'GET',
			`/api/v1/connections/${workspace.connections[0]?.id}/token`,
			undefined,
			workspace.apiKey,
		);
	async function expireAccessTokens() {
		const { db, close } = await openDatabase({ dataDir: folder.path });
		await db.updateTable('grants').set({ expires_at: 0 }).execute();
		await close();
	}
	async function deliverWebhook() {
		const body = payloadOf(xeroEvent());
		const answer = await postWebhook(
			`${hub.url}/webhooks/xero/${workspace.slug}`,
			body,
			signatureOf(body, workspace.app.webhookKey),
		);
		return answer.status;
	}

	it('loses no webhook and no token, and afterwards the old key is not needed', async () => {
		const [oldKey] = keyIds();
		let rotated = false;
		const statuses: number[] = [];
		const traffic = (async () => {
			while (!rotated) {
				await expireAccessTokens();
				statuses.push((await askToken()).status, await deliverWebhook());
			}
		})();

		const { code, output } = await xeroHub('keys', 'rotate');
		rotated = true;
		await traffic;

		expect(code).toBe(0);
		expect(output).toMatch(/Added key \w+ to .*encryption\.key\. Back the file up now\./);
		expect(new Set(statuses)).toEqual(new Set([200]));
		expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
		const [newKey, ...older] = keyIds();
		expect(older).toEqual([oldKey]);
		expect((await xeroHub('keys', 'list')).output).toMatch(
			new RegExp(`^${newKey}\\t\\d+\\tcurrent\\n$`),
		);

		await hub.process.stop();
		writeFileSync(keyFile(), `${readFileSync(keyFile(), 'utf8').split('\n')[0]}\n`);
		hub = await startHubProcess({ dataDir: folder.path, env: xeroIsSandbox(sandbox.url) });
		await expireAccessTokens();
		expect((await askToken()).status).toBe(200);
		expect(await deliverWebhook()).toBe(200);
	}, 90_000);

	it('goes on where it was killed instead of making yet another key', async () => {
		const lines = readFileSync(keyFile(), 'utf8');
		const key = Buffer.alloc(32, 9).toString('base64');
		writeFileSync(keyFile(), `interrupted:${key}\n${lines}`);

		const { output } = await xeroHub('keys', 'rotate');

		expect(output).not.toContain('Added key');
		expect(output).toMatch(/\d+ secrets are now under interrupted\./);
		expect(keyIds()).toHaveLength(2);
		expect((await askToken()).status).toBe(200);
	}, 60_000);
});
