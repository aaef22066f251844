import type { AlertLedger } from '../ledger/alertLedger';
import type { GrantStatusChange } from './grantVault';
import { AppKeysRefusedError, ReauthRequiredError } from '../xero/xeroErrors';

/**
 * Raises one alert when a grant needs a person, and ends it when the grant works again or is gone.
 *
 * @param onNews told once for each trouble: for the operator's log
 */
export function createGrantAlerts(deps: {
	readonly alerts: Pick<AlertLedger, 'raise' | 'resolve'>;
	readonly connectLink: (workspaceId: string) => Promise<string>;
	onNews(change: GrantStatusChange): void;
}): (change: GrantStatusChange) => Promise<void> {
	const { alerts, connectLink, onNews } = deps;

	return async function grantStatusChanged(change) {
		const { id, workspaceId, status } = change;
		if (status === 'active' || status === 'removed') {
			if (await alerts.resolve(workspaceId, id)) onNews(change);
			return;
		}
		const { message } =
			status === 'reauth_required'
				? new ReauthRequiredError(await connectLink(workspaceId))
				: new AppKeysRefusedError();
		if (await alerts.raise({ workspaceId, kind: status, subject: id, message })) onNews(change);
	};
}
