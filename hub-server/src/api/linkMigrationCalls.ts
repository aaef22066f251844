import { z } from 'zod';
import type { LinkMigrationChanges } from '../administration/linkMigrationChanges';
import { answerWith, defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import { LINKED_ENTITIES } from '../links/Link';
import type { LinkMigration, LinkMigrations } from '../links/linkMigrations';
import { Page, pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { nullableTime, time } from './times';

export interface LinkMigrationCallsDeps {
	readonly linkMigrations: Pick<LinkMigrations, 'get' | 'list'>;
	readonly linkMigrationChanges: LinkMigrationChanges;
}

const MigrationWish = z.object({
	toTenantId: z.guid('must be the id of an organisation'),
	system: z.string().min(1).max(60).optional().describe('absent: of all'),
	entity: z.enum(LINKED_ENTITIES).optional().describe('absent: of all'),
	dryRun: z.boolean().default(false).describe('changes nothing, and asks nothing of Xero'),
});

const MigrationAnswer = z.object({
	id: z.string(),
	toTenantId: z.string(),
	system: z.string().nullable(),
	entity: z.string().nullable(),
	dryRun: z.boolean(),
	status: z.enum(['running', 'finished', 'reverted']),
	counts: z.object({
		links: z.number().describe('of no organisation yet, when it began'),
		records: z.number().describe('of Xero’s, that they link to'),
		found: z.number().describe('the organisation has their record'),
		missing: z.number().describe('it has not: they stay of no organisation'),
		unknown: z.number().describe('of a dry run: only Xero could say, which a migration asks'),
	}),
	conflicts: z
		.array(z.object({ entity: z.string(), externalId: z.string(), reason: z.string() }))
		.describe('the first 1,000; they stay as they are'),
	calls: z.number().describe('of Xero’s; of a dry run, what the migration would take'),
	error: z.string().nullable().describe('why it does not go on now; it goes on by itself'),
	createdAt: time,
	finishedAt: nullableTime,
	revertedAt: nullableTime,
});

/** `/api/v1/migrate…`: links of no organisation get one. */
export function createLinkMigrationCalls(deps: LinkMigrationCallsDeps) {
	const { linkMigrations, linkMigrationChanges } = deps;
	return groupCalls('Links', [
		defineCall({
			method: 'get',
			path: '/api/v1/migrate',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'all' },
			summary: 'Lists migrations of links, newest first',
			query: Page,
			status: 200,
			answer: pageOf(MigrationAnswer),
			async handle({ workspace, query }) {
				const { items, nextCursor } = await linkMigrations.list(workspace.id, query);
				return { items: items.map(show), nextCursor };
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/migrate',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'all' },
			summary: 'Assigns links of no organisation to one',
			description:
				'Each record is looked up in the organisation first: what the hub knows of it is asked for nothing, the rest is read from Xero in batches. It goes on in the background, after a restart too. Repeated with the same Idempotency-Key it answers the migration that it made.',
			body: MigrationWish,
			status: 202,
			answer: MigrationAnswer,
			alsoAnswers: {
				200: { when: 'It is over, as a dry run usually is', answer: MigrationAnswer },
			},
			refusals: {
				404: 'An organisation that is not connected',
				409: 'A migration to it is under way: run_under_way, with runId',
			},
			audit: 'links.migrated',
			async handle({ by, workspace, body, header }) {
				const key = header('idempotency-key')?.slice(0, 200);
				const migration = await linkMigrationChanges.start(by, workspace, body, key);
				return migration.status === 'running' ? show(migration) : answerWith(200, show(migration));
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/migrate/{id}',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'all' },
			summary: 'One migration, and how far it is',
			status: 200,
			answer: MigrationAnswer,
			refusals: UNKNOWN,
			handle: async ({ workspace, params }) =>
				show(await linkMigrations.get(workspace.id, params.id)),
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/migrate/{id}/revert',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'all' },
			summary: 'Takes its links back out of the organisation',
			status: 200,
			answer: MigrationAnswer,
			refusals: {
				...UNKNOWN,
				409: 'Links of it were pushed since (links_used), it is under way, or other links have their place',
			},
			audit: 'links.migration_reverted',
			handle: async ({ by, workspace, params }) =>
				show(await linkMigrationChanges.revert(by, workspace, params.id)),
		}),
	]);
}

function show(migration: LinkMigration) {
	return {
		...migration,
		createdAt: new Date(migration.createdAt).toISOString(),
		finishedAt: iso(migration.finishedAt),
		revertedAt: iso(migration.revertedAt),
	};
}

function iso(at: number | null): string | null {
	return at === null ? null : new Date(at).toISOString();
}
