import { findEntity } from '../../hub-server/src/records/xeroEntities';
import { STARTING_STREAMS } from '../../hub-server/src/sync/startingStreams';
import type { StreamPlan } from '../../hub-server/src/sync/Stream';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import { TENANT } from './ledgerFixture';
import { syncFixture, type SyncFixture } from './syncFixture';

const HOUR = 3600_000;

describe.each(ENGINES)('the calls of a day on %s', (engine) => {
	let f: SyncFixture;
	beforeEach(async () => {
		f = await syncFixture(engine);
	});
	afterEach(() => f.close());

	async function stream(entity: string, plan: StreamPlan) {
		const connection = { id: f.connectionId, workspaceId: f.workspace.id, tenantId: TENANT };
		const wish = { plan, enabled: true, tellExisting: false };
		return (await f.streams.create(connection, findEntity(entity)!, wish)).id;
	}
	const useUp = (calls: number, at = f.now()) =>
		f.db
			.insertInto('sync_usage')
			.values({ connection_id: f.connectionId, hour: Math.floor(at / HOUR), calls, bytes: 0 })
			.execute();
	const intervals = async () => (await f.dayPlans.of(f.connectionId)).intervals;
	const setTier = (tier: 'starter' | 'core') =>
		f.db.updateTable('app_keys').set({ tier }).execute();

	it('suffice for what is installed on the first tier, with half of them left', async () => {
		for (const { entity, everySeconds } of STARTING_STREAMS) {
			await stream(entity.entity, { everySeconds });
		}

		const { budget, intervals: planned } = await f.dayPlans.of(f.connectionId);

		expect(budget.callsADay).toBe(500);
		expect([...planned.values()].sort((a, b) => a - b)).toEqual([
			...[3600, 3600, 3600],
			...[21_600, 21_600, 21_600],
		]);
	});

	it('are shared by stretching, what no webhook tells twice as often', async () => {
		const contact = await stream('contact', { everySeconds: 60 });
		const payment = await stream('payment', { everySeconds: 60 });

		const planned = await intervals();

		const [told, untold] = [planned.get(contact)!, planned.get(payment)!];
		expect(told / untold).toBeCloseTo(2, 1);
		expect(86_400 / told + 86_400 / untold).toBeLessThanOrEqual(500);
	});

	it('are more on a higher tier, and go to no stream that is off', async () => {
		const contact = await stream('contact', { everySeconds: 60 });
		const payment = await stream('payment', { everySeconds: 60 });
		await setTier('core');
		const before = (await intervals()).get(contact);

		await f.streams.change(f.workspace.id, payment, { enabled: false });

		expect((await f.dayPlans.of(f.connectionId)).budget.callsADay).toBe(2_500);
		expect(before).toBeGreaterThan(60);
		expect([...(await intervals()).values()]).toEqual([60]);
	});

	it('let a stream run next at its stretched time', async () => {
		const id = await stream('contact', { everySeconds: 60 });
		await f.runDue();

		const { stream: run } = await f.streams.get(f.workspace.id, id);

		const planned = (await intervals()).get(id)!;
		expect(planned).toBeGreaterThan(60);
		expect(run.nextAt).toBe(f.now() + planned * 1000);
	});

	it('never stretch a time table; it waits with the reason while they are used up', async () => {
		const id = await stream('contact', { cron: '0 * * * *', timeZone: 'UTC' });
		await stream('payment', { everySeconds: 60 });
		await f.runDue();
		expect((await intervals()).has(id)).toBe(false);
		f.advance(HOUR);
		await useUp(500);

		await f.runDue();

		const resumesAt = (Math.floor(f.now() / HOUR) + 24) * HOUR;
		const waiting = await f.lastRun(id);
		expect(waiting).toMatchObject({ status: 'waiting', waitingFor: 'day_budget', resumesAt });
		f.advance(resumesAt - f.now());
		await f.runDue();
		const { items } = await f.streams.runs(f.workspace.id, id, { limit: 10 });
		expect(items.find((run) => run.id === waiting.id)).toMatchObject({
			...{ status: 'succeeded', waitingFor: null, error: null },
		});
	}, 120_000);

	it('are counted with their bytes, and stop a long first run where they end', async () => {
		await f.close();
		f = await syncFixture(engine, { pageSize: 10 });
		for (let number = 1; number <= 100; number += 1) {
			f.xero.put('Contacts', {
				id: guid(number),
				updatedAt: f.now() - HOUR - (200 - number) * 60_000,
				members: {},
			});
		}
		await useUp(497);
		const id = await stream('contact', { everySeconds: 3600 });

		await f.runDue();
		const stopped = await f.lastRun(id);
		f.advance(24 * HOUR);
		await f.runDue();

		const { budget } = await f.dayPlans.of(f.connectionId);
		expect(stopped).toMatchObject({ status: 'waiting', waitingFor: 'day_budget', calls: 3 });
		const { items } = await f.streams.runs(f.workspace.id, id, { limit: 10 });
		expect(items.find((run) => run.id === stopped.id)).toMatchObject({
			...{ status: 'succeeded', changed: 100 },
		});
		expect(budget.usedBytes).toBeGreaterThan(0);
	});

	it('of one organisation are no concern of another workspace’s with another app', async () => {
		const other = await f.workspaces.create({ name: 'Other' });
		const otherId = await f.connect(other.id, TENANT, 'other client');
		await useUp(500);

		const { budget } = await f.dayPlans.of(otherId);

		expect(budget).toMatchObject({ callsADay: 500, usedCalls: 0, freeAt: 0 });
	});

	it('are shared by the workspaces that use one app', async () => {
		const other = await f.workspaces.create({ name: 'Other' });
		await f.connect(other.id, TENANT, 'client');
		await f.db.updateTable('connections').set({ sync_enabled: 1 }).execute();

		expect((await f.dayPlans.of(f.connectionId)).budget.callsADay).toBe(250);
	});
});
