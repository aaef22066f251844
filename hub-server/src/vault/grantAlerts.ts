import type { AlertLedger } from '../ledger/alertLedger';
import { AppKeysRefusedError, ReauthRequiredError } from '../xero/xeroErrors';
import type { GrantRows, GrantStatusChange } from './grantRows';

/**
 * Raises an alert in each workspace that uses a grant when it needs a person, and ends them when the
 * grant works again or is gone.
 *
 * @param onNews told once for each trouble: for the operator's log
 */
export function createGrantAlerts(deps: {
	readonly alerts: Pick<AlertLedger, 'raise' | 'resolve'>;
	readonly grants: Pick<GrantRows, 'workspacesOn'>;
	readonly connectLink: (workspaceId: string) => Promise<string>;
	onNews(change: GrantStatusChange): void;
}): (change: GrantStatusChange) => Promise<void> {
	const { alerts, grants, connectLink, onNews } = deps;

	return async function grantStatusChanged(change) {
		const { id, status, keysLost } = change;
		if (status === 'active' || status === 'removed') {
			if (await alerts.resolve(id)) onNews(change);
			return;
		}
		await alerts.resolve(id, { except: status });
		let isNews = false;
		for (const workspaceId of await grants.workspacesOn(id)) {
			const { message } =
				status === 'reauth_required'
					? new ReauthRequiredError(await connectLink(workspaceId), { keysLost })
					: new AppKeysRefusedError();
			const isRaised = await alerts.raise({ workspaceId, kind: status, subject: id, message });
			isNews ||= isRaised;
		}
		if (isNews) onNews(change);
	};
}
