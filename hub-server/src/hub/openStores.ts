import type { Clock } from '../clock';
import type { Config } from '../config/Config';
import { openDatabase, type Database } from '../database/openDatabase';
import { createReplayLedger, type ReplayLedger } from '../relay/replayLedger';
import {
	createSubscriptionSecrets,
	type SubscriptionSecrets,
} from '../subscriptions/subscriptionSecrets';
import {
	createSubscriptionStore,
	type SubscriptionStore,
} from '../subscriptions/subscriptionStore';
import { checkCanary } from '../secrets/checkCanary';
import type { KeyRing } from '../secrets/keyRing';
import { loadKeyRing } from '../secrets/loadKeyRing';
import { createAdminKeyStore, type AdminKeyStore } from '../workspaces/adminKeyStore';
import { createApiKeyStore, type ApiKeyStore } from '../workspaces/apiKeyStore';
import { createAppKeyStore, type AppKeyStore } from '../workspaces/appKeyStore';
import { createWorkspaceStore, type WorkspaceStore } from '../workspaces/workspaceStore';

/** What the server and the commands beside it share: the ledger, opened and unlocked. */
export interface Stores {
	readonly database: Database;
	readonly keyRing: KeyRing;
	readonly workspaces: WorkspaceStore;
	readonly appKeys: AppKeyStore;
	readonly apiKeys: ApiKeyStore;
	readonly adminKeys: AdminKeyStore;
	readonly secrets: SubscriptionSecrets;
	readonly subscriptions: SubscriptionStore;
	readonly replays: ReplayLedger;
}

export interface OpenStoresDeps {
	readonly now: Clock;
	/** Told once, when this start made the key file: the operator must back it up. */
	onKeyFileCreated(path: string): void;
	/** Rung after deliveries were planned by a replay. */
	onDue?(): void;
}

/**
 * Opens the ledger, brings its schema up to date and checks that the encryption keys fit it.
 *
 * @throws Error when the keys are missing or are not those that sealed the ledger
 */
export async function openStores(config: Config, deps: OpenStoresDeps): Promise<Stores> {
	const { now } = deps;
	const keyRing = loadKeyRing(config, { onKeyFileCreated: (path) => deps.onKeyFileCreated(path) });
	const database = await openDatabase(config);
	const { db } = database;
	try {
		await checkCanary(db, keyRing);
	} catch (cause) {
		await database.close();
		throw cause;
	}
	const secrets = createSubscriptionSecrets(keyRing);
	return {
		database,
		keyRing,
		workspaces: createWorkspaceStore({ db, now }),
		appKeys: createAppKeyStore({ db, keyRing, now }),
		apiKeys: createApiKeyStore({ db, now }),
		adminKeys: createAdminKeyStore({ db, now, configured: config.adminKey }),
		secrets,
		subscriptions: createSubscriptionStore({ db, secrets, now }),
		replays: createReplayLedger({ db, now, onCommitted: () => deps.onDue?.() }),
	};
}
