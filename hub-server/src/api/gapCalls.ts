import { z } from 'zod';
import { describeGap } from '../gaps/describeGap';
import type { Gap } from '../gaps/Gap';
import type { GapReader } from '../gaps/gapReader';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import { Page, pageOf } from './paging';
import { nullableTime, time } from './times';

export interface GapCallsDeps {
	readonly gaps: GapReader;
}

const GapAnswer = z.object({
	id: z.string(),
	tenantId: z.string(),
	kind: z
		.enum(['outage', 'sequence', 'silence', 'disabled'])
		.describe(
			'what told of it: the hub did not run; numbers of Xero’s are missing; a sync found what no webhook told; ' +
				'Xero may have switched the webhook off',
		),
	from: time,
	until: time,
	state: z.enum(['found', 'repairing', 'repaired', 'waiting']),
	waitingFor: z
		.enum(['day_budget', 'minute', 'reauth', 'lease', 'failed', 'sync_off'])
		.nullable()
		.describe('null unless it waits'),
	resumesAt: nullableTime,
	foundAt: time,
	repairedAt: nullableTime,
	recovered: z
		.object({
			events: z.number().describe('changes that nobody had told, each told once, source "sync"'),
			seen: z.number().describe('records that were read'),
			calls: z.number().describe('of the organisation’s calls of the day'),
		})
		.describe('by all runs; gaps that were repaired together have the same'),
	runs: z.array(
		z.object({
			id: z.string(),
			entity: z.string(),
			status: z.enum(['running', 'succeeded', 'failed', 'waiting']),
			startedAt: time,
			finishedAt: nullableTime,
			calls: z.number(),
			bytes: z.number(),
			seen: z.number(),
			events: z.number(),
			error: z.string().nullable(),
		}),
	),
	message: z.string().describe('what happened and what becomes of it, for people'),
});

/** `GET /api/v1/gaps`: what webhooks may have missed, and how it was made up for. */
export function createGapCalls({ gaps }: GapCallsDeps) {
	return groupCalls('Gaps', [
		defineCall({
			method: 'get',
			path: '/api/v1/gaps',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'narrowed' },
			summary:
				'Lists when webhooks may have been missed, and what was told of it since, newest first',
			query: Page.extend({
				tenantId: z.guid('must be the id of an organisation').optional(),
			}),
			status: 200,
			answer: pageOf(GapAnswer),
			async handle({ workspace, organisations, query }) {
				const { items, nextCursor } = await gaps.list(workspace.id, {
					...query,
					...organisations.narrow(query.tenantId),
				});
				return { items: items.map(show), nextCursor };
			},
		}),
	]);
}

function show(gap: Gap) {
	const sum = (of: 'told' | 'seen' | 'calls') => gap.runs.reduce((all, run) => all + run[of], 0);
	return {
		id: gap.id,
		tenantId: gap.tenantId,
		kind: gap.kind,
		from: iso(gap.from),
		until: iso(gap.until),
		state: gap.state,
		waitingFor: gap.waitingFor,
		resumesAt: isoOrNull(gap.resumesAt),
		foundAt: iso(gap.foundAt),
		repairedAt: isoOrNull(gap.repairedAt),
		recovered: { events: sum('told'), seen: sum('seen'), calls: sum('calls') },
		runs: gap.runs.map(({ told, startedAt, finishedAt, ...run }) => ({
			...run,
			events: told,
			startedAt: iso(startedAt),
			finishedAt: isoOrNull(finishedAt),
		})),
		message: describeGap(gap),
	};
}

function iso(at: number): string {
	return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
	return at === null ? null : iso(at);
}
