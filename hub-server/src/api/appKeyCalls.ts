import type { AppKeyChanges } from '../administration/appKeyChanges';
import { AppKeysRequest, ScopesRequest, wantedScopes } from '../administration/appKeysRequest';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { AppKeyStore } from '../workspaces/appKeyStore';
import { AppKeysMissingError } from '../errors/xeroErrors';
import type { WorkspaceStore } from '../workspaces/workspaceStore';
import { AppKeysAnswer } from './appKeysAnswer';
import { UNKNOWN } from './refusals';
import { ScopesAnswer, showScopes } from './scopesAnswer';

export interface AppKeyCallsDeps {
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
	readonly appKeys: Pick<AppKeyStore, 'view'>;
	readonly appKeyChanges: AppKeyChanges;
}

/** `/api/v1/workspaces/{slug}/app-keys…`: the workspace's own Xero app. */
export function createAppKeyCalls({ workspaces, appKeys, appKeyChanges }: AppKeyCallsDeps) {
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
			method: 'get',
			path: '/api/v1/workspaces/{slug}/app-keys/scopes',
			access: 'admin',
			summary: 'What the hub asks Xero for, and what it could ask for',
			description:
				'Groups with `needs` are for apps that Xero has approved: any other gets `invalid_scope`, and the whole consent fails.',
			status: 200,
			answer: ScopesAnswer,
			refusals: { ...UNKNOWN, 409: 'No app keys are saved' },
			async handle({ params }) {
				const { id } = await workspaces.get(params.slug);
				const keys = await appKeys.view(id);
				if (keys === undefined) throw new AppKeysMissingError();
				return showScopes(keys.scopes);
			},
		}),
		defineCall({
			method: 'put',
			path: '/api/v1/workspaces/{slug}/app-keys/scopes',
			access: 'admin',
			summary: 'Sets what the hub asks Xero for',
			description:
				'The keys stay as they are. It holds from the next consent on: reconnect an organisation to add to what was granted.',
			body: ScopesRequest,
			status: 200,
			answer: ScopesAnswer,
			refusals: { ...UNKNOWN, 409: 'No app keys are saved' },
			audit: 'app_keys.scopes_set',
			async handle({ by, params, body }) {
				const workspace = await workspaces.get(params.slug);
				const saved = await appKeyChanges.setScopes(by, workspace, wantedScopes(body));
				return showScopes(saved.scopes);
			},
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
