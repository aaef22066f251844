/**
 * The name under which calls to one organisation share its limits. Xero counts per app and organisation,
 * whoever consented: two workspaces with one app share them, and a reconnect by somebody else changes
 * nothing.
 */
export function paceOrg(clientId: string, tenantId: string): string {
	return `${clientId} ${tenantId}`;
}
