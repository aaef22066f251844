import type { Clock, Uptime } from '../clock';
import type { Config } from '../config/Config';
import type { Log } from '../Log';
import type { ResolveMappings } from '../mapping/Mapping';
import { createPushLedger } from '../push/createPushLedger';
import { createCheckTotals } from '../push/checkTotals';
import { startPushRunner } from '../push/pushRunner';
import { createRunPush } from '../push/runPush';
import { undoItems } from '../push/undoItems';
import type { XeroSide } from './composeXero';
import type { Stores } from './openStores';

/** Takes pushes to Xero. */
export interface PushSide {
	/** Something may be due. */
	wake(): void;
	/** Begins no turn more, and waits for those under way. */
	stop(): Promise<void>;
}

/** Longer than any call with its turn and its repeat; it is kept before each. */
const LEASE_MS = 180_000;

export function startPush(deps: {
	readonly config: Pick<Config, 'publicUrl'>;
	readonly stores: Pick<Stores, 'database' | 'links' | 'recordSealOf'>;
	readonly xero: Pick<XeroSide, 'api' | 'connections' | 'writes'>;
	readonly resolveMappings: ResolveMappings;
	readonly log: Pick<Log, 'error'>;
	readonly now: Clock;
	readonly uptime: Uptime;
}): PushSide {
	const { config, stores, xero, log, now } = deps;
	const { links, recordSealOf } = stores;
	const { db, engine } = stores.database;
	const ledger = createPushLedger({ db, engine, recordSealOf, now });
	const runner = startPushRunner({
		ledger,
		runPush: createRunPush({
			...{ ledger, links, now, leaseMs: LEASE_MS },
			...{ api: xero.api, connections: xero.connections, writes: xero.writes },
			resolveMappings: deps.resolveMappings,
			publicUrl: config.publicUrl,
			onFault: (cause) => log.error({ err: cause }, 'A turn of a push failed; it is tried again.'),
			checkTotals: createCheckTotals(deps),
			undo: undoItems,
		}),
		leaseMs: LEASE_MS,
		onFault: (cause) =>
			log.error({ err: cause }, 'A turn of a push failed; it goes on when its lease ends.'),
	});
	return { wake: () => runner.wake(), stop: () => runner.stop() };
}
