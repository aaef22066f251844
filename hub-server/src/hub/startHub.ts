import { createAlertLedger } from '../alerts/alertLedger';
import type { Clock } from '../clock';
import type { Config } from '../config/Config';
import { createMetrics } from '../http/metrics';
import { originForm } from '../http/originForm';
import type { Log } from '../Log';
import { createEventReader } from '../events/eventReader';
import { createDeliveryCounts } from '../relay/deliveryCounts';
import { createDeliveryReader } from '../relay/deliveryReader';
import { releaseLeases } from '../relay/releaseLeases';
import { createFindWorkflowTroubles } from '../subscriptions/workflowTroubles';
import { createFindPayloadTroubles } from '../webhooks/payloadTroubles';
import { createWaitingPayloads } from '../webhooks/waitingPayloads';
import type { Ring } from '../work/Doorbell';
import { openDoorbell } from '../work/openDoorbell';
import { untilCut } from '../work/untilCut';
import { composePages } from './composePages';
import { composeTargets } from './composeTargets';
import { composeXero } from './composeXero';
import { listen, type Listening } from './listen';
import { openLedger } from './openLedger';
import { startDispatch } from './startDispatch';
import { startIngest } from './startIngest';

/** A running hub. */
export interface Hub {
	/** Where it listens, such as `http://127.0.0.1:8787`. */
	readonly url: string;
	/** Made at the very first start; shown once and kept as a hash. */
	readonly newAdminKey: string | undefined;
	/** Makes the portal's first owner, once; undefined as soon as somebody can sign in. */
	readonly setUpLink: string | undefined;
	/**
	 * Takes no new requests, finishes what is under way, and closes the ledger, within 25 s: what is left
	 * after 20 s is cut off. Nothing is lost by it: a delivery that was cut off goes out again.
	 *
	 * @param hurry aborted: what is left is cut off now
	 */
	stop(hurry?: AbortSignal): Promise<void>;
}

export interface HubDeps {
	readonly log: Log;
	readonly now: Clock;
	/** 0 ≤ random < 1. */
	readonly random: () => number;
}

/** A delivery is answered within 20 s or not at all (`relay/sendDelivery`). */
const CUT_AFTER_MS = 20_500;

/** For each of four stages, once it was cut: all of them end before Docker's 30 s and systemd's 90 s. */
const LAST_MS = 1_000;

/**
 * All parts of the hub in one process.
 *
 * @throws Error when the ledger is in use by another hub, its keys do not fit, or the port is taken
 */
export async function startHub(config: Config, { log, now, random }: HubDeps): Promise<Hub> {
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
	if (engine === 'sqlite') await releaseLeases(db, now());

	const events = createEventReader(db);
	const deliveries = createDeliveryReader(db);
	const troubles = [
		createFindWorkflowTroubles({ db, now }),
		createFindPayloadTroubles({ db, now }),
	];
	const alerts = createAlertLedger({
		db,
		now,
		async findTroubles(workspaceId) {
			return (await Promise.all(troubles.map((find) => find(workspaceId)))).flat();
		},
	});
	const waiting = createWaitingPayloads(db);
	const deliveryCounts = createDeliveryCounts({ db, engine });
	const metrics = createMetrics({
		deliveryCounts,
		alerts,
		doorbell,
		unroutedMs: async () => Math.max(0, now() - ((await waiting.oldestOfAll()) ?? now())),
	});
	const targets = composeTargets(config, stores);
	const xero = composeXero({
		config,
		stores,
		now,
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
		deliveryCounts,
		alerts,
		metrics,
		log,
		now,
		random,
	};
	const ingest = startIngest({ ...parts, onDue });
	const dispatch = startDispatch(parts);
	const pages = composePages({ ...parts, config, ingest, dispatch });

	let server: Listening | undefined;
	async function stop(hurry?: AbortSignal): Promise<void> {
		pages.close();
		const cut = new AbortController();
		const timer = setTimeout(() => cut.abort(), CUT_AFTER_MS);
		hurry?.addEventListener('abort', () => cut.abort());
		if (hurry?.aborted === true) cut.abort();
		const stages = [
			() => Promise.all([server?.close(cut.signal), dispatch.stop()]),
			() => ingest.stop(),
			() => Promise.all([doorbell.close(), xero.close(), targets.close()]),
			() => stores.close(),
		];
		for (const stage of stages) {
			try {
				if (await untilCut(stage(), cut.signal, LAST_MS)) continue;
				log.warn(
					{},
					'Stopping took too long: what was under way is cut off, and done again later.',
				);
			} catch (cause) {
				log.error({ err: cause }, 'Something could not be stopped well; stopping goes on.');
			}
		}
		clearTimeout(timer);
	}

	try {
		server = await listen((request, response) => {
			request.url = originForm(request.url);
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
