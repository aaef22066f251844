import type { Clock } from '../../clock';
import type { Config } from '../../config/Config';
import type { Database } from '../../database/openDatabase';
import { HubError } from '../../errors/HubError';
import { composeXero } from '../../hub/composeXero';
import { createStores } from '../../hub/openStores';
import type { KeyRing } from '../../secrets/keyRing';
import type { Workspace } from '../../workspaces/workspaceStore';
import { createMemoryPaceStore } from '../../xero/pacing/memoryPaceStore';
import { XERO_LIMITS } from '../../xero/pacing/orgPace';
import { checkGrants } from './checkGrants';
import { checkWebhooks } from './checkWebhooks';
import { ok, warning, wrong, type Finding } from './Finding';

/** App keys, tokens and webhooks of every workspace, as Xero sees them now. */
export async function checkWorkspaces(
	config: Config,
	database: Database,
	keyRing: KeyRing,
	clock: Clock,
): Promise<readonly Finding[]> {
	const { publicUrl } = config;
	const stores = createStores(database, keyRing, { ...config, now: clock });
	const { workspaces, appKeys } = stores;
	const uptime = () => performance.now();
	const xero = composeXero({
		config,
		stores,
		now: clock,
		uptime,
		random: Math.random,
		// A few calls beside the hub's: they must not wait behind a backlog of workflows.
		paces: createMemoryPaceStore(XERO_LIMITS, uptime),
	});
	const { api, connections, readAppKeys, verifyAppKeys, xeroConnections } = xero;

	async function checkKeys({ id, slug }: Workspace): Promise<Finding> {
		const check = `${slug}: app keys`;
		try {
			await verifyAppKeys(await readAppKeys(id));
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
		const deps = { db: database.db, api, clock, publicUrl };
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
		await xero.close();
	}
}
