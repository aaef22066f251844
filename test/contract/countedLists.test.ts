import { sql } from 'kysely';
import { newId } from '../../hub-server/src/database/newId';
import { createEventReader } from '../../hub-server/src/events/eventReader';
import { createDeliveryReader } from '../../hub-server/src/relay/deliveryReader';
import { ENGINES } from '../support/freshLedger';
import { fillDeliveries } from '../support/fillDeliveries';
import { anEvent, ledgerFixture, START, type LedgerFixture } from './ledgerFixture';

const HOUR_MS = 3_600_000;

describe.each(ENGINES)('lists of what happened, on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const events = () => createEventReader(f.db);
	const deliveries = () => createDeliveryReader(f.db);

	it('count what matches, and what is of another workspace not at all', async () => {
		const { id: subscriptionId } = await f.subscribe(['*']);
		await f.accept([anEvent(), anEvent(), anEvent()]);
		f.advance(HOUR_MS);
		await f.accept([anEvent()]);
		const other = await f.workspaces.create({ name: 'Other' });
		const { id } = f.workspace;

		expect(await events().count(id, {})).toEqual({ count: 4, isCut: false });
		expect(await events().count(id, { since: START + HOUR_MS })).toMatchObject({ count: 1 });
		expect(await events().count(id, { until: START + HOUR_MS })).toMatchObject({ count: 3 });
		expect(await events().count(id, { category: 'NOTHING' })).toMatchObject({ count: 0 });
		expect(await events().count(other.id, {})).toMatchObject({ count: 0 });
		expect(await deliveries().count(id, {})).toEqual({ count: 4, isCut: false });
		expect(await deliveries().count(id, { statuses: ['dead'] })).toMatchObject({ count: 0 });
		expect(await deliveries().count(id, { category: 'NOTHING' })).toMatchObject({ count: 0 });
		expect(await deliveries().count(id, { subscriptionId })).toMatchObject({ count: 4 });
		expect(await deliveries().count(other.id, {})).toMatchObject({ count: 0 });
	});

	it('go from the oldest, page by page, without a row twice', async () => {
		await f.accept([anEvent(), anEvent(), anEvent()]);
		const { id } = f.workspace;
		const newest = (await events().events(id, { limit: 10 })).items.map((one) => one.id);

		const first = await events().events(id, { limit: 2, oldestFirst: true });
		const second = await events().events(id, {
			...{ limit: 2, oldestFirst: true, cursor: first.nextCursor ?? '' },
		});

		expect([...first.items, ...second.items].map((one) => one.id)).toEqual(newest.toReversed());
		expect(second.nextCursor).toBeNull();
	});

	it('count to a bound where there is very much', async () => {
		const { id: subscriptionId } = await f.subscribe(['*']);
		const workspaceId = f.workspace.id;
		await fillDeliveries(f.db, { workspaceId, subscriptionId, count: 10_500, nextAt: START });
		await sql`
			with recursive one (n) as (select 1 union all select n + 1 from one where n < 10500)
			insert into events (
				id, workspace_id, tenant_id, category, change, resource_id, resource_url,
				event_date_utc, occurred_at, received_at, source, original, record_state, record_attempt
			)
			select ${newId(START)} || '-' || n, ${workspaceId}, 't', 'CONTACT', 'updated', 'r' || n, '',
				'2026-11-02T09:00:00.123', ${START}, ${START}, 'webhook', '{}', 'not_needed', 0
			from one`.execute(f.db);

		expect(await events().count(workspaceId, {})).toEqual({ count: 10_000, isCut: true });
		expect(await events().eventTypes(workspaceId)).toEqual(['CONTACT updated']);
		expect(await deliveries().count(workspaceId, { statuses: ['pending'] })).toEqual({
			...{ count: 10_000, isCut: true },
		});
	});

	it('find what happened to a record by its id, in the organisations that are asked for', async () => {
		await f.accept([anEvent()]);
		const { id } = f.workspace;
		const [{ resourceId = '', tenantId = '' } = {}] = (await events().events(id, { limit: 1 }))
			.items;

		const found = (tenantIds: readonly string[]) =>
			events().eventsOfId(id, { tenantIds, id: resourceId });

		expect(await found([tenantId])).toHaveLength(1);
		expect(await found(['another'])).toEqual([]);
		expect(await found([])).toEqual([]);
	});
});
