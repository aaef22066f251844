import type { HttpCall } from '../http/HttpCall';
import { createAdminKeyCalls, type AdminKeyCallsDeps } from './adminKeyCalls';
import { createAlertChannelCalls, type AlertChannelCallsDeps } from './alertChannelCalls';
import { createAlertCalls, type AlertCallsDeps } from './alertCalls';
import { createApiKeyCalls, type ApiKeyCallsDeps } from './apiKeyCalls';
import { createAppKeyCalls, type AppKeyCallsDeps } from './appKeyCalls';
import { createConnectFlowCalls, type ConnectFlowCallsDeps } from './connectFlowCalls';
import { createConnectLinkCalls, type ConnectLinkCallsDeps } from './connectLinkCalls';
import { createConnectionCalls, type ConnectionCallsDeps } from './connectionCalls';
import { createDeliveryCalls, type DeliveryCallsDeps } from './deliveryCalls';
import { createEventCalls, type EventCallsDeps } from './eventCalls';
import { createGapCalls, type GapCallsDeps } from './gapCalls';
import { createHealthCalls, type HealthCallsDeps } from './healthCalls';
import { createOffboardingCalls, type OffboardingCallsDeps } from './offboardingCalls';
import { createMappingCalls, type MappingCallsDeps } from './mappingCalls';
import { createLinkCalls, type LinkCallsDeps } from './linkCalls';
import { createLinkMigrationCalls, type LinkMigrationCallsDeps } from './linkMigrationCalls';
import { createPayloadCalls, type PayloadCallsDeps } from './payloadCalls';
import { createSavedItemCalls, type SavedItemCallsDeps } from './savedItemCalls';
import { createSubscriptionCalls, type SubscriptionCallsDeps } from './subscriptionCalls';
import { createPushCalls, type PushCallsDeps } from './pushCalls';
import { createRecordCalls, type RecordCallsDeps } from './recordCalls';
import { createSyncCalls, type SyncCallsDeps } from './syncCalls';
import { webhookCalls } from './webhookCalls';
import { createWorkspaceCalls, type WorkspaceCallsDeps } from './workspaceCalls';
import { createWriteCalls, type WriteCallsDeps } from './writeCalls';
import { createXeroProxyCalls, type XeroProxyCallsDeps } from './xeroProxyCalls';

export type HubCallsDeps = WorkspaceCallsDeps &
	OffboardingCallsDeps &
	AppKeyCallsDeps &
	ApiKeyCallsDeps &
	ConnectLinkCallsDeps &
	AdminKeyCallsDeps &
	ConnectionCallsDeps &
	XeroProxyCallsDeps &
	SavedItemCallsDeps &
	SubscriptionCallsDeps &
	EventCallsDeps &
	DeliveryCallsDeps &
	PayloadCallsDeps &
	SyncCallsDeps &
	RecordCallsDeps &
	PushCallsDeps &
	MappingCallsDeps &
	LinkCallsDeps &
	LinkMigrationCallsDeps &
	GapCallsDeps &
	WriteCallsDeps &
	AlertCallsDeps &
	AlertChannelCallsDeps &
	ConnectFlowCallsDeps &
	HealthCallsDeps;

/** Every call of the hub, in the order of its documentation. Routes and OpenAPI follow from these. */
export function createHubCalls(deps: HubCallsDeps): readonly HttpCall[] {
	return [
		...createWorkspaceCalls(deps),
		...createOffboardingCalls(deps),
		...createAppKeyCalls(deps),
		...createApiKeyCalls(deps),
		...createConnectLinkCalls(deps),
		...createAdminKeyCalls(deps),
		...createConnectionCalls(deps),
		...createXeroProxyCalls(deps),
		...createSavedItemCalls(deps),
		...createSubscriptionCalls(deps),
		...createEventCalls(deps),
		...createDeliveryCalls(deps),
		...createPayloadCalls(deps),
		...createSyncCalls(deps),
		...createRecordCalls(deps),
		...createPushCalls(deps),
		...createMappingCalls(deps),
		...createLinkCalls(deps),
		...createLinkMigrationCalls(deps),
		...createGapCalls(deps),
		...createWriteCalls(deps),
		...createAlertCalls(deps),
		...createAlertChannelCalls(deps),
		...webhookCalls,
		...createConnectFlowCalls(deps),
		...createHealthCalls(deps),
	];
}
