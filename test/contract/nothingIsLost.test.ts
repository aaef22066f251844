import fc from 'fast-check';
import type { DueDelivery } from '../../hub-server/src/relay/DueDelivery';
import { judgeAttempt } from '../../hub-server/src/relay/judgeAttempt';
import { anEvent, CLAIM, ledgerFixture, type LedgerFixture } from './ledgerFixture';

type Step =
	| { readonly kind: 'payload'; readonly events: number }
	| { readonly kind: 'repeat'; readonly of: number }
	/** A process claims and dies: the lease has to run out. */
	| { readonly kind: 'claimAndCrash'; readonly limit: number }
	| { readonly kind: 'attempt'; readonly limit: number; readonly status: number }
	/** Never the five days after which a failing workflow is disabled. */
	| { readonly kind: 'wait'; readonly minutes: number }
	| { readonly kind: 'replay'; readonly of: number };

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ kind: fc.constant('payload' as const), events: fc.integer({ min: 0, max: 4 }) }),
	fc.record({ kind: fc.constant('repeat' as const), of: fc.nat(9) }),
	fc.record({ kind: fc.constant('claimAndCrash' as const), limit: fc.integer({ min: 1, max: 3 }) }),
	fc.record({
		kind: fc.constant('attempt' as const),
		limit: fc.integer({ min: 1, max: 5 }),
		status: fc.constantFrom(200, 200, 204, 404, 500, 503),
	}),
	fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 60 }) }),
	fc.record({ kind: fc.constant('replay' as const), of: fc.nat(9) }),
);

describe('whatever happens between two crashes', () => {
	it('every accepted event ends delivered or dead, once per subscription, and none is invented', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
				const f = await ledgerFixture('sqlite');
				try {
					await f.subscribe(['*'], { url: 'https://n8n.example.com/a' });
					await f.subscribe(['contact.updated'], { url: 'https://n8n.example.com/b' });
					const accepted = await play(f, steps);
					await drain(f);

					const deliveries = await f.db.selectFrom('deliveries').selectAll().execute();
					const events = await f.db.selectFrom('events').select(['id', 'resource_id']).execute();
					expect(events.map((event) => event.resource_id).sort()).toEqual([...accepted].sort());
					for (const { id } of events) {
						const firsts = deliveries.filter(
							(delivery) => delivery.event_id === id && delivery.replay_of === null,
						);
						expect(firsts).toHaveLength(2);
					}
					for (const { status, attempt } of deliveries) {
						expect(['delivered', 'dead']).toContain(status);
						expect(attempt).toBeGreaterThan(0);
					}
				} finally {
					await f.close();
				}
			}),
			{ numRuns: 25 },
		);
	}, 120_000);
});

/** @returns the resource ids of all events that were put into the inbox */
async function play(f: LedgerFixture, steps: readonly Step[]): Promise<Set<string>> {
	const payloads: ReturnType<typeof anEvent>[][] = [];
	for (const one of steps) {
		switch (one.kind) {
			case 'payload':
				payloads.push(Array.from({ length: one.events }, () => anEvent()));
				await f.accept(payloads.at(-1) ?? []);
				break;
			case 'repeat':
				if (payloads.length > 0) await f.accept(payloads[one.of % payloads.length] ?? []);
				break;
			case 'claimAndCrash':
				await f.deliveries.claim({ ...CLAIM, limit: one.limit });
				break;
			case 'attempt':
				for (const delivery of await f.deliveries.claim({ ...CLAIM, limit: one.limit })) {
					await attempt(f, delivery, one.status);
				}
				break;
			case 'wait':
				f.advance(one.minutes * 60_000);
				break;
			case 'replay': {
				const { items } = await f.reader.deliveries(f.workspace.id, { limit: 10 });
				const [chosen] = items.slice(one.of % Math.max(items.length, 1));
				if (chosen) await f.replays.replayDelivery(f.workspace.id, chosen.id);
				break;
			}
		}
	}
	return new Set(payloads.flat().map(({ resourceId }) => resourceId));
}

async function attempt(f: LedgerFixture, delivery: DueDelivery, status: number): Promise<void> {
	const result = { startedAt: f.now(), ms: 1, statusCode: status };
	await f.deliveries.finish(delivery, judgeAttempt(result, delivery.attempt, 0.5), result);
}

/** n8n answers from now on: what is still waiting is delivered as its time comes. */
async function drain(f: LedgerFixture): Promise<void> {
	for (let round = 0; round < 200; round += 1) {
		const due = await f.deliveries.claim(CLAIM);
		for (const delivery of due) await attempt(f, delivery, 200);
		const { items: waiting } = await f.reader.deliveries(f.workspace.id, {
			limit: 1,
			status: 'pending',
		});
		if (waiting.length === 0) return;
		if (due.length === 0) f.advance(3600_000);
	}
	throw new Error('Something waits for ever');
}
