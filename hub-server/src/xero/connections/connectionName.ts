import type { Connection } from './connectionRows';

/** What people call the organisation; its id where Xero told no name. */
export function connectionName({
	tenantName,
	tenantId,
}: Pick<Connection, 'tenantName' | 'tenantId'>): string {
	return tenantName ?? tenantId;
}
