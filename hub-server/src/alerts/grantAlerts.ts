import type { Kysely } from 'kysely';
import type { Clock } from '../clock';
import { raiseAlert } from './raiseAlert';
import type { Tables } from '../database/tables';
import { AppKeysRefusedError, ReauthRequiredError } from '../errors/xeroErrors';
import type { GrantRows, GrantStatusChange } from '../xero/grants/grantRows';
import { lockGrant } from '../xero/grants/lockGrant';

/**
 * Raises an alert in each workspace that uses a grant when it needs a person, unless that is over
 * already. The alerts end in the transaction in which the grant works again or goes.
 *
 * @param onNews told once for each trouble: for the operator's log
 */
export function createGrantAlerts(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
	readonly grants: Pick<GrantRows, 'workspacesOn'>;
	readonly connectLink: (workspaceId: string) => Promise<string>;
	onNews(change: GrantStatusChange): void;
}): (change: GrantStatusChange) => Promise<void> {
	const { db, now, grants, connectLink, onNews } = deps;

	async function messageFor(workspaceId: string, { status, keysLost }: GrantStatusChange) {
		return status === 'app_keys_refused'
			? new AppKeysRefusedError().message
			: new ReauthRequiredError(await connectLink(workspaceId), { keysLost }).message;
	}

	return async function grantStatusChanged(change) {
		const { id, status } = change;
		if (status === 'active' || status === 'removed') {
			onNews(change);
			return;
		}
		const alerts = await Promise.all(
			(await grants.workspacesOn(id)).map(async (workspaceId) => ({
				workspaceId,
				kind: status,
				subject: id,
				message: await messageFor(workspaceId, change),
			})),
		);
		const isNews = await db.transaction().execute(async (tx) => {
			if ((await lockGrant(tx, { id, status })) === undefined) return false;
			let raised = false;
			for (const alert of alerts) raised = (await raiseAlert(tx, alert, now())) || raised;
			return raised;
		});
		if (isNews) onNews(change);
	};
}
