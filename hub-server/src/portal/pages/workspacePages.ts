import { Router } from 'express';
import type { ConnectApp } from '../../connect/connectApp';
import type { EventReader } from '../../events/eventReader';
import type { DeliveryReader } from '../../relay/deliveryReader';
import type { ReplayLedger } from '../../relay/replayLedger';
import type { SubscriptionStore } from '../../subscriptions/subscriptionStore';
import type { ReadAppKeys } from '../../xero/identity/appKeys';
import type { GrantVault } from '../../xero/grants/grantVault';
import type { ApiKeyStore } from '../../workspaces/apiKeyStore';
import type { AppKeyStore } from '../../workspaces/appKeyStore';
import type { RemoveWorkspace } from '../../workspaces/removeWorkspace';
import type { VerifyAppKeys } from '../../workspaces/verifyAppKeys';
import type { ConnectionRows } from '../../xero/connections/connectionRows';
import type { Disconnect } from '../../xero/api/disconnect';
import type { ReadDayBudgets } from '../../xero/pacing/dayBudgets';
import type { Pacer } from '../../xero/pacing/pacer';
import type { PortalContext } from '../show/PortalContext';
import type { ReadProgress } from '../../workspaces/workspaceProgress';
import type { PortalReader } from '../views/portalReader';
import { createActivityPages } from './activityPages';
import { createApiKeyPages } from './apiKeyPages';
import { createAppKeyPages } from './appKeyPages';
import { createDeliveryPages } from './deliveryPages';
import { createEventPages } from './eventPages';
import { createOrganisationPages } from './organisationPages';
import { createOverviewPages } from './overviewPages';
import { createRecordPages } from './recordPages';

/** What the pages of a workspace need of the hub. */
export interface WorkspacePagesDeps {
	readonly appKeys: AppKeyStore;
	readonly readAppKeys: ReadAppKeys;
	readonly apiKeys: ApiKeyStore;
	readonly connections: ConnectionRows;
	readonly subscriptions: Pick<SubscriptionStore, 'list'>;
	readonly disconnect: Disconnect;
	readonly removeWorkspace: RemoveWorkspace;
	readonly vault: Pick<GrantVault, 'accessToken'>;
	/** Begins a consent in this browser and answers where it must go. @throws AppKeysMissingError */
	startConnect(workspaceId: string, options: PortalConnect): Promise<string>;
	/** Connects a Custom Connection, without a browser. */
	readonly connectApp: ConnectApp;
	readonly verifyAppKeys: VerifyAppKeys;
	readonly pacer: Pick<Pacer, 'enter'>;
	readonly readDayBudgets: ReadDayBudgets;
	/** Grants of an app that was replaced need a new consent. */
	appKeysChanged(): Promise<void>;
	readonly events: EventReader;
	readonly deliveries: DeliveryReader;
	readonly replays: ReplayLedger;
	readonly reader: PortalReader;
	readonly readProgress: ReadProgress;
	/** `https://api.xero.com`, without a trailing slash. */
	readonly xeroApiUrl: string;
}

/** A consent that began on a page of the portal. */
export interface PortalConnect {
	/** The cookie of the browser that must come back. */
	readonly browser: string;
	/** The person who began it. */
	readonly userId: string;
	/** The organisation to reconnect. */
	readonly tenantId?: string | undefined;
}

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
	return Router().use(
		'/w/:slug',
		createOverviewPages(pages),
		createOrganisationPages(pages),
		createAppKeyPages(pages),
		createApiKeyPages(pages),
		createEventPages(pages),
		createDeliveryPages(pages),
		createActivityPages(pages),
		createRecordPages(pages),
	);
}
