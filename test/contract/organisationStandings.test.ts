import {
	createReadStandings,
	type StandingsWish,
} from '../../hub-server/src/administration/organisationStandings';
import { raiseAlert } from '../../hub-server/src/alerts/raiseAlert';
import { newId } from '../../hub-server/src/database/newId';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import { ledgerFixture, type LedgerFixture } from './ledgerFixture';

const HOUR = 3600_000;
const DAY = 24 * HOUR;

interface PushSaid {
	readonly at?: number;
	readonly status?: 'finished' | 'running';
	readonly dryRun?: 0 | 1;
}

describe.each(ENGINES)('the organisations of all workspaces, on %s', (engine) => {
	let f: LedgerFixture;
	let queries: number;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
		queries = 0;
	});
	afterEach(() => f.close());

	const read = (wish: Partial<StandingsWish> = {}) => {
		const counted = f.db.withPlugin({
			transformQuery: ({ node }) => ((queries += 1), node),
			transformResult: async ({ result }) => result,
		});
		return createReadStandings({
			db: counted,
			readDayBudgets: async (held) => held.map(() => undefined),
			now: f.now,
		})({
			...{ workspaces: 'all', show: 'all', order: 'attention', search: '', page: 1, limit: 50 },
			...wish,
		});
	};

	async function organisation(n: number, name: string, workspaceId = f.workspace.id) {
		const id = await f.connect(workspaceId, guid(n), 'client');
		await f.db.updateTable('connections').set({ tenant_name: name }).where('id', '=', id).execute();
		return { id, tenantId: guid(n), workspaceId };
	}
	type Organisation = Awaited<ReturnType<typeof organisation>>;

	async function stream(of: Organisation, changes: object = {}): Promise<string> {
		const id = newId(f.now());
		await f.db
			.insertInto('sync_streams')
			.values({
				...{ id, workspace_id: of.workspaceId, connection_id: of.id, tenant_id: of.tenantId },
				...{ entity: 'contact', enabled: 1, every_seconds: 900, cron: null, time_zone: null },
				...{ tell_existing: 0, since: f.now() - HOUR, baseline_at: 0, run_id: null },
				...{ position: null, wanted: null, swept_at: null, counted_at: null, failures: 0 },
				...{
					next_at: f.now() + HOUR,
					lease_id: null,
					lease_until: null,
					created_at: 0,
					...changes,
				},
			})
			.execute();
		return id;
	}
	async function run(streamId: string, finishedAt: number | null, status: 'succeeded' | 'failed') {
		await f.db
			.insertInto('sync_runs')
			.values({
				...{ id: newId(f.now()), stream_id: streamId, kind: 'delta', is_baseline: 0, status },
				...{ waiting_for: null, resumes_at: null, started_at: 0, finished_at: finishedAt },
				...{ calls: 1, bytes: 1, seen: 0, changed: 0, deleted: 0, missing: null, error: null },
			})
			.execute();
		f.advance(1);
	}
	async function link(of: Organisation, state: 'linked' | 'broken', externalId: string) {
		const place = { workspace_id: of.workspaceId, tenant_id: of.tenantId };
		await f.db
			.insertInto('links')
			.values({
				...{ id: newId(f.now()), ...place, system: 'crm', entity: 'contact', state },
				...{ external_id: externalId, xero_id: null, reason: null, base: null },
				...{ pushed_hash: null, push_id: null, sent_at: null, migration_id: null },
				...{ created_at: f.now(), updated_at: f.now() },
			})
			.execute();
	}
	async function push(
		of: Organisation,
		states: readonly ('synced' | 'unmapped' | 'failed')[],
		{ at = f.now(), status = 'finished', dryRun = 0 }: PushSaid = {},
	) {
		const id = newId(at);
		await f.db
			.insertInto('pushes')
			.values({
				...{ id, workspace_id: of.workspaceId, tenant_id: of.tenantId, kind: 'push' },
				...{ undo_of: null, system: 'crm', entity: 'contact', options: '{}', dry_run: dryRun },
				...{ workflow: null, node: null, status, waiting_for: null, idempotency_key: null },
				...{ next_at: at, lease_id: null, lease_until: null, created_at: at, finished_at: null },
			})
			.execute();
		for (const [position, state] of states.entries()) {
			await f.db
				.insertInto('push_items')
				.values({
					...{ push_id: id, position, external_id: `x${position}`, modified_at: null, state },
					...{ xero_id: null, change: null, message: null, next_step: null, resolution: null },
					...{ next_at: null, sent_at: null, fields: '', previous: null, detail: null },
				})
				.execute();
		}
	}

	it('say of each how it stands', async () => {
		const one = await organisation(1, 'Alder Ltd');
		const contacts = await stream(one, { since: f.now() - 2 * HOUR });
		await stream(one, { entity: 'item' });
		await stream(one, { entity: 'quote', enabled: 0, since: 0 });
		await run(contacts, f.now() - 3 * HOUR, 'failed');
		await run(contacts, f.now() - 2 * HOUR, 'succeeded');
		await run(contacts, null, 'succeeded');

		const { items } = await read();

		expect(items).toEqual([
			{
				connectionId: one.id,
				tenantId: one.tenantId,
				name: 'Alder Ltd',
				workspace: { slug: 'acme', name: 'Acme' },
				state: 'connected',
				sync: {
					isOn: true,
					lastRun: { at: expect.any(Number), status: 'succeeded' },
					oldest: { streamId: contacts, entity: 'contact', at: expect.any(Number) },
					failing: 0,
					stale: 0,
				},
				budget: undefined,
				alerts: 0,
				pushes: { running: 0, forPeople: 0 },
				broken: { mappings: 0, links: 0 },
				needsAttention: false,
			},
		]);
	});

	it('begin with those that need somebody: reconnect, then what is broken, then what is stale', async () => {
		const well = await organisation(1, 'A well');
		await stream(well);
		const stale = await organisation(2, 'B stale');
		await stream(stale, { since: f.now() - 3 * DAY });
		const broken = await organisation(3, 'C broken');
		await link(broken, 'broken', '1');
		await link(broken, 'linked', '2');
		const stopped = await organisation(4, 'D stopped');
		await f.db
			.updateTable('grants')
			.set({ status: 'reauth_required' })
			.where('id', 'in', (e) =>
				e.selectFrom('connections').select('grant_id').where('id', '=', stopped.id),
			)
			.execute();
		// One grant reaches all of them.
		const names = (await read()).items.map(({ name, state }) => [name, state]);

		expect(names.every(([, state]) => state === 'reconnect')).toBe(true);
		await f.db.updateTable('grants').set({ status: 'active' }).execute();
		const off = await organisation(5, 'E off');
		await f.connections.setEnabled(off.workspaceId, off.id, false);
		await link(off, 'broken', '3');

		const { items, counts } = await read();

		expect(items.map(({ name }) => name)).toEqual([
			...['C broken', 'B stale', 'A well', 'D stopped', 'E off'],
		]);
		expect(items[0]?.broken).toEqual({ mappings: 0, links: 1 });
		expect(items[1]?.sync.stale).toBe(1);
		expect(counts).toEqual({ all: 5, attention: 2, off: 1 });
		expect((await read({ show: 'attention' })).items).toHaveLength(2);
		expect((await read({ show: 'off' })).items.map(({ state }) => state)).toEqual(['off']);
	});

	it('count what pushes left to people in the last week, dry runs aside', async () => {
		const one = await organisation(1, 'Alder Ltd');
		await push(one, ['synced', 'unmapped', 'failed']);
		await push(one, [], { status: 'running' });
		await push(one, ['failed'], { dryRun: 1 });
		await push(one, ['failed'], { at: f.now() - 8 * DAY });

		const [standing] = (await read()).items;

		expect(standing?.pushes).toEqual({ running: 1, forPeople: 2 });
		expect(standing?.needsAttention).toBe(true);
	});

	it('count the open alerts about an organisation, whatever of it they name', async () => {
		const one = await organisation(1, 'Alder Ltd');
		const other = await organisation(2, 'Beech Ltd');
		const streamId = await stream(one);
		const { workspaceId } = one;
		for (const subject of [one.id, one.tenantId, streamId, 'a-workflow']) {
			const alert = { workspaceId, kind: `about ${subject}`, subject, message: 'x' };
			await raiseAlert(f.db, alert, f.now());
		}

		const { items } = await read({ order: 'name' });

		expect(items.map(({ name, alerts }) => [name, alerts])).toEqual([
			['Alder Ltd', 3],
			['Beech Ltd', 0],
		]);
		expect(other.id).toBe(items[1]?.connectionId);
	});

	it('show nobody a workspace that is not theirs', async () => {
		const other = await f.workspaces.create({ name: 'Other' });
		await organisation(1, 'Alder Ltd');
		await organisation(2, 'Beech Ltd', other.id);

		const theirs = await read({ workspaces: [other.id] });

		expect(theirs.items.map(({ name }) => name)).toEqual(['Beech Ltd']);
		expect(theirs.counts.all).toBe(1);
		expect((await read({ workspaces: [] })).items).toEqual([]);
	});

	it.each([
		['ald', ['Alder Ltd']],
		['OTHER', ['Beech 100% Ltd']],
		['100%', ['Beech 100% Ltd']],
		['_', []],
	])('are found by %s', async (search, names) => {
		const other = await f.workspaces.create({ name: 'Other' });
		await organisation(1, 'Alder Ltd');
		await organisation(2, 'Beech 100% Ltd', other.id);

		const found = await read({ search });

		expect(found.items.map(({ name }) => name)).toEqual(names);
		expect(found.matching).toBe(names.length);
	});

	it('come in pages, in as many queries however many there are', async () => {
		for (let n = 1; n <= 60; n += 1) {
			const one = await organisation(n, `Client ${String(n).padStart(2, '0')}`);
			await stream(one);
		}
		const first = await read();
		const queriesOfMany = queries;
		const second = await read({ page: 2 });
		queries = 0;
		await read({ limit: 1 });

		expect(first.items).toHaveLength(50);
		expect(second.items.map(({ name }) => name)).toEqual([
			...Array.from({ length: 10 }, (_, index) => `Client ${51 + index}`),
		]);
		expect(first.matching).toBe(60);
		expect(queriesOfMany).toBe(queries);
	}, 60_000);

	it('can begin with the oldest data', async () => {
		const late = await organisation(1, 'Late');
		await stream(late, { since: f.now() - DAY });
		await organisation(2, 'Nothing read');
		const fresh = await organisation(3, 'Fresh');
		await stream(fresh);

		const { items } = await read({ order: 'oldest' });

		expect(items.map(({ name }) => name)).toEqual(['Late', 'Fresh', 'Nothing read']);
	});
});
