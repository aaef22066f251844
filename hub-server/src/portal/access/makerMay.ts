import type { MakerMay } from '../../connect/connectLinks';
import { NotFoundError } from '../../errors/requestErrors';
import type { AdminKeyStore } from '../../workspaces/adminKeyStore';
import { isAllowed } from './permissions';
import type { UserStore } from './userStore';

/** Somebody who was removed may nothing, nor a key that was revoked or has expired. */
export function createMakerMay(deps: {
	readonly users: Pick<UserStore, 'get'>;
	readonly adminKeys: Pick<AdminKeyStore, 'works'>;
}): MakerMay {
	return async function makerMay({ userId, adminKeyId }, workspaceId) {
		if (adminKeyId !== null) return deps.adminKeys.works(adminKeyId);
		if (userId === null) return true;
		try {
			return isAllowed(await deps.users.get(userId), 'connect', workspaceId);
		} catch (cause) {
			if (cause instanceof NotFoundError) return false;
			throw cause;
		}
	};
}
