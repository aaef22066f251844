import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { PushChanges } from '../administration/pushChanges';
import { answerWith, defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { KeyOrganisations } from '../http/KeyOrganisations';
import { LINKED_ENTITIES } from '../links/Link';
import { MAX_EXTERNAL_ID, MAX_SYSTEM } from '../links/readLinkRows';
import { MOST_PUSHED, type Push, type PushItem } from '../push/Push';
import type { PushRequest, PushStore } from '../push/PushStore';
import { readCause } from '../xero/api/WriteCause';
import { Page, pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { nullableTime, time } from './times';

export interface PushCallsDeps {
	readonly pushes: PushStore;
	readonly pushChanges: PushChanges;
}

/** Half an hour of a person's patience is none of a connection's. */
const MAX_WAIT_SECONDS = 60;

const MAX_BODY_BYTES = 5 * 1024 * 1024;

const STATES = [
	...(['synced', 'unchanged', 'warning', 'pending', 'unmapped', 'conflict'] as const),
	...(['failed', 'skipped', 'undone'] as const),
] as const;

const REPEATED = ['failed', 'unmapped', 'conflict', 'pending', 'skipped'] as const;

const Entity = z.enum(LINKED_ENTITIES);

const System = z
	.string()
	.trim()
	.min(1)
	.max(MAX_SYSTEM)
	.refine((text) => text !== '*', 'must name the other system')
	.describe('the other system, as you name it, such as crm');

const NewPush = z.object({
	tenantId: z.guid('must be the id of an organisation'),
	system: System,
	entity: Entity,
	records: z
		.array(
			z.strictObject({
				externalId: z.string().trim().min(1).max(MAX_EXTERNAL_ID),
				fields: z
					.record(z.string(), z.unknown())
					.describe('in Xero’s member names; absent: unchanged, null clears'),
				modifiedAt: z.iso
					.datetime({ offset: true })
					.optional()
					.describe('the other system’s time of change; the policy latest needs it'),
			}),
		)
		.min(1)
		.max(MOST_PUSHED),
	codes: z
		.enum(['mapped', 'xero'])
		.default('mapped')
		.describe('whether codes are keys of mappings, or Xero’s own'),
	mode: z.enum(['upsert', 'create', 'update']).default('upsert'),
	policy: z
		.enum(['xero', 'external', 'latest', 'ask'])
		.default('ask')
		.describe('whose word counts where both sides changed one member'),
	matchBy: z
		.array(z.string().min(1).max(100))
		.max(10)
		.default([])
		.describe('members by which a record without a link is looked for before it is made'),
	rounding: z
		.enum(['warn', 'tax', 'line', 'refuse'])
		.default('warn')
		.describe('what is done where Xero’s total is not the other system’s'),
	dryRun: z.boolean().default(false),
});

const ItemAnswer = z.object({
	externalId: z.string(),
	state: z.enum(STATES),
	xeroId: z.string().nullable(),
	change: z.enum(['created', 'updated', 'deleted']).nullable(),
	message: z.string().nullable(),
	nextStep: z.string().nullable(),
	attempt: z.number(),
	detail: z
		.record(z.string(), z.unknown())
		.nullable()
		.describe('unmapped codes, both sides of a conflict, totals, and what a dry run would send'),
});

const PushAnswer = z.object({
	id: z.string(),
	kind: z.enum(['push', 'undo']),
	undoOf: z.string().nullable(),
	tenantId: z.string(),
	system: z.string(),
	entity: z.string(),
	options: z.object({
		codes: z.string(),
		mode: z.string(),
		policy: z.string(),
		matchBy: z.array(z.string()),
		rounding: z.string(),
	}),
	dryRun: z.boolean(),
	status: z.enum(['running', 'finished']),
	waitingFor: z.enum(['day_budget', 'minute', 'reauth', 'lease']).nullable(),
	error: z.string().nullable().describe('why it does not go on now, and what to do'),
	resumesAt: nullableTime,
	calls: z.number().describe('of Xero’s, so far'),
	cause: z.object({ workflow: z.string().nullable(), node: z.string().nullable() }),
	counts: z.record(z.string(), z.number()).describe('records by state'),
	createdAt: time,
	finishedAt: nullableTime,
});

const PushWithItems = PushAnswer.extend({
	items: z.array(ItemAnswer),
	nextCursor: z.string().nullable(),
});

const Began = z.object({ id: z.string() });

const POLL_MS = 200;

/** `/api/v1/pushes…`: records of another system, brought to Xero. */
export function createPushCalls({ pushes, pushChanges }: PushCallsDeps) {
	async function showWhole(workspaceId: string, push: Push) {
		const page = await pushes.items(workspaceId, push.id, {}, { limit: MOST_PUSHED });
		return { ...show(push), items: page.items.map(showItem), nextCursor: page.nextCursor };
	}

	/** @returns the push once it has finished, or undefined after so long */
	async function finished(workspaceId: string, id: string, seconds: number) {
		for (let left = seconds * 1_000; ; left -= POLL_MS) {
			const push = await pushes.get(workspaceId, id);
			if (push.status === 'finished') return push;
			if (left <= 0) return undefined;
			await delay(POLL_MS);
		}
	}

	/** @throws NotFoundError, OrganisationNotAllowedError */
	async function reach(workspaceId: string, id: string, organisations: KeyOrganisations) {
		const push = await pushes.get(workspaceId, id);
		organisations.require(push.tenantId);
		return push;
	}

	return groupCalls('Pushes', [
		defineCall({
			method: 'post',
			path: '/api/v1/pushes',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Brings records of another system to Xero',
			description:
				'A record that has a link is changed, and one that has none is made; what Xero has already is found first, so that ' +
				'nothing is made twice. The header Prefer: wait=n (60 at most) answers when all are done; else the id is ' +
				'answered, and the push goes on by itself. Idempotency-Key is kept for 24 hours. Xero-Hub-Cause names the workflow and node.',
			body: NewPush,
			mostBytes: MAX_BODY_BYTES,
			status: 202,
			answer: Began,
			alsoAnswers: {
				200: { when: 'It has finished within Prefer: wait=n', answer: PushWithItems },
			},
			refusals: {
				400: 'Not a push; each record that is at fault is named with its row',
				404: 'An organisation that is not connected',
				409: 'The organisation is switched off',
				422: 'The Idempotency-Key came with another request',
				429: 'The workspace has as many pushes under way, or records kept, as it may have',
			},
			audit: 'push.begun',
			async handle({ by, workspace, organisations, body, header }) {
				const { records, ...wish } = body;
				organisations.require(wish.tenantId);
				const push = await pushChanges.begin(
					by,
					workspace,
					{
						...wish,
						records: records.map(({ modifiedAt, ...record }) => ({
							...record,
							modifiedAt: modifiedAt === undefined ? null : Date.parse(modifiedAt),
						})),
					},
					requestOf(header),
				);
				const seconds = waitOf(header('prefer'));
				const done = await finished(workspace.id, push.id, seconds);
				return done === undefined
					? { id: push.id }
					: answerWith(200, await showWhole(workspace.id, done));
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/pushes',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'narrowed' },
			summary: 'Lists pushes, newest first',
			query: Page.extend({
				tenantId: z.string().max(100).optional(),
				system: z.string().max(MAX_SYSTEM).optional(),
				entity: Entity.optional(),
				status: z.enum(['running', 'finished']).optional(),
				state: z.enum(STATES).optional().describe('those that have a record in it'),
			}),
			status: 200,
			answer: pageOf(PushAnswer),
			async handle({ workspace, organisations, query }) {
				const { cursor, limit, tenantId, ...filter } = query;
				const page = await pushes.list(
					workspace.id,
					{ ...filter, tenantId: tenantId?.toLowerCase(), ...organisations.narrow(tenantId) },
					{ cursor, limit },
				);
				return { items: page.items.map(show), nextCursor: page.nextCursor };
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/pushes/{id}',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'narrowed' },
			summary: 'One push, with a page of its records',
			query: Page.extend({
				state: z.enum(STATES).optional().describe('only records in this state'),
			}),
			status: 200,
			answer: PushWithItems,
			refusals: UNKNOWN,
			async handle({ workspace, organisations, params, query }) {
				const { state, ...page } = query;
				const push = await reach(workspace.id, params.id, organisations);
				const { items, nextCursor } = await pushes.items(
					workspace.id,
					push.id,
					{ states: state && [state] },
					page,
				);
				return { ...show(push), items: items.map(showItem), nextCursor };
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/pushes/{id}/retry',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Takes records of a push up once more',
			description:
				'Such as after their codes were mapped. What was made already is not made twice.',
			body: z.object({
				states: z
					.array(z.enum(REPEATED))
					.min(1)
					.optional()
					.describe('which; all but those that were skipped unless it says so'),
			}),
			status: 202,
			answer: z.object({ id: z.string(), records: z.number() }),
			refusals: { ...UNKNOWN, 409: 'A dry run' },
			audit: 'push.retried',
			async handle({ by, workspace, organisations, params, body }) {
				const { id } = await reach(workspace.id, params.id, organisations);
				return { id, records: await pushChanges.retry(by, workspace, id, body.states) };
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/pushes/{id}/undo',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Takes back what a push did, as far as Xero allows',
			description:
				'A push of its own, of the kind undo; GET it to see what could not be taken back.',
			status: 202,
			answer: Began,
			refusals: {
				...UNKNOWN,
				409: 'It still runs, was a dry run, or is an undo',
				429: 'The workspace has as many pushes under way as it may have',
			},
			audit: 'push.undone',
			async handle({ by, workspace, organisations, params, header }) {
				await reach(workspace.id, params.id, organisations);
				const { id } = await pushChanges.undo(by, workspace, params.id, requestOf(header));
				return { id };
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/pushes/{id}/items/{externalId}/resolve',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Ends a conflict by saying whose values count',
			body: z.object({ use: z.enum(['xero', 'external']) }),
			status: 200,
			answer: ItemAnswer,
			refusals: { ...UNKNOWN, 409: 'The record is in no conflict' },
			audit: 'push.resolved',
			async handle({ by, workspace, organisations, params: { id, externalId }, body }) {
				await reach(workspace.id, id, organisations);
				return showItem(await pushChanges.resolve(by, workspace, { id, externalId }, body.use));
			},
		}),
	]);
}

function requestOf(header: (name: string) => string | undefined): PushRequest {
	return {
		cause: readCause(header('xero-hub-cause')),
		idempotencyKey: header('idempotency-key')?.slice(0, 200),
	};
}

/** @param prefer such as `wait=30` (RFC 7240) */
function waitOf(prefer: string | undefined): number {
	const seconds = /(?:^|[,;\s])wait=(\d{1,6})/i.exec(prefer ?? '')?.[1];
	return Math.min(Number(seconds ?? 0), MAX_WAIT_SECONDS);
}

function show(push: Push) {
	const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
	return {
		...push,
		resumesAt: iso(push.resumesAt),
		createdAt: new Date(push.createdAt).toISOString(),
		finishedAt: iso(push.finishedAt),
	};
}

function showItem(item: PushItem) {
	return { ...item, detail: item.detail && { ...item.detail } };
}
