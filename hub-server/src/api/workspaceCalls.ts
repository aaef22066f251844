import { z } from 'zod';
import type { OrganisationChanges } from '../administration/organisationChanges';
import type { RemoveWorkspace } from '../administration/removeWorkspace';
import type { WorkspaceChanges } from '../administration/workspaceChanges';
import { NewWorkspace, QuotaWish, WorkspaceChange } from '../administration/workspaceRequests';
import { redirectUriOf } from '../connect/startConnect';
import { quotasOf, QUOTA_NAMES, type HubQuotas } from '../config/quotas';
import type { ReadKept } from '../events/keptUsage';
import { answerWith, defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import { readConnectionRoom } from '../connect/connectionRoom';
import type { AppKeysView, AppKeyStore } from '../workspaces/appKeyStore';
import { setupChecklist } from '../workspaces/setupChecklist';
import type { ReadProgress } from '../workspaces/workspaceProgress';
import type { Workspace, WorkspaceStore } from '../workspaces/workspaceStore';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import { AppKeysAnswer } from './appKeysAnswer';
import { AuthorizeUrlAnswer } from './authorizeUrl';
import { HUB_FEATURES, HUB_VERSION } from './hubVersion';
import { pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { STILL_AT_XERO } from './stillAtXero';
import { nullableTime, time } from './times';

export interface WorkspaceCallsDeps {
	readonly workspaces: Pick<WorkspaceStore, 'get' | 'list'>;
	readonly workspaceChanges: WorkspaceChanges;
	readonly removeWorkspace: RemoveWorkspace;
	readonly organisationChanges: Pick<OrganisationChanges, 'startSession' | 'connectApp'>;
	readonly appKeys: Pick<AppKeyStore, 'view'>;
	readonly connections: Pick<ConnectionRows, 'list' | 'countOfApp'>;
	readonly readProgress: ReadProgress;
	readonly readKept: ReadKept;
	readonly quotas: HubQuotas;
	/** Without a trailing slash. */
	readonly publicUrl: string;
}

/** `POST …/connect`; a Custom Connection acts for itself. */
export const ConnectWish = z.object({
	grantType: z.enum(['authorization_code', 'client_credentials']).default('authorization_code'),
	returnUrl: z
		.string()
		.max(2000)
		.optional()
		.describe(
			'where the browser comes back to; its origin is one of the workspace’s returnOrigins',
		),
	state: z.string().max(500).optional().describe('echoed at returnUrl as it is'),
	externalUserId: z
		.string()
		.min(1)
		.max(200)
		.optional()
		.describe('your own id of who connects: kept with the organisation, and echoed at returnUrl'),
	onConnect: z
		.enum(['hold', 'accept'])
		.default('accept')
		.describe('hold: off, until a member of the workspace confirms it'),
});

const WorkspaceAnswer = z.object({
	id: z.string(),
	slug: z.string(),
	name: z.string(),
	n8nBaseUrls: z.array(z.string()),
	webhookUrl: z.string().describe("the delivery URL for the Xero app's webhooks"),
	redirectUri: z.string().describe('the redirect URI for the Xero app'),
	connectUrl: z
		.string()
		.nullable()
		.describe('the old public link, open to anybody who guesses the name; null where it is ended'),
	connectLink: z.boolean().describe('whether there is such an old public link'),
	returnOrigins: z.array(z.string()).describe('where connect sessions may send a browser back to'),
	appKeys: AppKeysAnswer.nullable(),
	appConnections: z
		.object({ used: z.number(), cap: z.number().nullable() })
		.nullable()
		.describe(
			'organisations that the Xero app has connected through this hub, and may connect; null before there are keys',
		),
	quotas: QuotaWish.describe('what an admin set for this workspace'),
	limits: z
		.record(z.enum(QUOTA_NAMES), z.number())
		.describe('what it may have: the usual, its plan and its own put together'),
	kept: z
		.object({ events: z.number(), bytes: z.number() })
		.describe('what is kept of it: events, and the bytes of them and their records'),
	createdAt: time,
});

const ChecklistAnswer = z.object({
	redirectUri: z.string().describe('to copy into the Xero app'),
	webhookUrl: z.string().describe('to copy into the webhooks page of the Xero app'),
	verifiedAt: nullableTime,
	steps: z.array(
		z.object({
			name: z.string(),
			state: z.enum(['done', 'next', 'later']),
			doneAt: nullableTime,
		}),
	),
});

const ConnectAnswer = z.union([
	AuthorizeUrlAnswer,
	z.object({ tenantIds: z.array(z.string()) }).describe('of a Custom Connection'),
]);

/** `/api/v1/workspaces…`: the operator's part of the API; `/workspace` for whoever has a key. */
export function createWorkspaceCalls(deps: WorkspaceCallsDeps) {
	const { workspaces, workspaceChanges, removeWorkspace, organisationChanges } = deps;
	const { appKeys, publicUrl } = deps;

	async function roomOf(keys: AppKeysView | undefined) {
		if (keys === undefined) return null;
		const { used, cap = null } = await readConnectionRoom(deps.connections, keys, []);
		return { used, cap };
	}

	async function show(workspace: Workspace) {
		const keys = await appKeys.view(workspace.id);
		return {
			...(await showKept(workspace)),
			appKeys: keys ?? null,
			appConnections: await roomOf(keys),
		};
	}

	const showKept = async (workspace: Workspace) => ({
		id: workspace.id,
		slug: workspace.slug,
		name: workspace.name,
		n8nBaseUrls: workspace.n8nBaseUrls,
		webhookUrl: `${publicUrl}/webhooks/xero/${workspace.slug}`,
		redirectUri: redirectUriOf(publicUrl),
		connectUrl: workspace.connectLink ? `${publicUrl}/connect/${workspace.slug}` : null,
		connectLink: workspace.connectLink,
		returnOrigins: workspace.returnOrigins,
		quotas: workspace.quotas,
		limits: quotasOf(deps.quotas, workspace.quotas),
		kept: await deps.readKept(workspace.id),
		createdAt: new Date(workspace.createdAt).toISOString(),
	});

	return groupCalls('Workspaces', [
		defineCall({
			method: 'post',
			path: '/api/v1/workspaces',
			access: 'admin',
			summary: 'Creates a workspace',
			body: NewWorkspace,
			status: 201,
			answer: WorkspaceAnswer,
			refusals: { 409: 'The slug is taken' },
			audit: 'workspace.created',
			handle: async ({ by, body }) => show(await workspaceChanges.create(by, body)),
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/workspaces',
			access: 'admin',
			summary: 'Lists the workspaces',
			status: 200,
			answer: pageOf(WorkspaceAnswer),
			handle: async () => ({
				items: await Promise.all((await workspaces.list()).map(show)),
				nextCursor: null,
			}),
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/workspaces/{slug}',
			access: 'admin',
			summary: 'One workspace',
			status: 200,
			answer: WorkspaceAnswer,
			refusals: UNKNOWN,
			handle: async ({ params }) => show(await workspaces.get(params.slug)),
		}),
		defineCall({
			method: 'patch',
			path: '/api/v1/workspaces/{slug}',
			access: 'admin',
			summary: 'Changes name, n8n base URLs, return origins or quotas, or ends the old public link',
			body: WorkspaceChange,
			status: 200,
			answer: WorkspaceAnswer,
			refusals: UNKNOWN,
			audit: 'workspace.changed',
			handle: async ({ by, params, body }) =>
				show(await workspaceChanges.change(by, params.slug, body)),
		}),
		defineCall({
			method: 'delete',
			path: '/api/v1/workspaces/{slug}',
			access: 'admin',
			summary: 'Removes a workspace and everything below it',
			description: 'Its organisations are disconnected at Xero, but for those that others use.',
			status: 204,
			alsoAnswers: STILL_AT_XERO,
			refusals: UNKNOWN,
			audit: 'workspace.removed',
			async handle({ by, params }) {
				const stillAtXero = await removeWorkspace(by, params.slug);
				return stillAtXero.length === 0 ? undefined : answerWith(200, { stillAtXero });
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/workspaces/{slug}/checklist',
			access: 'admin',
			summary: 'How far the workspace’s set-up is, and what to copy where',
			status: 200,
			answer: ChecklistAnswer,
			refusals: UNKNOWN,
			async handle({ params }) {
				const workspace = await workspaces.get(params.slug);
				const { webhookUrl, redirectUri, appKeys: keys } = await show(workspace);
				return {
					redirectUri,
					webhookUrl,
					verifiedAt: keys?.verifiedAt ?? null,
					steps: setupChecklist({
						appKeys: keys ?? undefined,
						connections: await deps.connections.list(workspace.id),
						progress: await deps.readProgress(workspace.id),
					}),
				};
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/workspaces/{slug}/connect',
			access: 'admin',
			summary: 'Begins a connect session, for somebody of your own app too',
			description:
				'Open authorizeUrl in a browser within 30 minutes; it is good once. The browser comes back to returnUrl with status (connected, held, replacement_waits, cancelled or failed), reason, tenantId, externalUserId and state. With the grant type client_credentials a Custom Connection is connected at once.',
			body: ConnectWish,
			status: 200,
			answer: ConnectAnswer,
			refusals: {
				...UNKNOWN,
				409: 'No app keys are saved, Xero refuses them, or no connection is left',
			},
			audit: 'organisation.connect_started',
			async handle({ by, params, body: { grantType, ...session } }) {
				const workspace = await workspaces.get(params.slug);
				if (grantType === 'client_credentials') {
					return { tenantIds: await organisationChanges.connectApp(by, workspace) };
				}
				return { authorizeUrl: await organisationChanges.startSession(by, workspace, session) };
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/workspace',
			access: 'workspace',
			needs: { scope: 'any', organisations: 'untouched' },
			summary: 'Which workspace the key belongs to',
			status: 200,
			answer: z.object({
				id: z.string(),
				slug: z.string(),
				name: z.string(),
				hub: z.object({ version: z.string(), features: z.array(z.string()) }),
			}),
			handle: async ({ workspace }) => ({
				...workspace,
				hub: { version: HUB_VERSION, features: HUB_FEATURES },
			}),
		}),
	]);
}
