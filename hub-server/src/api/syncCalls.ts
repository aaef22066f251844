import { z } from 'zod';
import type { SyncChanges } from '../administration/syncChanges';
import { SyncOffError } from '../errors/syncErrors';
import { answerWith, defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { KeyOrganisations } from '../http/KeyOrganisations';
import { XERO_ENTITIES } from '../records/xeroEntities';
import type { DayPlan } from '../sync/dayPlans';
import type { SyncRun } from '../sync/Stream';
import type { StreamWithRun } from '../sync/streamStore';
import type { SyncSide } from '../sync/SyncSide';
import { Page, pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { nullableTime, time } from './times';

export interface SyncCallsDeps {
	/** Absent: this hub has no sync. */
	readonly sync?: SyncSide | undefined;
	readonly syncChanges: SyncChanges;
}

const ENTITIES = [...XERO_ENTITIES.map(({ entity }) => entity), 'bill'] as const;

/** Every minute to every month. */
const everySeconds = z
	.int()
	.min(60, 'must be 60 at least')
	.max(31 * 86_400, 'must be a month at most')
	.optional();
const cron = z.string().max(100).optional().describe('five fields, such as "0 6 * * 1-5"');
const timeZone = z
	.string()
	.max(100)
	.optional()
	.describe('such as Pacific/Auckland; UTC unless it is set');

const NewSync = z.object({
	tenantId: z.guid('must be the id of an organisation'),
	entity: z.enum(ENTITIES).describe('as event types name it; invoice and bill are one stream'),
	everySeconds: everySeconds.describe('3600 unless it, or cron, is set'),
	cron,
	timeZone,
	enabled: z.boolean().default(true).describe('false: to see what it would cost'),
	tellExisting: z
		.boolean()
		.default(false)
		.describe('whether what the first run finds is told; else it is stored only'),
});

const SyncChange = z.object({
	everySeconds,
	cron,
	timeZone,
	enabled: z.boolean().optional(),
	sweepConfirmed: z
		.boolean()
		.optional()
		.describe('whether a list of more than 20,000 records is read whole every month'),
});

const RunWish = z.object({
	kind: z
		.enum(['delta', 'sweep', 'count'])
		.default('delta')
		.describe('what changed; everything; how many there are'),
	confirmDeletes: z
		.boolean()
		.default(false)
		.describe('whether what a sweep does not find counts as deleted, however much it is'),
});

const RunAnswer = z.object({
	id: z.string(),
	kind: z.enum(['delta', 'sweep', 'count']),
	baseline: z.boolean().describe('it stores, and tells nothing unless tellExisting was asked for'),
	status: z.enum(['running', 'succeeded', 'failed', 'waiting']),
	waitingFor: z.enum(['day_budget', 'minute', 'reauth', 'lease']).nullable(),
	resumesAt: nullableTime,
	startedAt: time,
	finishedAt: nullableTime,
	calls: z.number(),
	bytes: z.number().describe('as Xero sent them'),
	seen: z.number(),
	changed: z.number(),
	deleted: z.number(),
	missing: z.number().nullable().describe('known to Xero and not here; null unless it counted'),
	error: z.string().nullable(),
});

const SyncAnswer = z.object({
	id: z.string(),
	tenantId: z.string(),
	entity: z.string(),
	everySeconds: z.number().nullable(),
	cron: z.string().nullable(),
	timeZone: z.string().nullable(),
	enabled: z.boolean(),
	tellExisting: z.boolean(),
	sweepConfirmed: z.boolean(),
	cursor: nullableTime.describe('everything that changed up to it has been stored'),
	baselineAt: nullableTime.describe('when a run was first complete'),
	known: z.number().describe('records, at the last full read'),
	countedAt: nullableTime.describe('when what Xero has was last compared with what is here'),
	missing: z
		.number()
		.nullable()
		.describe('what that found: in Xero and not here; below 0: here and not in Xero; null before'),
	countsAgreedAt: nullableTime.describe('countedAt, where nothing was missing then'),
	held: z
		.object({ gone: z.number(), foundAt: time })
		.nullable()
		.describe('a full read found so many gone that it asks: run a sweep with confirmDeletes'),
	progress: z
		.object({
			seen: z.number(),
			total: z.number().nullable().describe('records of the list, where Xero says it'),
			perSecond: z.number().nullable(),
			secondsLeft: z.number().nullable(),
		})
		.nullable()
		.describe('of the run under way; what is not known is null'),
	sweptAt: nullableTime.describe('when the list was last read whole'),
	nextRunAt: nullableTime,
	lastRun: RunAnswer.nullable(),
	plannedEverySeconds: z
		.number()
		.nullable()
		.describe(
			'everySeconds, stretched where the calls of a day do not suffice for all; null for cron',
		),
	estimate: z
		.object({ callsADay: z.number(), bytesADay: z.number() })
		.describe('of the plan, stretched'),
	budget: z
		.object({
			callsADay: z.number().describe('half of Xero’s: the other half stays for workflows'),
			usedCalls: z.number().describe('by all syncs of the organisation, in the last 24 hours'),
			usedBytes: z.number(),
			plannedCalls: z.number().describe('what all its syncs cost in a day'),
			plannedBytes: z.number(),
			xeroCallsADay: z.number().describe('what Xero allows by the tier of the app'),
			workflowCalls: z
				.number()
				.nullable()
				.describe('of Xero’s last day and no sync’s, about; null before Xero said anything today'),
		})
		.describe('of the organisation'),
});

/** `/api/v1/syncs…`: what is kept up to date on a schedule. */
export function createSyncCalls(deps: SyncCallsDeps) {
	const { syncChanges } = deps;

	function side(): SyncSide {
		if (deps.sync === undefined) throw new SyncOffError();
		return deps.sync;
	}

	async function show(
		{ stream, lastRun, lastCount, held }: StreamWithRun,
		dayPlan = side().dayPlanOf(stream.connectionId),
	) {
		const { plan } = stream;
		const { budget, intervals, planned: total, xeroCallsADay, workflowCalls } = await dayPlan;
		const everySeconds = 'everySeconds' in plan ? plan.everySeconds : null;
		const planned = intervals.get(stream.id) ?? everySeconds;
		return {
			id: stream.id,
			tenantId: stream.tenantId,
			entity: stream.entity.entity,
			everySeconds,
			cron: 'cron' in plan ? plan.cron : null,
			timeZone: 'cron' in plan ? plan.timeZone : null,
			enabled: stream.enabled,
			tellExisting: stream.tellExisting,
			sweepConfirmed: stream.sweepConfirmed,
			cursor: iso(stream.since),
			baselineAt: iso(stream.baselineAt),
			known: stream.known,
			countedAt: iso(lastCount?.finishedAt ?? null),
			missing: lastCount?.missing ?? null,
			countsAgreedAt: lastCount?.missing === 0 ? iso(lastCount.finishedAt) : null,
			held: held && {
				gone: -(held.missing ?? 0),
				foundAt: new Date(held.finishedAt ?? held.startedAt).toISOString(),
			},
			progress: side().progressOf(stream, lastRun),
			sweptAt: iso(stream.sweptAt),
			nextRunAt: iso(stream.nextAt),
			lastRun: lastRun && showRun(lastRun),
			plannedEverySeconds: planned,
			estimate: side().estimate({
				...stream,
				...(planned !== null && { plan: { everySeconds: planned } }),
			}),
			budget: {
				callsADay: budget.callsADay,
				usedCalls: budget.usedCalls,
				usedBytes: budget.usedBytes,
				plannedCalls: total.callsADay,
				plannedBytes: total.bytesADay,
				xeroCallsADay,
				workflowCalls,
			},
		};
	}

	/** @throws SyncOffError, NotFoundError, OrganisationNotAllowedError */
	async function reach(workspaceId: string, id: string, organisations: KeyOrganisations) {
		const sync = await side().streams.get(workspaceId, id);
		organisations.require(sync.stream.tenantId);
		return sync;
	}

	return groupCalls('Syncs', [
		defineCall({
			method: 'get',
			path: '/api/v1/syncs',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'narrowed' },
			summary: 'Lists what is kept up to date on a schedule, newest first',
			query: Page,
			status: 200,
			answer: pageOf(SyncAnswer),
			refusals: OFF,
			async handle({ workspace, organisations, query }) {
				const { items, nextCursor } = await side().streams.list(workspace.id, {
					...query,
					...organisations.narrow(),
				});
				const plans = new Map<string, Promise<DayPlan>>();
				const planOf = (connectionId: string) => {
					const plan = plans.get(connectionId) ?? side().dayPlanOf(connectionId);
					plans.set(connectionId, plan);
					return plan;
				};
				const shown = items.map((item) => show(item, planOf(item.stream.connectionId)));
				return { items: await Promise.all(shown), nextCursor };
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/syncs',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Keeps one entity of an organisation up to date',
			description:
				'The first run stores what is there and tells nothing of it, unless tellExisting is set. One that ' +
				'exists is answered 200 as it is.',
			body: NewSync,
			status: 201,
			answer: SyncAnswer,
			alsoAnswers: { 200: { when: 'It was there', answer: SyncAnswer } },
			refusals: {
				...OFF,
				400: 'Not a plan that can be kept',
				404: 'An organisation that is not connected',
				429: 'The workspace has as many syncs as it may have',
			},
			audit: 'sync.created',
			async handle({ by, workspace, organisations, body }) {
				organisations.require(body.tenantId);
				const { isNew, sync } = await syncChanges.create(by, workspace, body);
				return isNew ? show(sync) : answerWith(200, await show(sync));
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/syncs/{id}',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'narrowed' },
			summary: 'One sync, with its last run and what it costs',
			status: 200,
			answer: SyncAnswer,
			refusals: { ...OFF, ...UNKNOWN },
			handle: async ({ workspace, organisations, params }) =>
				show(await reach(workspace.id, params.id, organisations)),
		}),
		defineCall({
			method: 'patch',
			path: '/api/v1/syncs/{id}',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Changes when a sync runs, or switches it',
			body: SyncChange,
			status: 200,
			answer: SyncAnswer,
			refusals: { ...OFF, ...UNKNOWN, 400: 'Not a plan that can be kept' },
			audit: 'sync.changed',
			async handle({ by, workspace, organisations, params: { id }, body }) {
				await reach(workspace.id, id, organisations);
				return show(await syncChanges.change(by, workspace, id, body));
			},
		}),
		defineCall({
			method: 'delete',
			path: '/api/v1/syncs/{id}',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Removes a sync; what it has read stays known',
			status: 204,
			refusals: { ...OFF, ...UNKNOWN },
			audit: 'sync.removed',
			async handle({ by, workspace, organisations, params: { id } }) {
				await reach(workspace.id, id, organisations);
				await syncChanges.remove(by, workspace, id);
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/syncs/{id}/run',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Runs a sync now',
			body: RunWish,
			status: 202,
			answer: z.object({ runId: z.string() }),
			refusals: {
				...UNKNOWN,
				409: 'A run is under way (its runId is named), or the organisation is switched off',
			},
			audit: 'sync.run',
			async handle({ by, workspace, organisations, params: { id }, body }) {
				await reach(workspace.id, id, organisations);
				return { runId: await syncChanges.run(by, workspace, id, body) };
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/syncs/{id}/runs',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'narrowed' },
			summary: 'The runs of a sync, newest first',
			query: Page,
			status: 200,
			answer: pageOf(RunAnswer),
			refusals: { ...OFF, ...UNKNOWN },
			async handle({ workspace, organisations, params, query }) {
				await reach(workspace.id, params.id, organisations);
				const { items, nextCursor } = await side().streams.runs(workspace.id, params.id, query);
				return { items: items.map(showRun), nextCursor };
			},
		}),
	]);
}

const OFF = { 409: 'This hub runs without sync' } as const;

function showRun({ isBaseline, ...run }: SyncRun) {
	return {
		...run,
		baseline: isBaseline,
		resumesAt: iso(run.resumesAt),
		startedAt: new Date(run.startedAt).toISOString(),
		finishedAt: iso(run.finishedAt),
	};
}

function iso(at: number | null): string | null {
	return at === null ? null : new Date(at).toISOString();
}
