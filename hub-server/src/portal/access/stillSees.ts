import { NotFoundError } from '../../errors/requestErrors';
import type { WorkspaceStore } from '../../workspaces/workspaceStore';
import { seesWorkspace } from './permissions';
import type { SessionStore } from './sessionStore';
import type { UserStore } from './userStore';

/**
 * Whether whoever opened a page that stays open may still see it: signed in with this browser, not
 * removed, and the workspace neither deleted nor taken from them. Does not keep the session alive.
 */
export type StillSees = (session: string, workspaceId: string) => Promise<boolean>;

export function createStillSees(deps: {
	readonly sessions: Pick<SessionStore, 'userOf'>;
	readonly users: Pick<UserStore, 'get'>;
	readonly workspaces: Pick<WorkspaceStore, 'find'>;
}): StillSees {
	return async function stillSees(session, workspaceId) {
		const userId = await deps.sessions.userOf(session, { keepAlive: false });
		if (userId === undefined) return false;
		try {
			const [user] = await Promise.all([deps.users.get(userId), deps.workspaces.find(workspaceId)]);
			return seesWorkspace(user, workspaceId);
		} catch (cause) {
			if (cause instanceof NotFoundError) return false;
			throw cause;
		}
	};
}
