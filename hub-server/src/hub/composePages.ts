import type { Express } from 'express';
import { createNoteChange } from '../administration/noteChange';
import { createReadStandings } from '../administration/organisationStandings';
import type { AlertLedger } from '../alerts/alertLedger';
import { createDocsRoutes } from '../api/docs/createDocsRoutes';
import { createHubCalls } from '../api/hubCalls';
import { readinessChecks } from '../api/readinessChecks';
import { createAuditLog } from '../audit/auditLog';
import type { Clock, Uptime } from '../clock';
import type { Config } from '../config/Config';
import { createFinishConnect } from '../connect/finishConnect';
import { createApp } from '../http/createApp';
import type { Metrics } from '../http/metrics';
import { createOpenApiDocument } from '../http/openapi/createOpenApiDocument';
import { createUploadRoom } from '../http/uploadRoom';
import { createRequestLimits } from '../http/requestLimits';
import type { Log } from '../Log';
import { createTellPerson } from '../portal/access/tellPerson';
import { createPortal } from '../portal/createPortal';
import { createReadTrend } from '../portal/views/activityTrend';
import { createSummariseEvents } from '../portal/views/eventSummaries';
import { createReadRecords } from '../records/readRecords';
import { createPortalReader } from '../portal/views/portalReader';
import type { ReadKept } from '../events/keptUsage';
import type { EventReader } from '../events/eventReader';
import type { GapReader } from '../gaps/gapReader';
import type { DeliveryReader } from '../relay/deliveryReader';
import type { PullLedger } from '../relay/pullLedger';
import { createSendTestDelivery } from '../relay/sendTestDelivery';
import type { TargetGuard } from '../relay/targetGuard';
import type { LinkMigrations } from '../links/linkMigrations';
import { createKnownRecords } from '../records/knownRecords';
import type { SyncSide } from '../sync/SyncSide';
import { createReadRecordNames } from '../records/recordNames';
import { createWriteReader } from '../writes/writeReader';
import { createReadProgress } from '../workspaces/workspaceProgress';
import type { Doorbell } from '../work/Doorbell';
import { composeAdministration } from './composeAdministration';
import type { MappingSide } from './composeMappings';
import type { XeroSide } from './composeXero';
import type { Stores } from './openStores';
import type { Dispatch } from './startDispatch';
import type { Notices } from './startNotices';
import type { Ingest } from './startIngest';

/** What people and programs ask of the hub: the API, the connect flow and the portal. */
export interface Pages {
	readonly app: Express;
	/** Seals what a version without keys has written into the audit log. */
	sealAudit(): Promise<void>;
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
	readonly gaps: GapReader;
	readonly pulls: PullLedger;
	readonly alerts: AlertLedger;
	readonly readKept: ReadKept;
	readonly metrics: Metrics;
	readonly doorbell: Pick<Doorbell, 'state'>;
	readonly ingest: Pick<Ingest, 'settled'>;
	readonly dispatch: Pick<Dispatch, 'silentMs'>;
	readonly notices: Pick<Notices, 'ring'>;
	readonly linkMigrations: LinkMigrations;
	readonly sync?: SyncSide | undefined;
	readonly mapping: MappingSide;
	readonly log: Log;
	readonly now: Clock;
	readonly uptime: Uptime;
}

export function composePages(deps: PagesDeps): Pages {
	const { config, stores, xero, targets, events, deliveries, alerts, metrics, log, now, uptime } =
		deps;
	const { database, workspaces } = stores;
	const { db, engine } = database;
	const { publicUrl } = config;
	const fault = (text: string) => (cause: unknown) => log.error({ err: cause }, text);

	const audit = createAuditLog({ db, keyRing: stores.keyRing, now });
	const readProgress = createReadProgress(db);
	const noteChange = createNoteChange({
		audit,
		onFault: fault('A change was made and could not be written down.'),
	});
	const administration = composeAdministration({
		...deps,
		onChannelsChanged: () => deps.notices.ring(),
		noteChange,
	});
	const knownRecords = createKnownRecords({ db, recordSealOf: stores.recordSealOf });
	const shared = {
		...stores,
		...xero,
		...deps.mapping,
		...administration,
		publicUrl,
		events,
		deliveries,
		gaps: deps.gaps,
		alerts,
		sync: deps.sync,
		linkMigrations: deps.linkMigrations,
		knownRecords,
		writeReader: createWriteReader({
			...{ db, now },
			readRecordNames: createReadRecordNames({ db, recordSealOf: stores.recordSealOf }),
		}),
		readProgress,
		sendTestDelivery: createSendTestDelivery({
			subscriptions: stores.subscriptions,
			targets,
			now,
		}),
		readKept: deps.readKept,
		keepDays: config.keepDays,
		quotas: config.quotas,
		sendsMail: config.smtp !== undefined,
	};
	const portal = createPortal({
		...shared,
		recordLinks: stores.links,
		db,
		now,
		audit,
		noteChange,
		tellPerson: config.smtp && createTellPerson(config.smtp, fault('A mail was not sent.')),
		requiresSecondFactor: config.requiresSecondFactor,
		takesPasswords: config.takesPasswords,
		oidc: config.oidc,
		reader: createPortalReader(db),
		readTrend: createReadTrend(db),
		summariseEvents: createSummariseEvents({
			...{ ...xero, ...stores, knownRecords, uptime },
			readRecords: createReadRecords({
				...{ ...xero, ...stores, uptime },
				api: { send: (request) => xero.api.send({ ...request, isBackground: true }) },
			}),
			onFault: fault('The names of records were not read.'),
		}),
		readStandings: createReadStandings({ db, readDayBudgets: xero.readDayBudgets, now }),
		onFault: fault('A page failed.'),
	});

	let stopping = false;
	const limits = createRequestLimits(uptime);
	const calls = createHubCalls({
		...shared,
		limits,
		uploads: createUploadRoom(),
		now,
		uptime,
		metrics,
		doorbell: deps.doorbell,
		pulls: deps.pulls,
		settled: () => deps.ingest.settled(),
		findWorkspace: (slug) => workspaces.get(slug),
		finishConnect: createFinishConnect({
			...xero,
			...{ db, now },
			checkStarter: portal.checkStarter,
			publicUrl,
		}),
		browserOf: (request) => portal.browserOf(request),
		onFinished(outcome, browser) {
			log.info({ outcome: outcome.kind }, 'A connect flow ended.');
			return portal.connectFinished(outcome, browser);
		},
		readinessChecks: readinessChecks({
			db,
			dataDir: engine === 'sqlite' ? config.dataDir : undefined,
			dispatcher: deps.dispatch,
			now,
		}),
		isStopping: () => stopping,
	});
	return {
		app: createApp({
			uptime,
			onAnswered: metrics.httpAnswered,
			publicUrl,
			trustedProxies: config.trustedProxies,
			auth: { ...stores, limits },
			calls,
			docs: createDocsRoutes(createOpenApiDocument(calls, publicUrl)),
			portal: portal.routes,
			onFault: fault('A request failed.'),
		}),
		sealAudit: () => audit.sealEarlier(),
		newSetUpLink: () => portal.newSetUpLink(),
		close() {
			stopping = true;
			portal.close();
		},
	};
}
