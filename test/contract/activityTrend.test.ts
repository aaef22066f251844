import { createReadTrend } from '../../hub-server/src/portal/views/activityTrend';
import { ENGINES } from '../support/freshLedger';
import { anEvent, CLAIM, ledgerFixture, START, type LedgerFixture } from './ledgerFixture';

const HOUR_MS = 3_600_000;

describe.each(ENGINES)('what happened in a time, on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const read = (countedAtMost?: number) =>
		createReadTrend(f.db)(f.workspace.id, {
			...{ since: START - HOUR_MS, until: f.now(), partMs: HOUR_MS },
			...(countedAtMost !== undefined && { countedAtMost }),
		});

	it('is zeros where nothing did', async () => {
		expect(await read()).toEqual({
			parts: [
				{ from: START - HOUR_MS, events: 0, delivered: 0, failed: 0 },
				{ from: START, events: 0, delivered: 0, failed: 0 },
			],
			took: undefined,
			isCut: false,
		});
	});

	it('counts events when they came, and deliveries when they ended', async () => {
		await f.subscribe(['*']);
		await f.accept([anEvent(), anEvent(), anEvent()]);
		f.advance(HOUR_MS);
		const [first, second] = await f.deliveries.claim(CLAIM);
		await f.deliveries.finish(first!, { kind: 'delivered' });
		await f.deliveries.finish(second!, { kind: 'dead', reason: 'used up' });

		const { parts, took } = await read();

		expect(parts.map(({ events, delivered, failed }) => [events, delivered, failed])).toEqual([
			[0, 0, 0],
			[3, 0, 0],
			[0, 1, 1],
		]);
		expect(took).toEqual({ medianMs: HOUR_MS, p95Ms: HOUR_MS });
		expect(parts.map((part) => part.took)).toEqual([undefined, undefined, took]);
	});

	it('knows nothing of another workspace', async () => {
		await f.accept([anEvent()]);
		const other = await f.workspaces.create({ name: 'Other' });

		const { parts } = await createReadTrend(f.db)(other.id, {
			...{ since: START, until: START, partMs: HOUR_MS },
		});

		expect(parts).toMatchObject([{ events: 0 }]);
	});

	it('says so where there is more than it counts', async () => {
		await f.accept([anEvent(), anEvent(), anEvent()]);

		const { parts, isCut } = await read(2);

		expect(parts.reduce((sum, { events }) => sum + events, 0)).toBe(2);
		expect(isCut).toBe(true);
	});
});
