import { createGrantAlerts } from '../alerts/grantAlerts';
import type { Clock, Uptime } from '../clock';
import type { Config } from '../config/Config';
import { createConnectApp } from '../connect/connectApp';
import { createConnectLink } from '../connect/connectLink';
import { createConnectLinks } from '../connect/connectLinks';
import { createConnectStates } from '../connect/connectStates';
import { createStartConnect } from '../connect/startConnect';
import { createWaitingConsents } from '../connect/waitingConsents';
import { createMakerMay } from '../portal/access/makerMay';
import { createUserStore } from '../portal/access/userStore';
import { createReadRecords } from '../records/readRecords';
import { createWriteMemory } from '../writes/writeMemory';
import { createVerifyAppKeys } from '../workspaces/verifyAppKeys';
import { createDisconnect } from '../xero/api/disconnect';
import { createRemoveAtXero } from '../xero/api/removeAtXero';
import { createXeroApi, type XeroApiDeps } from '../xero/api/xeroApi';
import { createXeroConnections } from '../xero/api/xeroConnections';
import { createXeroProxy } from '../xero/api/xeroProxy';
import { createConnectionRows } from '../xero/connections/connectionRows';
import { createGrantRows, type GrantStatusChange } from '../xero/grants/grantRows';
import { createGrantVault } from '../xero/grants/grantVault';
import { createReadAppKeys, createReadGrantKeys } from '../xero/identity/appKeys';
import { createXeroIdentity, type TokenOutcome } from '../xero/identity/xeroIdentity';
import { createReadDayBudgets } from '../xero/pacing/dayBudgets';
import { createMemoryPaceStore } from '../xero/pacing/memoryPaceStore';
import { XERO_LIMITS, type PaceLimits } from '../xero/pacing/orgPace';
import { createPacer } from '../xero/pacing/pacer';
import type { PaceStore } from '../xero/pacing/PaceStore';
import { createPostgresPaceStore } from '../xero/pacing/postgresPaceStore';
import type { Stores } from './openStores';

export interface XeroDeps {
	readonly config: Pick<Config, 'xero' | 'publicUrl'>;
	readonly stores: Pick<
		Stores,
		'adminKeys' | 'database' | 'keyRing' | 'workspaces' | 'workspaceLimits'
	>;
	readonly now: Clock;
	readonly uptime: Uptime;
	/** 0 ≤ random < 1. */
	readonly random: () => number;
	/** Default: Xero's own. */
	readonly limits?: PaceLimits;
	/** Default: shared by all hubs on one PostgreSQL, else in memory. */
	readonly paces?: PaceStore;
	readonly timeoutMs?: number | undefined;
	/** How long a call waited for its turn. */
	onWaited?(ms: number): void;
	/** A call was sent to Xero's API. */
	onCall?: XeroApiDeps['onCall'];
	/** Xero's identity service was asked for a token of a grant. */
	onTokenAsked?(outcome: TokenOutcome['kind']): void;
	/** What a call wrote could not be kept: its echo is told. */
	onWriteForgotten?(cause: unknown): void;
	/** A grant needs a person, or does not any more. */
	onGrantNews?(change: GrantStatusChange): void;
}

export type XeroSide = ReturnType<typeof composeXero>;

/** The hub's side towards Xero: tokens, turns, calls, connections, the start of a consent. */
export function composeXero(deps: XeroDeps) {
	const { config, stores, now, uptime, random, limits = XERO_LIMITS } = deps;
	const { database, keyRing, workspaces } = stores;
	const { db, engine } = database;
	const { publicUrl } = config;

	const identity = createXeroIdentity({ urls: config.xero, clock: now });
	const readAppKeys = createReadAppKeys({ db, keyRing });
	const connectLink = createConnectLink(workspaces, publicUrl);
	const grants = createGrantRows({ db, keyRing, clock: now });
	async function counted(asked: Promise<TokenOutcome>): Promise<TokenOutcome> {
		const outcome = await asked;
		deps.onTokenAsked?.(outcome.kind);
		return outcome;
	}
	const vault = createGrantVault({
		grants,
		readGrantKeys: createReadGrantKeys({ db, keyRing }),
		identity: {
			refresh: (app, token) => counted(identity.refresh(app, token)),
			clientCredentials: (app, scopes) => counted(identity.clientCredentials(app, scopes)),
		},
		connectLink,
		clock: now,
		onStatusChange: createGrantAlerts({
			db,
			now,
			grants,
			connectLink,
			onNews: (change) => deps.onGrantNews?.(change),
		}),
	});
	const paces =
		deps.paces ??
		(engine === 'postgres'
			? createPostgresPaceStore(db, limits)
			: createMemoryPaceStore(limits, uptime));
	const pacer = createPacer({
		store: paces,
		limits,
		uptime,
		onWaited: (ms) => deps.onWaited?.(ms),
	});
	const api = createXeroApi({
		apiUrl: config.xero.api,
		vault,
		pacer,
		uptime,
		random,
		timeoutMs: deps.timeoutMs,
		onCall: (...call) => deps.onCall?.(...call),
	});
	const writes = createWriteMemory({
		...{ db, now, uptime },
		onFault: (cause) => deps.onWriteForgotten?.(cause),
	});
	const connections = createConnectionRows({ db });
	const xeroConnections = createXeroConnections({ api });
	const removeAtXero = createRemoveAtXero({ connections, xeroConnections });
	const states = createConnectStates({ db, keyRing, clock: now });

	const makerMay = createMakerMay({
		users: createUserStore({ db, now }),
		adminKeys: stores.adminKeys,
	});

	return {
		identity,
		readAppKeys,
		verifyAppKeys: createVerifyAppKeys(identity),
		grants,
		vault,
		readDayBudgets: createReadDayBudgets({ store: paces, clock: now }),
		api,
		writes,
		proxy: createXeroProxy({ connections, api, writes }),
		connections,
		makerMay,
		connectLinks: createConnectLinks({
			...{ db, now },
			makerMay,
		}),
		waitingConsents: createWaitingConsents({ db, now, connections, vault, removeAtXero }),
		xeroConnections,
		removeAtXero,
		disconnect: createDisconnect({ connections, removeAtXero, vault }),
		readRecords: createReadRecords({ connections, api, uptime }),
		states,
		startConnect: createStartConnect({
			states,
			readAppKeys,
			identity,
			connections,
			workspaceLimits: stores.workspaceLimits,
			publicUrl,
		}),
		connectApp: createConnectApp({ readAppKeys, identity, vault, xeroConnections }),
		/** Waits for refreshes under way, and closes the connections to Xero. */
		async close(): Promise<void> {
			await Promise.all([vault.idle(), api.close()]);
			await writes.idle();
		},
	};
}
