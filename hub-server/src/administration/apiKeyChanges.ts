import type { ApiKeyStore, ApiKeyWish } from '../workspaces/apiKeyStore';
import { USUAL_SCOPES } from '../workspaces/keyScopes';
import type { Workspace } from '../workspaces/workspaceStore';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** A key that is shown this once. */
export interface NewApiKey {
	readonly id: string;
	readonly key: string;
}

/** The keys with which n8n shows itself to the hub. */
export interface ApiKeyChanges {
	create(by: Actor, workspace: KeyOwner, wish: ApiKeyWish): Promise<NewApiKey>;
	/** The old key ends at once. @throws NotFoundError, ConflictError when it was revoked */
	rotate(by: Actor, workspace: KeyOwner, id: string): Promise<NewApiKey>;
	/** Idempotent. @throws NotFoundError */
	revoke(by: Actor, workspace: KeyOwner, id: string): Promise<void>;
}

type KeyOwner = Pick<Workspace, 'id' | 'slug'>;

export function createApiKeyChanges(deps: {
	readonly apiKeys: Pick<ApiKeyStore, 'create' | 'rotate' | 'revoke'>;
	readonly noteChange: NoteChange;
}): ApiKeyChanges {
	const { apiKeys, noteChange } = deps;

	return {
		async create(by, { id: workspaceId, slug }, wish) {
			const { name, scopes = USUAL_SCOPES, tenantIds = [], expiresAt } = wish;
			const created = await apiKeys.create(workspaceId, wish);
			await noteChange(by, {
				workspace: slug,
				action: 'api_key.created',
				detail: {
					...{ name, id: created.id, scopes: scopes.join(' ') },
					organisations: tenantIds.length === 0 ? 'all' : tenantIds.join(' '),
					...(expiresAt !== undefined && { expires: new Date(expiresAt).toISOString() }),
				},
			});
			return created;
		},
		async rotate(by, { id: workspaceId, slug }, id) {
			const rotated = await apiKeys.rotate(workspaceId, id);
			await noteChange(by, { workspace: slug, action: 'api_key.rotated', detail: { id } });
			return rotated;
		},
		async revoke(by, { id: workspaceId, slug }, id) {
			await apiKeys.revoke(workspaceId, id);
			await noteChange(by, { workspace: slug, action: 'api_key.revoked', detail: { id } });
		},
	};
}
