import { createAdminKeyChanges, type AdminKeyChanges } from './adminKeyChanges';
import { createAlertChanges, type AlertChanges } from './alertChanges';
import { createAlertChannelChanges, type AlertChannelChanges } from './alertChannelChanges';
import { createApiKeyChanges, type ApiKeyChanges } from './apiKeyChanges';
import { createAppKeyChanges, type AppKeyChanges } from './appKeyChanges';
import { createConnectLinkChanges, type ConnectLinkChanges } from './connectLinkChanges';
import { createDeliveryReplays, type DeliveryReplays } from './deliveryReplays';
import { createOffboardingChanges, type OffboardingChanges } from './offboardingChanges';
import { createMappingChanges, type MappingChanges } from './mappingChanges';
import { createOrganisationChanges, type OrganisationChanges } from './organisationChanges';
import { createRemoveWorkspace, type RemoveWorkspace } from './removeWorkspace';
import { createPayloadChanges, type PayloadChanges } from './payloadChanges';
import { createPushChanges, type PushChanges } from './pushChanges';
import { createSecretReads, type SecretReads } from './secretReads';
import { createSubscriptionChanges, type SubscriptionChanges } from './subscriptionChanges';
import { createLinkChanges, type LinkChanges } from './linkChanges';
import { createLinkMigrationChanges, type LinkMigrationChanges } from './linkMigrationChanges';
import { createSyncChanges, type SyncChanges } from './syncChanges';
import { createWorkspaceChanges, type WorkspaceChanges } from './workspaceChanges';

/**
 * All that the API, the portal and the commands change, each in one place: checked, stored, told to
 * whoever must know, and written into the audit log with whoever did it.
 */
export interface Administration {
	readonly workspaceChanges: WorkspaceChanges;
	readonly removeWorkspace: RemoveWorkspace;
	readonly appKeyChanges: AppKeyChanges;
	readonly apiKeyChanges: ApiKeyChanges;
	readonly connectLinkChanges: ConnectLinkChanges;
	readonly adminKeyChanges: AdminKeyChanges;
	readonly organisationChanges: OrganisationChanges;
	readonly offboardingChanges: OffboardingChanges;
	readonly secretReads: SecretReads;
	readonly subscriptionChanges: SubscriptionChanges;
	readonly syncChanges: SyncChanges;
	readonly pushChanges: PushChanges;
	readonly mappingChanges: MappingChanges;
	readonly linkChanges: LinkChanges;
	readonly linkMigrationChanges: LinkMigrationChanges;
	readonly deliveryReplays: DeliveryReplays;
	readonly payloadChanges: PayloadChanges;
	readonly alertChanges: AlertChanges;
	readonly alertChannelChanges: AlertChannelChanges;
}

export type AdministrationDeps = Parameters<typeof createWorkspaceChanges>[0] &
	Parameters<typeof createRemoveWorkspace>[0] &
	Parameters<typeof createAppKeyChanges>[0] &
	Parameters<typeof createApiKeyChanges>[0] &
	Parameters<typeof createConnectLinkChanges>[0] &
	Parameters<typeof createAdminKeyChanges>[0] &
	Parameters<typeof createOrganisationChanges>[0] &
	Omit<Parameters<typeof createOffboardingChanges>[0], 'removeWorkspace'> &
	Parameters<typeof createSecretReads>[0] &
	Parameters<typeof createSubscriptionChanges>[0] &
	Parameters<typeof createSyncChanges>[0] &
	Parameters<typeof createPushChanges>[0] &
	Parameters<typeof createMappingChanges>[0] &
	Parameters<typeof createLinkChanges>[0] &
	Parameters<typeof createLinkMigrationChanges>[0] &
	Parameters<typeof createDeliveryReplays>[0] &
	Parameters<typeof createPayloadChanges>[0] &
	Parameters<typeof createAlertChanges>[0] &
	Parameters<typeof createAlertChannelChanges>[0];

export function createAdministration(deps: AdministrationDeps): Administration {
	const removeWorkspace = createRemoveWorkspace(deps);
	return {
		workspaceChanges: createWorkspaceChanges(deps),
		removeWorkspace,
		appKeyChanges: createAppKeyChanges(deps),
		apiKeyChanges: createApiKeyChanges(deps),
		connectLinkChanges: createConnectLinkChanges(deps),
		adminKeyChanges: createAdminKeyChanges(deps),
		organisationChanges: createOrganisationChanges(deps),
		offboardingChanges: createOffboardingChanges({ ...deps, removeWorkspace }),
		secretReads: createSecretReads(deps),
		subscriptionChanges: createSubscriptionChanges(deps),
		syncChanges: createSyncChanges(deps),
		pushChanges: createPushChanges(deps),
		mappingChanges: createMappingChanges(deps),
		linkChanges: createLinkChanges(deps),
		linkMigrationChanges: createLinkMigrationChanges(deps),
		deliveryReplays: createDeliveryReplays(deps),
		payloadChanges: createPayloadChanges(deps),
		alertChanges: createAlertChanges(deps),
		alertChannelChanges: createAlertChannelChanges(deps),
	};
}
