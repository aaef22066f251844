import type { AdminKeyStore, AdminKeyWish, NewAdminKey } from '../workspaces/adminKeyStore';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** The operator's keys. */
export interface AdminKeyChanges {
	create(by: Actor, wish: AdminKeyWish): Promise<NewAdminKey>;
	/** Idempotent. @throws NotFoundError, ConflictError for the last one that works */
	revoke(by: Actor, id: string): Promise<void>;
}

export function createAdminKeyChanges(deps: {
	readonly adminKeys: Pick<AdminKeyStore, 'create' | 'revoke'>;
	readonly noteChange: NoteChange;
}): AdminKeyChanges {
	const { adminKeys, noteChange } = deps;

	return {
		async create(by, wish) {
			const created = await adminKeys.create({ ...wish, madeBy: by.name });
			const { name, expiresAt } = wish;
			await noteChange(by, {
				action: 'admin_key.created',
				detail: {
					...{ name, id: created.id },
					...(expiresAt !== undefined && { expires: new Date(expiresAt).toISOString() }),
				},
			});
			return created;
		},
		async revoke(by, id) {
			await adminKeys.revoke(id);
			await noteChange(by, { action: 'admin_key.revoked', detail: { id } });
		},
	};
}
