import { z } from 'zod';
import type { OrganisationChanges } from '../administration/organisationChanges';
import type { SecretReads } from '../administration/secretReads';
import { ForbiddenError } from '../errors/requestErrors';
import { answerWith, defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { KeyOrganisations } from '../http/KeyOrganisations';
import { connectionName } from '../xero/connections/connectionName';
import { missingScopes } from '../xero/identity/scopeCover';
import type { AppKeyStore } from '../workspaces/appKeyStore';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import type { DayBudget, ReadDayBudgets } from '../xero/pacing/dayBudgets';
import { AuthorizeUrlAnswer } from './authorizeUrl';
import { pageOf } from './paging';
import { NO_TOKEN, UNKNOWN } from './refusals';
import { STILL_AT_XERO } from './stillAtXero';
import { nullableTime, time } from './times';

export interface ConnectionCallsDeps {
	readonly connections: Pick<ConnectionRows, 'get' | 'list'>;
	readonly organisationChanges: Pick<
		OrganisationChanges,
		| 'switch'
		| 'switchSyncs'
		| 'setWritePolicy'
		| 'confirm'
		| 'replace'
		| 'decline'
		| 'disconnect'
		| 'startReconnect'
	>;
	readonly secretReads: SecretReads;
	readonly readDayBudgets: ReadDayBudgets;
	readonly appKeys: Pick<AppKeyStore, 'view'>;
}

export const ConnectionChange = z
	.object({
		enabled: z.boolean().optional(),
		syncs: z.boolean().optional().describe('whether its records are kept up to date on a schedule'),
		writePolicy: z
			.enum(['none', 'drafts', 'all'])
			.optional()
			.describe('what automation may write into it; for an admin key only'),
	})
	.extend({
		held: z
			.literal(false, { error: 'may only become false' })
			.optional()
			.describe('confirms an organisation that is held; delete it to reject it'),
		replace: z
			.boolean()
			.optional()
			.describe('true: the consent that waits takes over; false: it is forgotten'),
	})
	.refine((change) => Object.values(change).some((value) => value !== undefined), {
		error: 'say what to change: enabled, syncs, writePolicy, held or replace',
	});

const ConnectionAnswer = z.object({
	id: z.string(),
	tenantId: z.string(),
	tenantName: z.string().nullable(),
	tenantType: z.string(),
	enabled: z.boolean(),
	heldAt: nullableTime.describe('since when it waits for a member to confirm it; off until then'),
	replacementAskedAt: nullableTime.describe(
		'when another Xero user gave access to it: a member decides whether that takes over',
	),
	externalUserId: z.string().nullable().describe('as the connect session named its user'),
	syncs: z.boolean().describe('whether its records are kept up to date on a schedule'),
	writePolicy: z
		.enum(['none', 'drafts', 'all'])
		.describe('what automation may write into it through the hub'),
	grantedScopes: z.array(z.string()).describe('what its user let the app do'),
	missingScopes: z
		.array(z.string())
		.describe('asked for by the app keys and not granted: reconnect it to add them'),
	status: z.string().describe('active, reauth_required or app_keys_refused'),
	dayBudget: z
		.object({
			left: z.number().describe('calls'),
			at: time.describe('when Xero said so'),
			fullAt: nullableTime.describe('set once the day is spent: when calls are there again'),
		})
		.nullable()
		.describe("what Xero's last answer said about today; null before today's first call"),
});

const TokenAnswer = z.object({
	accessToken: z.string(),
	expiresIn: z.number().describe('seconds'),
	scope: z.string(),
	tenantId: z.string(),
	tenantUrl: z.string(),
});

const ExportAnswer = TokenAnswer.extend({
	clientId: z.string(),
	clientSecret: z.string().optional().describe('for an admin key only'),
	webhookKey: z.string().nullable().optional().describe('for an admin key only'),
});

/** `/api/v1/connections…`: the organisations of a workspace. */
export function createConnectionCalls(deps: ConnectionCallsDeps) {
	const { connections, organisationChanges, secretReads, readDayBudgets, appKeys } = deps;
	const askedScopes = async (workspaceId: string) =>
		(await appKeys.view(workspaceId))?.scopes.split(' ') ?? [];

	/** @throws NotFoundError, OrganisationNotAllowedError */
	async function reach(workspaceId: string, id: string, organisations: KeyOrganisations) {
		const connection = await connections.get(workspaceId, id);
		organisations.require(connection.tenantId);
	}

	return groupCalls('Organisations', [
		defineCall({
			method: 'get',
			path: '/api/v1/connections',
			access: 'workspace',
			needs: { scope: 'any', organisations: 'narrowed' },
			summary: 'Lists the connected organisations',
			status: 200,
			answer: pageOf(ConnectionAnswer),
			async handle({ workspace, organisations }) {
				const all = await connections.list(workspace.id);
				const held = all.filter(({ tenantId }) => organisations.has(tenantId));
				const budgets = await readDayBudgets(held);
				const asked = await askedScopes(workspace.id);
				const items = held.map((connection, index) => show(connection, asked, budgets[index]));
				return { items, nextCursor: null };
			},
		}),
		defineCall({
			method: 'patch',
			path: '/api/v1/connections/{id}',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Enables or disables an organisation, or decides on what waits',
			body: ConnectionChange,
			status: 200,
			answer: ConnectionAnswer,
			refusals: { ...UNKNOWN, 409: 'It is held, or no consent waits to replace it' },
			audit: 'organisation.changed',
			async handle({ by, workspace, caller, organisations, params: { id }, body }) {
				const { enabled, syncs, writePolicy, held, replace } = body;
				await reach(workspace.id, id, organisations);
				if (writePolicy !== undefined) {
					// A key that may write must not say what it may write.
					if (caller !== 'admin') throw new ForbiddenError(ADMINS_POLICY);
					await organisationChanges.setWritePolicy(by, workspace, id, writePolicy);
				}
				if (held === false) await organisationChanges.confirm(by, workspace, id);
				if (replace === true) await organisationChanges.replace(by, workspace, id);
				if (replace === false) await organisationChanges.decline(by, workspace, id);
				if (enabled !== undefined) await organisationChanges.switch(by, workspace, id, enabled);
				if (syncs !== undefined) await organisationChanges.switchSyncs(by, workspace, id, syncs);
				const changed = await connections.get(workspace.id, id);
				const [budget] = await readDayBudgets([changed]);
				return show(changed, await askedScopes(workspace.id), budget);
			},
		}),
		defineCall({
			method: 'delete',
			path: '/api/v1/connections/{id}',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Disconnects an organisation, at Xero too',
			description: 'One that another workspace uses too stays connected there.',
			status: 204,
			alsoAnswers: STILL_AT_XERO,
			refusals: UNKNOWN,
			audit: 'organisation.removed',
			async handle({ by, workspace, organisations, params }) {
				await reach(workspace.id, params.id, organisations);
				const { connection, atXero } = await organisationChanges.disconnect(
					by,
					workspace,
					params.id,
				);
				if (atXero.kind !== 'left') return undefined;
				const name = connectionName(connection);
				const { tenantId } = connection;
				return answerWith(200, { stillAtXero: [{ tenantId, name, reason: atXero.reason }] });
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/connections/{id}/reconnect',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Begins a consent that replaces the connection’s tokens',
			status: 200,
			answer: AuthorizeUrlAnswer,
			refusals: UNKNOWN,
			audit: 'organisation.reconnect_started',
			async handle({ by, workspace, organisations, params }) {
				await reach(workspace.id, params.id, organisations);
				const { authorizeUrl } = await organisationChanges.startReconnect(by, workspace, params.id);
				return { authorizeUrl };
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/connections/{id}/token',
			access: 'workspace',
			needs: { scope: 'token', organisations: 'narrowed' },
			summary: 'An access token that is good for two more minutes at least',
			status: 200,
			answer: TokenAnswer,
			isSecret: true,
			refusals: { ...UNKNOWN, ...NO_TOKEN },
			audit: 'token.read',
			async handle({ by, workspace, organisations, params }) {
				await reach(workspace.id, params.id, organisations);
				return secretReads.token(by, workspace, params.id);
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/connections/{id}/export',
			access: 'workspace',
			needs: { scope: 'token', organisations: 'narrowed' },
			summary: 'The secret set that other tools ask for',
			description:
				'Access token, scope, expiry, client id and tenant URL; with an admin key also client secret and webhook key. Never the refresh token.',
			status: 200,
			answer: ExportAnswer,
			isSecret: true,
			refusals: { ...UNKNOWN, ...NO_TOKEN },
			audit: 'secrets.exported',
			async handle({ by, workspace, organisations, caller, params }) {
				await reach(workspace.id, params.id, organisations);
				const exported = await secretReads.exported(by, workspace, params.id);
				const { clientSecret, webhookKey, ...forAll } = exported;
				return { ...forAll, ...(caller === 'admin' && { clientSecret, webhookKey }) };
			},
		}),
	]);
}

const ADMINS_POLICY =
	'What automation may write is for an admin key (xha_…), or an owner in the portal, to say: an API key was shown.';

function show(connection: Connection, asked: readonly string[], budget: DayBudget | undefined) {
	const { id, tenantId, tenantName, tenantType, enabled, syncs, status, writePolicy } = connection;
	const iso = (at: number) => new Date(at).toISOString();
	const dayBudget = budget && {
		left: budget.left,
		at: iso(budget.at),
		fullAt: budget.fullAt === undefined ? null : iso(budget.fullAt),
	};
	return {
		id,
		tenantId,
		tenantName,
		tenantType,
		enabled,
		heldAt: connection.heldAt === undefined ? null : iso(connection.heldAt),
		replacementAskedAt:
			connection.replacement === undefined ? null : iso(connection.replacement.askedAt),
		externalUserId: connection.externalUserId ?? null,
		syncs,
		writePolicy,
		grantedScopes: [...connection.grantedScopes],
		missingScopes: missingScopes(connection.grantedScopes, asked),
		status,
		dayBudget: dayBudget ?? null,
	};
}
