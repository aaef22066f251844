/** The name under which calls to one organisation share its limits: Xero counts per organisation and app. */
export function paceOrg(grantId: string, tenantId: string): string {
	return `${grantId} ${tenantId}`;
}
