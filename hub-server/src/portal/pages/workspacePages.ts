import { Router } from 'express';
import type { Administration } from '../../administration/createAdministration';
import type { ReadStandings } from '../../administration/organisationStandings';
import type { ConnectLinks } from '../../connect/connectLinks';
import type { ReadKept } from '../../events/keptUsage';
import type { EventReader } from '../../events/eventReader';
import type { GapReader } from '../../gaps/gapReader';
import type { LinkMigrations } from '../../links/linkMigrations';
import type { LinkStore } from '../../links/LinkStore';
import type { Chart } from '../../mapping/chart';
import type { MappingStore } from '../../mapping/mappingStore';
import type { UnmappedValues } from '../../mapping/unmappedValues';
import type { KnownRecords } from '../../records/knownRecords';
import type { SyncSide } from '../../sync/SyncSide';
import type { ChannelStore } from '../../notices/channelStore';
import type { PushStore } from '../../push/PushStore';
import type { WriteReader } from '../../writes/writeReader';
import type { DeliveryReader } from '../../relay/deliveryReader';
import type { SendTestDelivery } from '../../relay/sendTestDelivery';
import type { SubscriptionStore } from '../../subscriptions/subscriptionStore';
import type { ReadAppKeys } from '../../xero/identity/appKeys';
import type { ApiKeyStore } from '../../workspaces/apiKeyStore';
import type { AppKeyStore } from '../../workspaces/appKeyStore';
import type { WorkspaceLimits } from '../../workspaces/workspaceLimits';
import type { ConnectionRows } from '../../xero/connections/connectionRows';
import type { XeroApi } from '../../xero/api/xeroApi';
import type { AsidePayloads } from '../../webhooks/asidePayloads';
import type { ReadDayBudgets } from '../../xero/pacing/dayBudgets';
import type { PortalContext } from '../show/PortalContext';
import type { ReadProgress } from '../../workspaces/workspaceProgress';
import type { ReadTrend } from '../views/activityTrend';
import type { SummariseEvents } from '../views/eventSummaries';
import type { PortalReader } from '../views/portalReader';
import { createAlertChannelPages } from './alertChannelPages';
import { createActivityPages } from './activityPages';
import { createApiKeyPages } from './apiKeyPages';
import { createAppKeyPages } from './appKeyPages';
import { createAutomationPages } from './automationPages';
import { createCataloguePages } from './cataloguePages';
import { createDeliveryPages } from './deliveryPages';
import { createEventPages } from './eventPages';
import { createOffboardingPages } from './offboardingPages';
import { createOrganisationPages } from './organisationPages';
import { createLinkPages } from './linkPages';
import { createOverviewPages } from './overviewPages';
import { createPushPages } from './pushPages';
import { createMappingPages } from './mappingPages';
import { createPayloadPages } from './payloadPages';
import { createRecordPages } from './recordPages';
import { createKnownRecordPages } from './knownRecordPages';
import { createNewStreamPages } from './newStreamPages';
import { createSearchPages, createSearchRoutes } from './searchPages';
import { createScopePages } from './scopePages';
import { createStreamPages } from './streamPages';
import { createSyncPages } from './syncPages';
import { createWorkflowPages } from './workflowPages';

/** What the pages of a workspace need of the hub; each picks its own. */
export interface WorkspacePagesDeps extends PagesAdministration {
	readonly appKeys: Pick<AppKeyStore, 'view'>;
	readonly connectLinks: Pick<ConnectLinks, 'list'>;
	readonly readAppKeys: ReadAppKeys;
	readonly apiKeys: Pick<ApiKeyStore, 'list'>;
	readonly connections: ConnectionRows;
	readonly subscriptions: Pick<SubscriptionStore, 'get' | 'list'>;
	/** Xero, as the workspace's own grants see it. */
	readonly api: Pick<XeroApi, 'send'>;
	readonly readDayBudgets: ReadDayBudgets;
	readonly events: EventReader;
	readonly summariseEvents: SummariseEvents;
	readonly gaps: GapReader;
	/** Absent: this hub has no sync. */
	readonly sync?: SyncSide | undefined;
	readonly knownRecords: KnownRecords;
	/** Of records; links that let people in are others. */
	readonly recordLinks: Pick<LinkStore, 'list' | 'count' | 'findMarked' | 'ofXero'>;
	readonly linkMigrations: Pick<LinkMigrations, 'list'>;
	readonly mappings: Pick<MappingStore, 'list' | 'count' | 'findMany'>;
	readonly unmapped: Pick<UnmappedValues, 'count' | 'countByOrganisation' | 'most'>;
	readonly chart: Pick<Chart, 'list' | 'search'>;
	readonly deliveries: DeliveryReader;
	readonly sendTestDelivery: SendTestDelivery;
	readonly writeReader: WriteReader;
	readonly pushes: PushStore;
	readonly asidePayloads: AsidePayloads;
	readonly reader: PortalReader;
	readonly readTrend: ReadTrend;
	readonly readStandings: ReadStandings;
	readonly readProgress: ReadProgress;
	readonly workspaceLimits: Pick<WorkspaceLimits, 'of'>;
	readonly readKept: ReadKept;
	readonly alertChannels: Pick<ChannelStore, 'list'>;
	readonly sendsMail: boolean;
	readonly keepDays: { readonly payloads: number; readonly events: number };
}

type PagesAdministration = Pick<
	Administration,
	| 'workspaceChanges'
	| 'removeWorkspace'
	| 'appKeyChanges'
	| 'apiKeyChanges'
	| 'connectLinkChanges'
	| 'organisationChanges'
	| 'offboardingChanges'
	| 'secretReads'
	| 'subscriptionChanges'
	| 'syncChanges'
	| 'linkChanges'
	| 'linkMigrationChanges'
	| 'pushChanges'
	| 'mappingChanges'
	| 'deliveryReplays'
	| 'payloadChanges'
	| 'alertChanges'
	| 'alertChannelChanges'
>;

/** What each group of workspace pages is made from. */
export interface WorkspacePages extends WorkspacePagesDeps, PortalContext {
	/** Aborted when the hub stops. */
	readonly stopping: AbortSignal;
}

/** Everything below `/w/{slug}`, after the workspace was found and may be seen. */
export function createWorkspacePages(
	deps: WorkspacePagesDeps,
	context: PortalContext,
	stopping: AbortSignal,
): Router {
	const pages: WorkspacePages = { ...deps, ...context, stopping };
	return Router()
		.use(createSearchRoutes(pages))
		.use(
			'/w/:slug',
			createOverviewPages(pages),
			createOrganisationPages(pages),
			createOffboardingPages(pages),
			createAppKeyPages(pages),
			createScopePages(pages),
			createApiKeyPages(pages),
			createEventPages(pages),
			createDeliveryPages(pages),
			createPayloadPages(pages),
			createPushPages(pages),
			createActivityPages(pages),
			createSearchPages(pages),
			createCataloguePages(),
			createAutomationPages(pages),
			createRecordPages(pages),
			createKnownRecordPages(pages),
			createNewStreamPages(pages),
			createStreamPages(pages),
			createSyncPages(pages),
			createLinkPages(pages),
			createMappingPages(pages),
			createAlertChannelPages(pages),
			createWorkflowPages(pages),
		);
}
