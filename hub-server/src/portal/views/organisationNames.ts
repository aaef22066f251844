import type { ConnectionRows } from '../../xero/connections/connectionRows';

/** Names organisations; one that is not connected any more keeps its id. */
export async function organisationNames(
	connections: Pick<ConnectionRows, 'list'>,
	workspaceId: string,
): Promise<(tenantId: string) => string> {
	const held = await connections.list(workspaceId);
	const names = new Map(held.map(({ tenantId, tenantName }) => [tenantId, tenantName ?? tenantId]));
	return (tenantId) => names.get(tenantId) ?? tenantId;
}
