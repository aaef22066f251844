import { randomBytes } from 'node:crypto';
import { openDatabase, type Database } from '../../../hub-server/src/database/openDatabase';
import { freshPostgresDatabase } from '../../support/freshDatabase';
import { startHubProcess, type HubProcess } from '../../support/hubProcess';
import { provisionWorkspace, type ProvisionedWorkspace } from '../../support/provisionWorkspace';
import {
	startSandboxProcess,
	xeroIsSandbox,
	type SandboxProcess,
} from '../../support/sandboxProcess';
import { temporaryFolder } from '../../support/temporaryFolder';

/** Hubs as processes of their own on one PostgreSQL ledger, before a sandbox that forgives no old token. */
export interface HubCluster {
	readonly hubs: readonly HubProcess[];
	readonly sandbox: SandboxProcess;
	readonly workspace: ProvisionedWorkspace;
	/** A look into the ledger, beside the hubs. */
	readonly db: Database['db'];
	readonly databaseUrl: string;
	/** As when half an hour has passed. */
	expireAccessTokens(): Promise<void>;
	/** How often the token endpoint was called since the requests were last forgotten. */
	tokenRequests(): Promise<number>;
	stop(): Promise<void>;
}

export interface HubClusterOptions {
	/** Of each hub, such as `--require`. */
	readonly nodeArgs?: readonly string[];
	/** Further settings of each hub, which win. */
	readonly env?: Readonly<Record<string, string>>;
	/** Default: one of its own. The cluster stops it. */
	readonly sandbox?: SandboxProcess;
}

export async function startHubCluster(
	size: number,
	options: HubClusterOptions = {},
): Promise<HubCluster> {
	const folder = temporaryFolder();
	const [database, sandbox] = await Promise.all([
		freshPostgresDatabase(),
		options.sandbox ?? startSandboxProcess(),
	]);
	const env = {
		...xeroIsSandbox(sandbox.url),
		DATABASE_URL: database.url,
		HUB_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
		...options.env,
	};
	const { nodeArgs } = options;
	const start = () => startHubProcess({ dataDir: folder.path, env, nodeArgs });
	// The first one brings the schema.
	const first = await start();
	const hubs = [first, ...(await Promise.all(Array.from({ length: size - 1 }, start)))];
	const workspace = await provisionWorkspace(first, sandbox, []);
	const { db, close } = await openDatabase({ dataDir: folder.path, databaseUrl: database.url });
	await sandbox.setFaults({ refreshGraceSeconds: 0 });
	await sandbox.setLimits({ concurrent: 1_000, minute: 100_000, day: 100_000 });
	await sandbox.forgetRequests();

	return {
		hubs,
		sandbox,
		workspace,
		db,
		databaseUrl: database.url,
		async expireAccessTokens() {
			await db.updateTable('grants').set({ expires_at: 0 }).execute();
		},
		async tokenRequests() {
			const requests = await sandbox.requests();
			return requests.filter(({ path }) => path === '/connect/token').length;
		},
		async stop() {
			await close();
			await Promise.all(hubs.map(({ process }) => process.stop()));
			await sandbox.process.stop();
			await database.drop();
			folder.remove();
		},
	};
}
