import type { Clock } from '../clock';
import type { Config } from '../config/Config';
import { openDatabase, type Database } from '../database/openDatabase';
import { createLinkStore } from '../links/createLinkStore';
import type { LinkStore } from '../links/LinkStore';
import { createChannelStore, type ChannelStore } from '../notices/channelStore';
import { createPushStore } from '../push/createPushStore';
import type { PushStore } from '../push/PushStore';
import { createReplayLedger, type ReplayLedger } from '../relay/replayLedger';
import { createSavedItems, type SavedItems } from '../records/savedItems';
import { createRecordSeals, type RecordSealOf } from '../records/recordSeals';
import { checkCanary } from '../secrets/checkCanary';
import type { KeyRing } from '../secrets/keyRing';
import { loadKeyRing } from '../secrets/loadKeyRing';
import {
	createSubscriptionSecrets,
	type SubscriptionSecrets,
} from '../subscriptions/subscriptionSecrets';
import {
	createSubscriptionStore,
	type SubscriptionStore,
} from '../subscriptions/subscriptionStore';
import { createAdminKeyStore, type AdminKeyStore } from '../workspaces/adminKeyStore';
import { createApiKeyStore, type ApiKeyStore } from '../workspaces/apiKeyStore';
import { createAppKeyStore, type AppKeyStore } from '../workspaces/appKeyStore';
import { createAsidePayloads, type AsidePayloads } from '../webhooks/asidePayloads';
import type { Ring } from '../work/Doorbell';
import { createWorkspaceLimits, type WorkspaceLimits } from '../workspaces/workspaceLimits';
import { createWorkspaceStore, type WorkspaceStore } from '../workspaces/workspaceStore';

/** What the server and the commands beside it share: the ledger, opened and unlocked. */
export interface Stores {
	readonly database: Database;
	readonly keyRing: KeyRing;
	readonly workspaces: WorkspaceStore;
	readonly workspaceLimits: WorkspaceLimits;
	readonly appKeys: AppKeyStore;
	readonly apiKeys: ApiKeyStore;
	readonly adminKeys: AdminKeyStore;
	readonly secrets: SubscriptionSecrets;
	readonly subscriptions: SubscriptionStore;
	readonly replays: ReplayLedger;
	readonly asidePayloads: AsidePayloads;
	readonly recordSealOf: RecordSealOf;
	readonly links: LinkStore;
	readonly pushes: PushStore;
	readonly alertChannels: ChannelStore;
	readonly savedItems: SavedItems;
}

export interface StoresDeps {
	readonly now: Clock;
	/** Told of the deliveries that are due because of a replay. */
	onDue?(due: readonly Ring[]): void;
	/** Told that a push is due. */
	onPushDue?(): void;
}

export interface OpenStoresDeps extends StoresDeps {
	/** Told once, when this start made the key file: the operator must back it up. */
	onKeyFileCreated(path: string): void;
}

/**
 * Opens the ledger, brings its schema up to date and checks that the encryption keys fit it.
 *
 * @throws Error when the keys are missing or are not those that sealed the ledger
 */
export async function openStores(config: Config, deps: OpenStoresDeps): Promise<Stores> {
	const keyRing = loadKeyRing(config, { onKeyFileCreated: (path) => deps.onKeyFileCreated(path) });
	const database = await openDatabase(config, deps.now);
	try {
		await checkCanary(database.db, keyRing);
	} catch (cause) {
		await database.close();
		throw cause;
	}
	return createStores(database, keyRing, { ...config, ...deps });
}

/** The stores over a ledger that is open, whatever its schema and keys are worth. */
export function createStores(
	database: Database,
	keyRing: KeyRing,
	{
		now,
		onDue,
		onPushDue,
		adminKey,
		parkHours,
		quotas,
	}: StoresDeps & Pick<Config, 'adminKey' | 'parkHours' | 'quotas'>,
): Stores {
	const { db, engine } = database;
	const secrets = createSubscriptionSecrets(keyRing);
	const workspaces = createWorkspaceStore({ db, now });
	const workspaceLimits = createWorkspaceLimits({ workspaces, quotas });
	const recordSealOf = createRecordSeals({ db, keyRing });
	return {
		database,
		keyRing,
		workspaces,
		workspaceLimits,
		appKeys: createAppKeyStore({ db, keyRing, now }),
		apiKeys: createApiKeyStore({ db, now }),
		adminKeys: createAdminKeyStore({ db, now, configured: adminKey }),
		secrets,
		subscriptions: createSubscriptionStore({ db, secrets, now, parkMs: parkHours * 3_600_000 }),
		replays: createReplayLedger({ db, engine, now, onDue: (due) => onDue?.(due) }),
		asidePayloads: createAsidePayloads(db),
		recordSealOf,
		links: createLinkStore({ db, recordSealOf, now }),
		pushes: createPushStore({ db, recordSealOf, now, onDue: () => onPushDue?.() }),
		alertChannels: createChannelStore({ db, keyRing, now }),
		savedItems: createSavedItems({ db, keyRing, workspaceLimits, now }),
	};
}
