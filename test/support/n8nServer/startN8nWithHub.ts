import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshPostgresDatabase } from '../freshDatabase';
import { startHubProcess, type HubProcess } from '../hubProcess';
import { packTarball } from '../packTarball';
import { provisionWorkspace, type ProvisionedWorkspace } from '../provisionWorkspace';
import { startSandboxProcess, xeroIsSandbox, type SandboxProcess } from '../sandboxProcess';
import { installN8n } from './installN8n';
import type { Credential } from './n8nClient';
import { startN8n, type RunningN8n } from './startN8n';

export const PACK = 'n8n-nodes-xero-hub';

/** Long enough for the first run on a machine, which installs n8n. */
export const START_TIMEOUT_MS = 15 * 60_000;

type HubBody = Awaited<ReturnType<HubProcess['call']>>['body'];

export interface N8nWithHub {
	/** With the packed pack. */
	readonly n8n: RunningN8n;
	/** n8n's own database. */
	readonly databaseUrl: string;
	/** The packed pack, for another n8n. */
	readonly tarball: string;
	readonly hub: HubProcess;
	readonly sandbox: SandboxProcess;
	/** Connected to every organisation of the sandbox. */
	readonly workspace: ProvisionedWorkspace;
	/** n8n's credential with the workspace's key. */
	readonly credential: Credential;
	/** The hub's API with the workspace's key; throws where it refuses. */
	api(method: string, path: string, body?: unknown): Promise<HubBody>;
	close(): Promise<void>;
}

/** Everything of a production set-up as processes of their own: n8n on PostgreSQL, the hub, and the sandbox as Xero. */
export async function startN8nWithHub(
	options: {
		/** Further settings of the hub. */
		readonly hubEnv?: Readonly<Record<string, string>>;
	} = {},
): Promise<N8nWithHub> {
	const closing: Array<() => Promise<unknown> | void> = [];
	const close = async () => {
		for (const step of closing.reverse()) await step();
	};
	try {
		await installN8n();
		const folder = mkdtempSync(join(tmpdir(), 'xero-hub-n8n-with-hub-'));
		closing.push(() => rmSync(folder, { recursive: true, force: true }));
		const database = await freshPostgresDatabase();
		closing.push(() => database.drop());

		const tarball = await packTarball(folder);
		const n8n = await startN8n({
			databaseUrl: database.url,
			packs: { [PACK]: tarball },
		});
		closing.push(() => n8n.stop());
		const sandbox = await startSandboxProcess();
		closing.push(() => sandbox.process.stop());
		const hub = await startHubProcess({
			dataDir: join(folder, 'hub'),
			env: { ...xeroIsSandbox(sandbox.url), ...options.hubEnv },
		});
		closing.push(() => hub.process.stop());

		const workspace = await provisionWorkspace(hub, sandbox, [n8n.url]);
		const credential = await n8n.client.createCredential({
			name: 'The hub',
			type: 'xeroHubApi',
			data: { baseUrl: hub.url, apiKey: workspace.usualKey },
		});
		return {
			n8n,
			databaseUrl: database.url,
			tarball,
			hub,
			sandbox,
			workspace,
			credential,
			async api(method, path, body) {
				const reply = await hub.call(method, `/api/v1${path}`, body, workspace.apiKey);
				if (reply.status >= 300) throw new Error(`${path} → ${JSON.stringify(reply)}`);
				return reply.body;
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
