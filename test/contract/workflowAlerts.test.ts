import { createAlertLedger } from '../../hub-server/src/alerts/alertLedger';
import type { Verdict } from '../../hub-server/src/relay/deliveryLedger';
import { createFindWorkflowTroubles } from '../../hub-server/src/subscriptions/workflowTroubles';
import { BREAKER_THRESHOLD } from '../../hub-server/src/subscriptions/breaker';
import { ENGINES } from '../support/freshLedger';
import { anEvent, CLAIM, ledgerFixture, START, type LedgerFixture } from './ledgerFixture';

const URL = 'https://n8n.example.com/webhook/one';
const DAY = 24 * 3600_000;

const REFUSED = { startedAt: START, ms: 3, statusCode: 404 };
const GIVEN_UP = { kind: 'dead', reason: 'Ten attempts failed.' } as const;

describe.each(ENGINES)('the alerts about workflows on %s', (engine) => {
	let hub: LedgerFixture;
	let alerts: ReturnType<typeof createAlertLedger>;
	beforeEach(async () => {
		hub = await ledgerFixture(engine);
		alerts = createAlertLedger({ ...hub, findTroubles: createFindWorkflowTroubles(hub) });
	});
	afterEach(() => hub.close());

	const open = () => alerts.listOpen(hub.workspace.id);

	/** Ends so many attempts of what is due with this verdict. */
	async function attempt(verdict: Verdict, times = 1): Promise<void> {
		for (let done = 0; done < times; done += 1) {
			const [delivery] = await hub.deliveries.claim({ ...CLAIM, limit: 1 });
			if (delivery === undefined) throw new Error('Nothing was due.');
			const isFine = verdict.kind === 'delivered';
			await hub.deliveries.finish(delivery, verdict, {
				...REFUSED,
				...(isFine && { statusCode: 200 }),
			});
		}
	}

	it('say nothing while deliveries only fail now and then', async () => {
		await hub.subscribe(['*']);
		await hub.accept([anEvent()]);

		await attempt({ kind: 'retry', delayMs: 0 }, BREAKER_THRESHOLD - 1);

		expect(await open()).toEqual([]);
	});

	it('tell that a workflow fails, since when and how, until it works again', async () => {
		const { id } = await hub.subscribe(['*']);
		await hub.accept([anEvent()]);
		await attempt({ kind: 'retry', delayMs: 0 });
		hub.advance(1_000);
		await attempt({ kind: 'retry', delayMs: 0 }, BREAKER_THRESHOLD - 1);

		expect(await open()).toEqual([
			{
				id: `workflow_paused-${id}`,
				kind: 'workflow_paused',
				subject: id,
				message: expect.stringContaining(
					`The workflow at ${URL} has failed 5 times in a row. It last answered 404.`,
				),
				raisedAt: new Date(START).toISOString(),
			},
		]);
		expect(await alerts.openEverywhere()).toEqual([
			{ workspaceId: hub.workspace.id, kind: 'workflow_paused' },
		]);

		hub.advance(DAY);
		await attempt({ kind: 'delivered' });
		expect(await open()).toEqual([]);
	});

	it('read one attempt to say how a workflow failed, of however many', async () => {
		await hub.subscribe(['*']);
		await hub.accept([anEvent()]);
		await attempt({ kind: 'retry', delayMs: 0 }, BREAKER_THRESHOLD);
		const read: number[] = [];
		const watched = hub.db.withPlugin({
			transformQuery: ({ node }) => node,
			transformResult: async ({ result }) => {
				if (result.rows.some((row) => 'status_code' in row)) read.push(result.rows.length);
				return result;
			},
		});

		const [trouble] = await createFindWorkflowTroubles({ ...hub, db: watched })();

		expect(await trouble?.describe()).toContain('It last answered 404.');
		expect(read).toEqual([1]);
	});

	it('tell that a workflow gets nothing any more, until it is activated again', async () => {
		await hub.subscribe(['*']);
		await hub.accept([anEvent(), anEvent()]);

		await attempt({ kind: 'gone', isDelivered: false, reason: 'It answered 410.' });

		expect(await open()).toEqual([
			expect.objectContaining({
				kind: 'workflow_disabled',
				message: expect.stringContaining('activate it again in n8n'),
			}),
		]);
		await hub.subscribe(['*']);
		expect((await open()).map(({ kind }) => kind)).toEqual(['deliveries_dead']);
	});

	it('count what was given up, until it is sent again', async () => {
		await hub.subscribe(['*']);
		await hub.accept([anEvent(), anEvent(), anEvent()]);
		await attempt(GIVEN_UP);
		hub.advance(1_000);
		await attempt(GIVEN_UP);
		await attempt({ kind: 'delivered' });

		expect(await open()).toEqual([
			expect.objectContaining({
				kind: 'deliveries_dead',
				message: expect.stringContaining('2 deliveries to https://n8n.example.com/webhook/one'),
				raisedAt: new Date(START).toISOString(),
			}),
		]);
		hub.advance(1_000);
		await hub.replayRange({
			since: START,
			until: START + DAY,
			status: 'dead',
		});
		expect(await open()).toEqual([]);
		await attempt(GIVEN_UP);
		expect((await open())[0]?.message).toContain('A delivery to');
	});

	it('forget what was given up a month ago, and what a workflow left that is gone', async () => {
		const { id } = await hub.subscribe(['*']);
		await hub.accept([anEvent()]);
		await attempt(GIVEN_UP);

		hub.advance(31 * DAY - 1);
		expect(await open()).toHaveLength(1);
		hub.advance(1);
		expect(await open()).toEqual([]);

		await hub.accept([anEvent()]);
		await attempt(GIVEN_UP);
		expect(await open()).toHaveLength(1);
		await hub.subscriptions.discard(hub.workspace.id, id);
		expect(await open()).toEqual([]);
	});

	it('belong to their own workspace', async () => {
		const other = await hub.workspaces.create({ name: 'Other' });
		await hub.subscribe(['*']);
		await hub.accept([anEvent()]);
		await attempt(GIVEN_UP);

		expect(await alerts.listOpen(other.id)).toEqual([]);
	});
});
