import { sql } from 'kysely';
import { indexOnly } from '../../hub-server/src/relay/byIndexOnly';
import { dueQueues, oldestDue } from '../../hub-server/src/relay/dueQueues';
import { ENGINES } from '../support/freshLedger';
import { ledgerFixture, type LedgerFixture } from './ledgerFixture';
import { fillDeliveries } from '../support/fillDeliveries';

/** Waiting, of which a claim takes a few: a plan that sorts or filters shows at once. */
const DUE = 5_000;
const LATER = 5_000;
const TAKEN = 32;

/**
 * How the two questions of a claim are answered when the planner was last told that nothing waits: an
 * autovacuum does so on a quiet night, and then a burst comes.
 */
describe.each(ENGINES)(
	'the plan of a claim on %s, with statistics of when nothing waited',
	(engine) => {
		let f: LedgerFixture;
		let subscriptionIds: string[];
		beforeAll(async () => {
			f = await ledgerFixture(engine);
			if (engine === 'postgres') {
				await sql`alter table deliveries set (autovacuum_enabled = false)`.execute(f.db);
			}
			subscriptionIds = [];
			for (const name of ['busy', 'later', 'idle']) {
				const { id } = await f.subscribe(['*'], { url: `https://n8n.example.com/${name}` });
				subscriptionIds.push(id);
			}
			const [busy = '', later = ''] = subscriptionIds;
			const { id: workspaceId } = f.workspace;
			await fillDeliveries(f.db, { workspaceId, subscriptionId: busy, count: DUE, nextAt: 0 });
			await f.db.updateTable('deliveries').set({ status: 'delivered' }).execute();
			if (engine === 'postgres') await sql`vacuum full deliveries`.execute(f.db);
			await sql`analyze`.execute(f.db);
			await fillDeliveries(f.db, {
				workspaceId,
				subscriptionId: busy,
				count: DUE,
				nextAt: f.now(),
			});
			await fillDeliveries(f.db, {
				workspaceId,
				subscriptionId: later,
				count: LATER,
				nextAt: f.now() + 3_600_000,
			});
		});
		afterAll(() => f.close());

		const questions = () => [
			['which subscriptions have something due', dueQueues(engine, f.now()), 1] as const,
			[
				'the oldest of what is due',
				oldestDue(engine, new Map(subscriptionIds.map((id) => [id, TAKEN])), f.now()),
				TAKEN,
			] as const,
		];

		if (engine === 'postgres') {
			it('visits no more than twice the rows that it takes', async () => {
				for (const [what, question, taken] of questions()) {
					const plan = await f.db.transaction().execute(async (tx) => {
						await indexOnly(tx, engine);
						const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>`
						explain (analyze, format json) ${question}`.execute(tx);
						return rows[0]?.['QUERY PLAN'][0].Plan as PlanNode;
					});

					expect([what, rowsVisited(plan)]).toEqual([what, expect.any(Number)]);
					expect(rowsVisited(plan)).toBeGreaterThan(0);
					expect(rowsVisited(plan)).toBeLessThanOrEqual(2 * taken);
				}
			});

			it('would visit all of them where the planner has its way (the control of the above)', async () => {
				const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>`
				explain (analyze, format json)
				select id from deliveries d where status = 'pending' and next_at <= ${f.now()}
				order by subscription_id, next_at limit ${TAKEN}`.execute(f.db);

				expect(rowsVisited(rows[0]?.['QUERY PLAN'][0].Plan as PlanNode)).toBeGreaterThan(2 * TAKEN);
			});
		} else {
			it('searches the index of what is due, sorts nothing and scans nothing', async () => {
				for (const [, question] of questions()) {
					const { rows } = await sql<{ detail: string }>`explain query plan ${question}`.execute(
						f.db,
					);
					const ofDeliveries = rows.filter(({ detail }) => /\bd\b/.test(detail));

					expect(ofDeliveries.length).toBeGreaterThan(0);
					for (const { detail } of ofDeliveries) {
						expect(detail).toMatch(
							/^SEARCH d USING INDEX deliveries_due_by_subscription \(subscription_id=\? AND next_at<\?\)$/,
						);
					}
					expect(rows.map(({ detail }) => detail).join()).not.toContain('TEMP B-TREE');
				}
			});
		}
	},
);

interface PlanNode {
	readonly 'Relation Name'?: string;
	readonly 'Actual Rows': number;
	readonly 'Actual Loops': number;
	readonly 'Rows Removed by Filter'?: number;
	readonly 'Rows Removed by Index Recheck'?: number;
	readonly Plans?: readonly PlanNode[];
}

/** Of the deliveries, by every node that reads them. */
function rowsVisited(node: PlanNode): number {
	const below = (node.Plans ?? []).reduce((sum, plan) => sum + rowsVisited(plan), 0);
	if (node['Relation Name'] !== 'deliveries') return below;
	const removed =
		(node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
	return below + (node['Actual Rows'] + removed) * node['Actual Loops'];
}
