import { z } from 'zod';
import type { ApiKeyChanges } from '../administration/apiKeyChanges';
import { NewApiKey } from '../administration/workspaceRequests';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { ApiKeyStore } from '../workspaces/apiKeyStore';
import { KEY_SCOPES } from '../workspaces/keyScopes';
import type { WorkspaceStore } from '../workspaces/workspaceStore';
import { pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { nullableTime, time } from './times';

export interface ApiKeyCallsDeps {
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
	readonly apiKeys: Pick<ApiKeyStore, 'list'>;
	readonly apiKeyChanges: ApiKeyChanges;
}

const NewKeyAnswer = z.object({
	id: z.string(),
	key: z.string().describe('shown this once'),
});

const ApiKeyAnswer = z.object({
	id: z.string(),
	name: z.string(),
	scopes: z.array(z.enum(KEY_SCOPES)),
	tenantIds: z.array(z.string()).nullable().describe('null: all organisations'),
	isOld: z.boolean().describe('made before keys had scopes, so it may do everything'),
	expiresAt: nullableTime,
	isExpired: z.boolean(),
	createdAt: time,
	lastUsedAt: nullableTime,
	revokedAt: nullableTime,
});

/** `/api/v1/workspaces/{slug}/api-keys…`: the keys that n8n shows the hub. */
export function createApiKeyCalls({ workspaces, apiKeys, apiKeyChanges }: ApiKeyCallsDeps) {
	return groupCalls('API keys', [
		defineCall({
			method: 'post',
			path: '/api/v1/workspaces/{slug}/api-keys',
			access: 'admin',
			summary: 'Makes an API key',
			description:
				'Scopes: events (subscriptions, events, deliveries, pulling), read, write, token (access tokens and exports). A call that needs another is refused with 403 scope_missing, and one about other organisations with 403 organisation_not_allowed.',
			body: NewApiKey,
			status: 201,
			answer: NewKeyAnswer,
			isSecret: true,
			refusals: UNKNOWN,
			audit: 'api_key.created',
			handle: async ({ by, params, body }) =>
				apiKeyChanges.create(by, await workspaces.get(params.slug), body),
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/workspaces/{slug}/api-keys',
			access: 'admin',
			summary: 'Lists the API keys, without the keys',
			status: 200,
			answer: pageOf(ApiKeyAnswer),
			refusals: UNKNOWN,
			async handle({ params }) {
				const { id } = await workspaces.get(params.slug);
				return { items: await apiKeys.list(id), nextCursor: null };
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/workspaces/{slug}/api-keys/{id}/rotate',
			access: 'admin',
			summary: 'Replaces an API key; the old one ends at once',
			status: 200,
			answer: NewKeyAnswer,
			isSecret: true,
			refusals: { ...UNKNOWN, 409: 'The key was revoked' },
			audit: 'api_key.rotated',
			handle: async ({ by, params }) =>
				apiKeyChanges.rotate(by, await workspaces.get(params.slug), params.id),
		}),
		defineCall({
			method: 'delete',
			path: '/api/v1/workspaces/{slug}/api-keys/{id}',
			access: 'admin',
			summary: 'Revokes an API key',
			status: 204,
			refusals: UNKNOWN,
			audit: 'api_key.revoked',
			handle: async ({ by, params }) =>
				apiKeyChanges.revoke(by, await workspaces.get(params.slug), params.id),
		}),
	]);
}
