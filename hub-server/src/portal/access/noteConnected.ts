import type { ConnectedOrganisation, ConnectOutcome } from '../../connect/connectOutcome';
import type { SessionStore } from './sessionStore';
import type { UserStore } from './userStore';
import type { AuditLog } from '../../audit/auditLog';

/**
 * Writes the end of a consent into the audit log: the person of the portal who began or ended it, else
 * the key or the connect link that it began with. Who came by that link is known to Xero only.
 */
export function createNoteConnected(deps: {
	readonly audit: Pick<AuditLog, 'append'>;
	readonly sessions: Pick<SessionStore, 'userOf'>;
	readonly users: Pick<UserStore, 'get'>;
}): (outcome: ConnectOutcome, browser: string | undefined) => Promise<void> {
	async function emailOf(browser: string | undefined): Promise<string | undefined> {
		const userId = browser === undefined ? undefined : await deps.sessions.userOf(browser);
		return userId === undefined ? undefined : (await deps.users.get(userId)).email;
	}

	return async (outcome, browser) => {
		if (outcome.kind !== 'connected') return;
		await deps.audit.append({
			actor: outcome.starter ?? (await emailOf(browser)) ?? outcome.startedBy ?? 'unknown',
			workspace: outcome.workspaceSlug,
			action: 'organisation.connected',
			detail: {
				organisations: namesOf(outcome.chosen),
				...(outcome.held.length > 0 && { held: namesOf(outcome.held) }),
				...(outcome.replacing.length > 0 && { wantsToReplace: namesOf(outcome.replacing) }),
			},
		});
	};
}

function namesOf(organisations: readonly ConnectedOrganisation[]): string {
	return organisations.map(({ name }) => name).join(', ');
}
