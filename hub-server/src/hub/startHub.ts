import { createAlertLedger } from '../alerts/alertLedger';
import type { Clock, Uptime } from '../clock';
import type { Config } from '../config/Config';
import { createMetrics } from '../http/metrics';
import type { Log } from '../Log';
import { createReadKept } from '../events/keptUsage';
import { createEventReader } from '../events/eventReader';
import { createDeliveryReader } from '../relay/deliveryReader';
import { createReadLedgerSize } from '../retention/ledgerSize';
import { createFindWorkflowTroubles } from '../subscriptions/workflowTroubles';
import type { Ring } from '../work/Doorbell';
import { openDoorbell } from '../work/openDoorbell';
import { composePages } from './composePages';
import { composeTargets } from './composeTargets';
import { composeXero } from './composeXero';
import { listen, type Listening } from './listen';
import { openLedger } from './openLedger';
import { startDispatch } from './startDispatch';
import { startNotices } from './startNotices';
import { startIngest } from './startIngest';
import { startRetention } from './startRetention';

/** A running hub. */
export interface Hub {
	/** Where it listens, such as `http://127.0.0.1:8787`. */
	readonly url: string;
	/** Made at the very first start; shown once and kept as a hash. */
	readonly newAdminKey: string | undefined;
	/** Makes the portal's first owner, once; undefined as soon as somebody can sign in. */
	readonly setUpLink: string | undefined;
	/** Takes no new requests, finishes what is under way, and closes the ledger. */
	stop(): Promise<void>;
}

export interface HubDeps {
	readonly log: Log;
	readonly now: Clock;
	readonly uptime: Uptime;
	/** 0 ≤ random < 1. */
	readonly random: () => number;
}

/**
 * All parts of the hub in one process.
 *
 * @throws Error when the ledger is in use by another hub, its keys do not fit, or the port is taken
 */
export async function startHub(
	config: Config,
	{ log, now, uptime, random }: HubDeps,
): Promise<Hub> {
	const doorbell = openDoorbell(config, log);
	const onDue = (due: readonly Ring[]) => doorbell.ring(due);
	const stores = await openLedger(config, {
		now,
		onKeyFileCreated: (path) =>
			log.warn({ path }, 'Made an encryption key. Back it up: without it all secrets are lost.'),
		onDue,
	}).catch(async (cause: unknown) => {
		await doorbell.close();
		throw cause;
	});
	for (const warning of config.warnings) log.warn({}, warning);
	const { db, engine } = stores.database;

	const events = createEventReader(db);
	const deliveries = createDeliveryReader(db);
	const alerts = createAlertLedger({
		db,
		now,
		findTroubles: createFindWorkflowTroubles({ db, now }),
	});
	const readKept = createReadKept(db);
	const readLedgerSize = createReadLedgerSize(db, engine);
	const metrics = createMetrics({ deliveries, alerts, doorbell, readKept, readLedgerSize });
	const targets = composeTargets(config, stores);
	const xero = composeXero({
		config,
		stores,
		now,
		uptime,
		random,
		onWaited: (ms) => metrics.xeroCallWaited(ms),
		onGrantNews: ({ id, status }) =>
			status === 'active' || status === 'removed'
				? log.info({ grant: id, status }, 'The alert about a grant has ended.')
				: log.warn({ grant: id, status }, 'A grant needs a person: its calls stop until then.'),
	});
	const parts = {
		stores,
		xero,
		doorbell,
		targets,
		events,
		deliveries,
		alerts,
		readKept,
		metrics,
		log,
		now,
		uptime,
		random,
	};
	const ingest = startIngest({ ...parts, onDue });
	const dispatch = startDispatch(parts);
	const retention = startRetention({ ...parts, config });
	const notices = startNotices({ ...parts, config });
	const pages = composePages({ ...parts, config, ingest, dispatch, notices });

	let server: Listening | undefined;
	async function stop(): Promise<void> {
		pages.close();
		await server?.close();
		await Promise.all([ingest.stop(), dispatch.stop(), retention.stop(), notices.stop()]);
		await Promise.all([doorbell.close(), xero.close(), targets.close()]);
		await stores.close();
	}

	try {
		server = await listen((request, response) => {
			if (!ingest.handle(request, response)) pages.app(request, response);
		}, config);
		const newAdminKey = (await stores.adminKeys.any())
			? undefined
			: await stores.adminKeys.create('made at the first start');
		log.info({ port: server.port, engine }, 'The hub is up.');
		const setUpLink = await pages.newSetUpLink();
		return { url: `http://${config.host}:${server.port}`, newAdminKey, setUpLink, stop };
	} catch (cause) {
		await stop();
		throw cause;
	}
}
