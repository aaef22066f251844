import type { Clock, Uptime } from '../clock';
import type { Config } from '../config/Config';
import { originForm } from '../http/originForm';
import type { Log } from '../Log';
import { releaseLeases } from '../relay/releaseLeases';
import type { Ring } from '../work/Doorbell';
import { openDoorbell } from '../work/openDoorbell';
import { dayCallsLeft } from '../xero/pacing/dayCallsLeft';
import { composeMappings } from './composeMappings';
import { composePages } from './composePages';
import { composeReaders } from './composeReaders';
import { composeTargets } from './composeTargets';
import { composeXero } from './composeXero';
import { listen, type Listening } from './listen';
import { loadSync } from './loadSync';
import { openLedger } from './openLedger';
import { startDispatch } from './startDispatch';
import { startGaps } from './startGaps';
import { startMappingChecks } from './startMappingChecks';
import { startNotices } from './startNotices';
import { startLinks } from './startLinks';
import { startIngest } from './startIngest';
import { startPush } from './startPush';
import { startRetention } from './startRetention';
import { stopInStages } from './stopInStages';

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
	let wakePushes = () => {};
	const doorbell = openDoorbell(config, log);
	const onDue = (due: readonly Ring[]) => doorbell.ring(due);
	const stores = await openLedger(config, {
		now,
		onKeyFileCreated: (path) =>
			log.warn({ path }, 'Made an encryption key. Back it up: without it all secrets are lost.'),
		onDue,
		onPushDue: () => wakePushes(),
	}).catch(async (cause: unknown) => {
		await doorbell.close();
		throw cause;
	});
	for (const warning of config.warnings) log.warn({}, warning);
	const { db, engine } = stores.database;
	if (engine === 'sqlite') await releaseLeases(db, now());

	const isSyncOn = config.sync !== undefined;
	const readers = composeReaders({
		...{ stores, doorbell, now, isSyncOn },
		dayCallsLeft: () => dayCallsLeft(db, xero.readDayBudgets),
	});
	const { metrics } = readers;
	const targets = composeTargets(config, stores);
	const xero = composeXero({
		config,
		stores,
		now,
		uptime,
		random,
		onWaited: (ms) => metrics.xeroCallWaited(ms),
		onCall: metrics.xeroCalled,
		onTokenAsked: metrics.tokenAsked,
		onWriteForgotten: (cause) =>
			log.error({ err: cause }, 'What a call wrote could not be kept, so that its echo is told.'),
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
		...readers,
		log,
		now,
		uptime,
		random,
	};
	const ingest = startIngest({ ...parts, onDue });
	const gaps = startGaps(parts);
	const dispatch = startDispatch({ ...parts, config });
	const retention = startRetention({ ...parts, config });
	const notices = startNotices({ ...parts, config });
	const links = startLinks(parts);
	const { linkMigrations } = links;
	const sync = config.sync && loadSync().startSync({ ...parts, config, sync: config.sync, onDue });
	const mapping = composeMappings({ ...parts, sync });
	const push = startPush({ ...parts, config, resolveMappings: mapping.resolveMappings });
	wakePushes = () => push.wake();
	const mappingChecks = config.sync && startMappingChecks({ ...parts, mapping });
	const pages = composePages({
		...parts,
		...{ config, ingest, dispatch, notices, linkMigrations, sync, mapping },
	});

	let server: Listening | undefined;
	async function stop(hurry?: AbortSignal): Promise<void> {
		pages.close();
		await stopInStages(
			(cut) => [
				() =>
					Promise.all([
						server?.close(cut),
						...[dispatch, retention, notices, gaps, links, sync, mappingChecks, push].map((part) =>
							part?.stop(),
						),
					]),
				() => ingest.stop(),
				() => Promise.all([doorbell.close(), xero.close(), targets.close()]),
				() => stores.close(),
			],
			log,
			hurry,
		);
	}

	try {
		server = await listen((request, response) => {
			request.url = originForm(request.url);
			if (!ingest.handle(request, response)) pages.app(request, response);
		}, config);
		const newAdminKey = (await stores.adminKeys.any())
			? undefined
			: (await stores.adminKeys.create({ name: 'made at the first start' })).key;
		log.info({ port: server.port, engine }, 'The hub is up.');
		await pages.sealAudit();
		const setUpLink = await pages.newSetUpLink();
		return { url: `http://${config.host}:${server.port}`, newAdminKey, setUpLink, stop };
	} catch (cause) {
		await stop();
		throw cause;
	}
}
