import type { Config } from '../config/Config';
import { createTargetGuard, type TargetGuard } from '../relay/targetGuard';
import type { Stores } from './openStores';

/** Where deliveries may go: public https, what the operator lists, and each workspace's own n8n. */
export function composeTargets(
	config: Pick<Config, 'allowedTargets'>,
	{ workspaces }: Pick<Stores, 'workspaces'>,
): TargetGuard {
	return createTargetGuard({
		allowedBaseUrls: async (workspaceId) => [
			...config.allowedTargets,
			...(await workspaces.n8nBaseUrls(workspaceId)),
		],
	});
}
