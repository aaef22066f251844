import type { SandboxContext } from '../context/SandboxContext';
import { grantKey } from '../world/World';

/** An app hears of an organisation that some user connected to it with `offline_access`. */
export function hearsOf(
	{ world, faults }: SandboxContext,
	clientId: string,
	tenantId: string,
): boolean {
	if (faults().disconnectTenant === tenantId) return false;
	return [...world.connections.values()].some(
		(held) =>
			held.active &&
			held.clientId === clientId &&
			held.tenantId === tenantId &&
			world.grants.get(grantKey(clientId, held.userId))?.scopes.includes('offline_access') === true,
	);
}
