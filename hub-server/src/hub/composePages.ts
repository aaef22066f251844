import type { Express } from 'express';
import type { AlertLedger } from '../alerts/alertLedger';
import { createConnectionRoutes } from '../api/connectionRoutes';
import { createConnectRoutes } from '../api/connectRoutes';
import { createHealthRoutes } from '../api/healthRoutes';
import { createLedgerRoutes } from '../api/ledgerRoutes';
import { createOpenApiRoutes } from '../api/openapi/openApiRoutes';
import { readinessChecks } from '../api/readinessChecks';
import { createSubscriptionRoutes } from '../api/subscriptionRoutes';
import { createWorkspaceRoutes } from '../api/workspaceRoutes';
import { createXeroProxyRoutes } from '../api/xeroProxyRoutes';
import { createAuditLog } from '../audit/auditLog';
import type { Clock } from '../clock';
import type { Config } from '../config/Config';
import { createFinishConnect } from '../connect/finishConnect';
import { auditApiChanges } from '../http/auditApiChanges';
import { createApp } from '../http/createApp';
import type { Metrics } from '../http/metrics';
import { createRequestLimits } from '../http/requestLimits';
import type { Log } from '../Log';
import { createPortal } from '../portal/createPortal';
import { createPortalReader } from '../portal/views/portalReader';
import type { EventReader } from '../events/eventReader';
import type { DeliveryReader } from '../relay/deliveryReader';
import { createSendTestDelivery } from '../relay/sendTestDelivery';
import type { TargetGuard } from '../relay/targetGuard';
import { createRemoveWorkspace } from '../workspaces/removeWorkspace';
import { createReadProgress } from '../workspaces/workspaceProgress';
import type { Doorbell } from '../work/Doorbell';
import type { XeroSide } from './composeXero';
import type { Stores } from './openStores';
import type { Dispatch } from './startDispatch';
import type { Ingest } from './startIngest';

/** What people and programs ask of the hub: the API, the connect flow and the portal. */
export interface Pages {
	readonly app: Express;
	/** A link that makes the portal's first owner; undefined once there is a user. */
	newSetUpLink(): Promise<string | undefined>;
	/** Ends the pages that stay open, and takes no new traffic. */
	close(): void;
}

export interface PagesDeps {
	readonly config: Config;
	readonly stores: Stores;
	readonly xero: XeroSide;
	readonly targets: TargetGuard;
	readonly events: EventReader;
	readonly deliveries: DeliveryReader;
	readonly alerts: AlertLedger;
	readonly metrics: Metrics;
	readonly doorbell: Pick<Doorbell, 'state'>;
	readonly ingest: Pick<Ingest, 'settled'>;
	readonly dispatch: Pick<Dispatch, 'silentMs'>;
	readonly log: Log;
	readonly now: Clock;
}

export function composePages(deps: PagesDeps): Pages {
	const { config, stores, xero, targets, events, deliveries, alerts, metrics, log, now } = deps;
	const { database, keyRing, workspaces } = stores;
	const { db, engine } = database;
	const { publicUrl } = config;
	const fault = (text: string) => (cause: unknown) => log.error({ err: cause }, text);

	let stopping = false;
	const readProgress = createReadProgress(db);
	const audit = createAuditLog({ db, now });
	const removeWorkspace = createRemoveWorkspace({
		db,
		keyRing,
		now,
		workspaces,
		connections: xero.connections,
		removeAtXero: xero.removeAtXero,
	});
	const appKeysChanged = () => xero.vault.appKeysChanged();
	const portal = createPortal({
		...stores,
		...xero,
		db,
		now,
		audit,
		alerts,
		publicUrl,
		removeWorkspace,
		startConnect: (id, ties) => xero.startConnect({ id }, ties),
		appKeysChanged,
		events,
		deliveries,
		reader: createPortalReader(db),
		readProgress,
		xeroApiUrl: config.xero.api,
		onFault: fault('A page failed.'),
	});

	const limits = createRequestLimits(now);
	const app = createApp({
		trustedProxies: config.trustedProxies,
		auth: { ...stores, limits },
		health: createHealthRoutes({
			checks: readinessChecks({
				db,
				dataDir: engine === 'sqlite' ? config.dataDir : undefined,
				dispatcher: deps.dispatch,
				now,
			}),
			metrics,
			doorbell: deps.doorbell,
			isStopping: () => stopping,
		}),
		openApi: createOpenApiRoutes({ publicUrl }),
		connect: createConnectRoutes({
			findWorkspace: (slug) => workspaces.get(slug),
			limits,
			startConnect: xero.startConnect,
			finishConnect: createFinishConnect({
				...xero,
				db,
				checkStarter: portal.checkStarter,
				publicUrl,
			}),
			browserOf: (request) => portal.browserOf(request),
			onFinished(outcome, browser) {
				log.info({ outcome: outcome.kind }, 'A connect flow ended.');
				return portal.connectFinished(outcome, browser);
			},
		}),
		workspaces: createWorkspaceRoutes({
			...stores,
			...xero,
			publicUrl,
			removeWorkspace,
			readProgress,
			appKeysChanged,
		}),
		connections: createConnectionRoutes({
			...stores,
			...xero,
			apiUrl: config.xero.api,
			clock: now,
		}),
		xeroProxy: createXeroProxyRoutes({ proxy: xero.proxy }),
		subscriptions: createSubscriptionRoutes({
			...stores,
			checkTarget: (workspaceId, url) => targets.checkUrl(workspaceId, url),
			sendTestDelivery: createSendTestDelivery({
				subscriptions: stores.subscriptions,
				targets,
				now,
			}),
		}),
		ledger: createLedgerRoutes({
			events,
			deliveries,
			alerts,
			replays: stores.replays,
			settled: () => deps.ingest.settled(),
		}),
		audit: auditApiChanges({
			audit,
			now,
			onFault: fault('A change was made and could not be written down.'),
		}),
		portal: portal.routes,
		onFault: fault('A request failed.'),
	});
	return {
		app,
		newSetUpLink: () => portal.newSetUpLink(),
		close() {
			stopping = true;
			portal.close();
		},
	};
}
