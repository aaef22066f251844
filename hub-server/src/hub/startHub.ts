import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock';
import type { Config } from '../config/Config';
import { createConnectApp } from '../connect/connectApp';
import { createConnectLink } from '../connect/connectLink';
import { createConnectRoutes } from '../api/connectRoutes';
import { createStartConnect } from '../connect/startConnect';
import { createConnectStates } from '../connect/connectStates';
import { createFinishConnect } from '../connect/finishConnect';
import { createApp } from '../http/createApp';
import { createHealthRoutes } from '../api/healthRoutes';
import { createLedgerRoutes } from '../api/ledgerRoutes';
import { createMetrics } from '../http/metrics';
import { createOpenApiRoutes } from '../api/openapi/openApiRoutes';
import { readinessChecks } from '../api/readinessChecks';
import { createRequestLimits } from '../http/requestLimits';
import { createSubscriptionRoutes } from '../api/subscriptionRoutes';
import { createWorkspaceRoutes } from '../api/workspaceRoutes';
import { claimDataDir } from '../database/claimDataDir';
import { createAlertLedger } from '../alerts/alertLedger';
import { createDeliveryLedger } from '../relay/deliveryLedger';
import { createEventLedger } from '../webhooks/eventLedger';
import { createInbox } from '../webhooks/inbox';
import { createLedgerReader } from '../relay/ledgerReader';
import { createRecordLedger } from '../relay/recordLedger';
import { openStores } from './openStores';
import { auditApiChanges } from '../http/auditApiChanges';
import { createAuditLog } from '../audit/auditLog';
import { createPortal } from '../portal/createPortal';
import { createPortalReader } from '../portal/views/portalReader';
import { createFindWorkflowTroubles } from '../subscriptions/workflowTroubles';
import { createReadProgress } from '../workspaces/workspaceProgress';
import { createAttemptDelivery } from '../relay/attemptDelivery';
import { startDispatcher } from '../relay/dispatcher';
import { startRecordReader } from '../relay/recordReader';
import { createSendTestDelivery } from '../relay/sendTestDelivery';
import { createTargetGuard } from '../relay/targetGuard';
import { createReadAppKeys, createReadGrantKeys } from '../xero/identity/appKeys';
import { createGrantAlerts } from '../alerts/grantAlerts';
import { startGrantKeeper } from '../xero/grants/grantKeeper';
import { createGrantRows } from '../xero/grants/grantRows';
import { createGrantVault } from '../xero/grants/grantVault';
import { startPayloadRouter } from '../webhooks/payloadRouter';
import { createReceiveWebhook } from '../webhooks/receiveWebhook';
import { createWebhookEndpoint } from '../webhooks/webhookEndpoint';
import { createWebhookKeyCache } from '../webhooks/webhookKeys';
import { createRemoveWorkspace } from '../workspaces/removeWorkspace';
import { createVerifyAppKeys } from '../workspaces/verifyAppKeys';
import { createConnectionRoutes } from '../api/connectionRoutes';
import { createConnectionRows } from '../xero/connections/connectionRows';
import { createDisconnect } from '../xero/api/disconnect';
import { createReadDayBudgets } from '../xero/pacing/dayBudgets';
import { createMemoryPaceStore } from '../xero/pacing/memoryPaceStore';
import { XERO_LIMITS } from '../xero/pacing/orgPace';
import { createPacer } from '../xero/pacing/pacer';
import { createPostgresPaceStore } from '../xero/pacing/postgresPaceStore';
import { createRemoveAtXero } from '../xero/api/removeAtXero';
import { createReadRecords } from '../records/readRecords';
import { createXeroApi } from '../xero/api/xeroApi';
import { createXeroConnections } from '../xero/api/xeroConnections';
import { createXeroIdentity } from '../xero/identity/xeroIdentity';
import { createXeroProxy } from '../xero/api/xeroProxy';
import { createXeroProxyRoutes } from '../api/xeroProxyRoutes';

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

/** The few methods of pino that the hub calls. */
export interface Log {
	info(detail: object, text: string): void;
	warn(detail: object, text: string): void;
	error(detail: object, text: string): void;
}

export interface HubDeps {
	readonly log: Log;
	readonly now: Clock;
	/** 0 ≤ random < 1. */
	readonly random: () => number;
}

/**
 * The one place that chooses implementations and wires them.
 *
 * @throws Error when the ledger is in use by another hub, its keys do not fit, or the port is taken
 */
export async function startHub(config: Config, { log, now, random }: HubDeps): Promise<Hub> {
	const release = config.databaseUrl === undefined ? claimDataDir(config.dataDir) : () => {};
	let wakeDispatcher = () => {};
	const stores = await openStores(config, {
		now,
		onKeyFileCreated: (path) =>
			log.warn({ path }, 'Made an encryption key. Back it up: without it all secrets are lost.'),
		onDue: () => wakeDispatcher(),
	}).catch((cause: unknown) => {
		release();
		throw cause;
	});
	for (const warning of config.warnings) log.warn({}, warning);
	const { database, keyRing, workspaces, secrets } = stores;
	const { db, engine } = database;
	const fault = (text: string) => (cause: unknown) => log.error({ err: cause }, text);

	const reader = createLedgerReader(db);
	const alerts = createAlertLedger({
		db,
		now,
		findTroubles: createFindWorkflowTroubles({ db, now }),
	});
	const readProgress = createReadProgress(db);
	const metrics = createMetrics({ reader, alerts });
	let wakeRouter = () => {};
	const inbox = createInbox({
		db,
		now,
		onCommitted(payloads) {
			metrics.payloadsCommitted(payloads);
			wakeRouter();
		},
	});
	const router = startPayloadRouter({
		ledger: createEventLedger({ db, engine, now }),
		inbox,
		onRouted({ newEvents, newDeliveries, faults }) {
			metrics.eventsStored(newEvents);
			if (newDeliveries > 0) wakeDispatcher();
			if (faults.length > 0) log.error({ faults }, 'A signed payload could not be read whole.');
		},
		onFault: fault('Routing failed; the payloads stay and it is tried again.'),
	});
	wakeRouter = () => router.wake();
	const deliveries = createDeliveryLedger({ db, engine, now });
	const targets = createTargetGuard({
		allowedBaseUrls: async (workspaceId) => [
			...config.allowedTargets,
			...(await workspaces.n8nBaseUrls(workspaceId)),
		],
	});

	const identity = createXeroIdentity({ urls: config.xero, clock: now });
	const readAppKeys = createReadAppKeys({ db, keyRing });
	const connectLink = createConnectLink(workspaces, config.publicUrl);
	const grants = createGrantRows({ db, keyRing, clock: now });
	const vault = createGrantVault({
		grants,
		readGrantKeys: createReadGrantKeys({ db, keyRing }),
		identity,
		connectLink,
		clock: now,
		onStatusChange: createGrantAlerts({
			db,
			now,
			grants,
			connectLink,
			onNews: ({ id, status }) =>
				status === 'active' || status === 'removed'
					? log.info({ grant: id, status }, 'The alert about a grant has ended.')
					: log.warn({ grant: id, status }, 'A grant needs a person: its calls stop until then.'),
		}),
	});
	const keeper = startGrantKeeper({
		grants,
		vault,
		clock: now,
		random,
		onKept: (grant) => log.info({ grant }, 'Kept an idle grant alive.'),
		onFault: fault('An idle grant could not be kept alive; it is tried again.'),
	});
	const paces =
		engine === 'postgres'
			? createPostgresPaceStore(db, XERO_LIMITS)
			: createMemoryPaceStore(XERO_LIMITS);
	const readDayBudgets = createReadDayBudgets({ store: paces, clock: now });
	const pacer = createPacer({
		store: paces,
		limits: XERO_LIMITS,
		clock: now,
		onWaited: (ms) => metrics.xeroCallWaited(ms),
	});
	const api = createXeroApi({ apiUrl: config.xero.api, vault, pacer, clock: now, random });
	const connections = createConnectionRows({ db });
	const xeroConnections = createXeroConnections({ api });
	const states = createConnectStates({ db, keyRing, clock: now });
	const { publicUrl } = config;
	const startConnect = createStartConnect({
		states,
		readAppKeys,
		identity,
		connections,
		publicUrl,
	});

	const dispatcher = startDispatcher({
		ledger: deliveries,
		attempt: createAttemptDelivery({
			ledger: deliveries,
			secrets,
			targets,
			now,
			random,
			onAttempt: (verdict, ms) => metrics.deliveryAttempted(verdict.kind, ms),
		}),
		onFault: fault('The dispatcher failed; it goes on.'),
	});
	wakeDispatcher = () => dispatcher.wake();
	const recordReader = startRecordReader({
		ledger: createRecordLedger({ db, engine, now }),
		readRecords: createReadRecords({ connections, api, clock: now }),
		onReleased: () => dispatcher.wake(),
		onUnavailable: (reason, count) =>
			log.warn(
				{ reason, events: count },
				'Records could not be read; their events go out without.',
			),
		onFault: fault('Reading records failed; it goes on.'),
	});

	const connectApp = createConnectApp({
		readAppKeys,
		identity,
		vault,
		xeroConnections,
	});
	const verifyAppKeys = createVerifyAppKeys(identity);
	const removeAtXero = createRemoveAtXero({ connections, xeroConnections });
	const disconnect = createDisconnect({ connections, removeAtXero, vault });
	const removeWorkspace = createRemoveWorkspace({
		db,
		keyRing,
		now,
		workspaces,
		connections,
		removeAtXero,
	});
	const portalReader = createPortalReader(db);
	const audit = createAuditLog({ db, now });
	const portal = createPortal({
		...stores,
		db,
		now,
		audit,
		alerts,
		publicUrl,
		vault,
		readAppKeys,
		connections,
		disconnect,
		removeWorkspace,
		startConnect: (id, ties) => startConnect({ id }, ties),
		connectApp,
		verifyAppKeys,
		pacer,
		readDayBudgets,
		appKeysChanged: () => vault.appKeysChanged(),
		ledger: reader,
		reader: portalReader,
		readProgress,
		xeroApiUrl: config.xero.api,
		onFault: fault('A page failed.'),
	});

	const limits = createRequestLimits(now);
	let stopping = false;
	const app = createApp({
		trustedProxies: config.trustedProxies,
		auth: { ...stores, limits },
		health: createHealthRoutes({
			checks: readinessChecks({
				db,
				dataDir: engine === 'sqlite' ? config.dataDir : undefined,
				dispatcher,
				now,
			}),
			metrics,
			isStopping: () => stopping,
		}),
		openApi: createOpenApiRoutes({ publicUrl }),
		connect: createConnectRoutes({
			findWorkspace: (slug) => workspaces.get(slug),
			limits,
			startConnect,
			finishConnect: createFinishConnect({
				db,
				states,
				readAppKeys,
				identity,
				vault,
				connections,
				xeroConnections,
				checkStarter: (starter, workspaceId) => portal.checkStarter(starter, workspaceId),
				publicUrl,
			}),
			browserOf: (request) => portal.browserOf(request),
			onFinished: (outcome, browser) => {
				log.info({ outcome: outcome.kind }, 'A connect flow ended.');
				return portal.connectFinished(outcome, browser);
			},
		}),
		workspaces: createWorkspaceRoutes({
			...stores,
			publicUrl,
			removeWorkspace,
			startConnect,
			connectApp,
			readAppKeys,
			verifyAppKeys,
			connections,
			readProgress,
			appKeysChanged: () => vault.appKeysChanged(),
		}),
		connections: createConnectionRoutes({
			connections,
			readDayBudgets,
			disconnect,
			vault,
			startConnect,
			apiUrl: config.xero.api,
			clock: now,
			readAppKeys,
			appKeys: stores.appKeys,
		}),
		xeroProxy: createXeroProxyRoutes({ proxy: createXeroProxy({ connections, api }) }),
		subscriptions: createSubscriptionRoutes({
			...stores,
			checkTarget: (workspaceId, url) => targets.checkUrl(workspaceId, url),
			sendTestDelivery: createSendTestDelivery({ secrets, targets, now }),
		}),
		ledger: createLedgerRoutes({
			reader,
			alerts,
			replays: stores.replays,
			settled: () => router.settled(),
		}),
		audit: auditApiChanges({
			audit,
			now,
			onFault: fault('A change was made and could not be written down.'),
		}),
		portal: portal.routes,
		onFault: fault('A request failed.'),
	});

	const webhooks = createWebhookEndpoint({
		receive: createReceiveWebhook({
			keys: createWebhookKeyCache(stores.appKeys, now),
			inbox,
			onFault: (text, cause) => log.error({ err: cause }, `Webhook: ${text}`),
		}),
		onAnswer: (status, ms) => metrics.webhookAnswered(status, ms),
	});
	const server = createServer((request, response) => {
		if (!webhooks(request, response)) app(request, response);
	});

	async function stop(): Promise<void> {
		stopping = true;
		portal.close();
		await closeServer(server);
		await inbox.idle();
		await Promise.all([router.stop(), dispatcher.stop(), recordReader.stop(), keeper.stop()]);
		await Promise.all([deliveries.idle(), vault.idle(), targets.close(), api.close()]);
		await database.close();
		release();
	}

	try {
		await listen(server, config);
		const { port } = server.address() as AddressInfo;
		const newAdminKey = (await stores.adminKeys.any())
			? undefined
			: await stores.adminKeys.create('made at the first start');
		log.info({ port, engine }, 'The hub is up.');
		const setUpLink = await portal.newSetUpLink();
		return { url: `http://${config.host}:${port}`, newAdminKey, setUpLink, stop };
	} catch (cause) {
		await stop();
		throw cause;
	}
}

async function listen(server: Server, { host, port }: Config): Promise<void> {
	server.listen(port, host);
	await once(server, 'listening');
}

/** Idle connections are closed at once, busy ones when their answer is out. */
async function closeServer(server: Server): Promise<void> {
	if (!server.listening) return;
	const closed = once(server, 'close');
	server.close();
	server.closeIdleConnections();
	await closed;
}
