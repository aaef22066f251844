import type { CheckStarter } from '../../connect/finishConnect';
import { isAllowed } from './permissions';
import type { SessionStore } from './sessionStore';
import type { UserStore } from './userStore';

/** A session ends with the person, so whoever was removed is signed out too. */
export function createCheckStarter(deps: {
	readonly sessions: Pick<SessionStore, 'userOf'>;
	readonly users: Pick<UserStore, 'get'>;
}): CheckStarter {
	return async function checkStarter({ userId, browser }, workspaceId) {
		const signedIn = browser === undefined ? undefined : await deps.sessions.userOf(browser);
		if (signedIn !== userId) return { kind: 'signed_out' };
		const user = await deps.users.get(userId);
		const may = isAllowed(user, 'connect', workspaceId);
		return may ? { kind: 'may', email: user.email } : { kind: 'not_allowed' };
	};
}
