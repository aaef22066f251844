import { z } from 'zod';
import type { AdminKeyChanges } from '../administration/adminKeyChanges';
import { NewAdminKey } from '../administration/workspaceRequests';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { AdminKeyStore } from '../workspaces/adminKeyStore';
import { pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { nullableTime, time } from './times';

export interface AdminKeyCallsDeps {
	readonly adminKeys: Pick<AdminKeyStore, 'list'>;
	readonly adminKeyChanges: AdminKeyChanges;
}

const AdminKeyAnswer = z.object({
	id: z.string(),
	name: z.string(),
	madeBy: z.string().nullable().describe('null: the hub at its first start, or an earlier version'),
	createdAt: time,
	lastUsedAt: nullableTime,
	revokedAt: nullableTime,
	expiresAt: nullableTime,
	isExpired: z.boolean(),
});

/** `/api/v1/admin-keys…`: the operator's own keys. */
export function createAdminKeyCalls({ adminKeys, adminKeyChanges }: AdminKeyCallsDeps) {
	return groupCalls('Admin keys', [
		defineCall({
			method: 'get',
			path: '/api/v1/admin-keys',
			access: 'admin',
			summary: 'Lists the admin keys, without the keys',
			description: 'The one from HUB_ADMIN_KEY is not among them.',
			status: 200,
			answer: pageOf(AdminKeyAnswer),
			handle: async () => ({ items: await adminKeys.list(), nextCursor: null }),
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/admin-keys',
			access: 'admin',
			summary: 'Makes an admin key',
			body: NewAdminKey,
			status: 201,
			answer: z.object({ id: z.string(), key: z.string().describe('shown this once') }),
			isSecret: true,
			audit: 'admin_key.created',
			handle: ({ by, body }) => adminKeyChanges.create(by, body),
		}),
		defineCall({
			method: 'delete',
			path: '/api/v1/admin-keys/{id}',
			access: 'admin',
			summary: 'Revokes an admin key',
			description: 'The connect links and connect sessions that were made with it end too.',
			status: 204,
			refusals: { ...UNKNOWN, 409: 'It is the last one that works' },
			audit: 'admin_key.revoked',
			handle: ({ by, params }) => adminKeyChanges.revoke(by, params.id),
		}),
	]);
}
