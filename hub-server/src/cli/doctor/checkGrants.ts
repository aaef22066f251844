import { HubError } from '../../errors/HubError';
import type { Workspace } from '../../workspaces/workspaceStore';
import type { Connection } from '../../xero/connections/connectionRows';
import type { XeroConnections } from '../../xero/api/xeroConnections';
import { ReauthRequiredError } from '../../errors/xeroErrors';
import { ok, wrong, type Finding } from './Finding';

/**
 * Whether Xero still lets the hub reach each organisation. Asks Xero, under the same lease as a
 * running hub.
 */
export async function checkGrants(
	{ id: workspaceId, slug }: Pick<Workspace, 'id' | 'slug'>,
	connections: readonly Connection[],
	xeroConnections: Pick<XeroConnections, 'list'>,
): Promise<readonly Finding[]> {
	const check = `${slug}: tokens`;
	const byGrant = Map.groupBy(connections, ({ grantId }) => grantId);
	const findings = await Promise.all(
		[...byGrant].map(async ([grantId, held]) => {
			const names = held.map(({ tenantName, tenantId }) => tenantName ?? tenantId).join(', ');
			try {
				const listed = await xeroConnections.list({ grantId, workspaceId });
				const reached = new Set(listed.map((one) => one.tenantId));
				const lost = held.filter(({ tenantId }) => !reached.has(tenantId));
				if (lost.length === 0) return ok(check, `Xero gives access to ${names}.`);
				return wrong(
					check,
					`Xero gives no access any more to ${lost.map((one) => one.tenantName).join(', ')}.`,
					'Somebody disconnected it in Xero. Reconnect it in the portal, or remove it there.',
				);
			} catch (cause) {
				if (!(cause instanceof HubError)) throw cause;
				const isRevoked = cause instanceof ReauthRequiredError;
				return wrong(
					check,
					isRevoked ? `The tokens for ${names} were revoked.` : `${names}: not reached.`,
					cause.message,
				);
			}
		}),
	);
	return findings;
}
