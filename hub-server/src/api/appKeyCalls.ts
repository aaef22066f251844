import type { AppKeyChanges } from '../administration/appKeyChanges';
import { AppKeysRequest } from '../administration/appKeysRequest';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { WorkspaceStore } from '../workspaces/workspaceStore';
import { AppKeysAnswer } from './appKeysAnswer';
import { UNKNOWN } from './refusals';

export interface AppKeyCallsDeps {
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
	readonly appKeyChanges: AppKeyChanges;
}

/** `/api/v1/workspaces/{slug}/app-keys…`: the workspace's own Xero app. */
export function createAppKeyCalls({ workspaces, appKeyChanges }: AppKeyCallsDeps) {
	return groupCalls('App keys', [
		defineCall({
			method: 'put',
			path: '/api/v1/workspaces/{slug}/app-keys',
			access: 'admin',
			summary: 'Saves the keys of the workspace’s Xero app',
			description: 'A replaced webhook key stays valid for a day. Only fingerprints come back.',
			body: AppKeysRequest,
			status: 200,
			answer: AppKeysAnswer,
			refusals: { ...UNKNOWN, 409: 'With verify: Xero refuses the keys, and nothing was saved' },
			audit: 'app_keys.saved',
			handle: async ({ by, params, body }) =>
				appKeyChanges.save(by, await workspaces.get(params.slug), body),
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/workspaces/{slug}/app-keys/verify',
			access: 'admin',
			summary: 'Proves the app keys against Xero’s token endpoint',
			description: 'Nothing changes at Xero.',
			status: 200,
			answer: AppKeysAnswer,
			refusals: { ...UNKNOWN, 409: 'Xero refuses the keys, or none are saved' },
			audit: 'app_keys.verified',
			handle: async ({ by, params }) => appKeyChanges.verify(by, await workspaces.get(params.slug)),
		}),
	]);
}
