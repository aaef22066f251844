import type { Clock } from '../../clock';
import type { Config } from '../../config/Config';
import { createConnectLink } from '../../connect/connectLink';
import { HubError } from '../../errors/HubError';
import type { Database } from '../../database/openDatabase';
import { createReadAppKeys, createReadGrantKeys } from '../../xero/identity/appKeys';
import { createGrantAlerts } from '../../alerts/grantAlerts';
import { createGrantRows } from '../../xero/grants/grantRows';
import { createGrantVault } from '../../xero/grants/grantVault';
import type { KeyRing } from '../../secrets/keyRing';
import { createAppKeyStore } from '../../workspaces/appKeyStore';
import { createVerifyAppKeys } from '../../workspaces/verifyAppKeys';
import { createWorkspaceStore, type Workspace } from '../../workspaces/workspaceStore';
import { createConnectionRows } from '../../xero/connections/connectionRows';
import { createMemoryPaceStore } from '../../xero/pacing/memoryPaceStore';
import { XERO_LIMITS } from '../../xero/pacing/orgPace';
import { createPacer } from '../../xero/pacing/pacer';
import { createXeroApi } from '../../xero/api/xeroApi';
import { createXeroConnections } from '../../xero/api/xeroConnections';
import { createXeroIdentity } from '../../xero/identity/xeroIdentity';
import { checkGrants } from './checkGrants';
import { checkWebhooks } from './checkWebhooks';
import { ok, warning, wrong, type Finding } from './Finding';

/** App keys, tokens and webhooks of every workspace, as Xero sees them now. */
export async function checkWorkspaces(
	config: Config,
	{ db }: Database,
	keyRing: KeyRing,
	clock: Clock,
): Promise<readonly Finding[]> {
	const { publicUrl } = config;
	const workspaces = createWorkspaceStore({ db, now: clock });
	const appKeys = createAppKeyStore({ db, keyRing, now: clock });
	const readAppKeys = createReadAppKeys({ db, keyRing });
	const identity = createXeroIdentity({ urls: config.xero, clock });
	const connectLink = createConnectLink(workspaces, publicUrl);
	const grants = createGrantRows({ db, keyRing, clock });
	const vault = createGrantVault({
		grants,
		readGrantKeys: createReadGrantKeys({ db, keyRing }),
		identity,
		connectLink,
		clock,
		onStatusChange: createGrantAlerts({
			db,
			now: clock,
			grants,
			connectLink,
			onNews: () => {},
		}),
	});
	const pacer = createPacer({
		store: createMemoryPaceStore(XERO_LIMITS),
		limits: XERO_LIMITS,
		clock,
	});
	const api = createXeroApi({
		apiUrl: config.xero.api,
		vault,
		pacer,
		clock,
		random: Math.random,
	});
	const connections = createConnectionRows({ db });
	const xeroConnections = createXeroConnections({ api });
	const verify = createVerifyAppKeys(identity);

	async function checkKeys({ id, slug }: Workspace): Promise<Finding> {
		const check = `${slug}: app keys`;
		try {
			await verify(await readAppKeys(id));
			return ok(check, 'Xero accepts them.');
		} catch (cause) {
			if (!(cause instanceof HubError)) throw cause;
			return wrong(check, 'Xero does not accept them.', cause.message);
		}
	}

	async function checkOne(workspace: Workspace): Promise<readonly Finding[]> {
		const keys = await appKeys.view(workspace.id);
		if (keys === undefined) {
			return [
				warning(
					`${workspace.slug}: app keys`,
					'None are saved.',
					'Create an app at https://developer.xero.com/app/manage and save its keys in the portal.',
				),
			];
		}
		const held = await connections.list(workspace.id);
		const deps = { db, api, clock, publicUrl };
		return [
			await checkKeys(workspace),
			...(await checkGrants(workspace, held, xeroConnections)),
			await checkWebhooks(workspace, keys, held, deps),
		];
	}

	try {
		const findings: Finding[] = [];
		for (const workspace of await workspaces.list()) findings.push(...(await checkOne(workspace)));
		return findings;
	} finally {
		await vault.idle();
		await api.close();
	}
}
