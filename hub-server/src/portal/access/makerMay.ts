import type { MakerMay } from '../../connect/connectLinks';
import { NotFoundError } from '../../errors/requestErrors';
import { isAllowed } from './permissions';
import type { UserStore } from './userStore';

/** Somebody who was removed may nothing. */
export function createMakerMay(deps: { readonly users: Pick<UserStore, 'get'> }): MakerMay {
	return async function makerMay(userId, workspaceId) {
		try {
			return isAllowed(await deps.users.get(userId), 'connect', workspaceId);
		} catch (cause) {
			if (cause instanceof NotFoundError) return false;
			throw cause;
		}
	};
}
