import { createOffboardingStore } from '../../hub-server/src/administration/offboardingStore';
import { newId } from '../../hub-server/src/database/newId';
import { createReadKept } from '../../hub-server/src/events/keptUsage';
import { createLinkStore } from '../../hub-server/src/links/createLinkStore';
import { createRecordSeals } from '../../hub-server/src/records/recordSeals';
import { AGAIN_MS, createPurgeRecords } from '../../hub-server/src/retention/purgeRecords';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import {
	anEvent,
	CLAIM,
	ledgerFixture,
	OTHER_TENANT,
	TENANT,
	type LedgerFixture,
} from './ledgerFixture';

const HOUR = 3600_000;
const TABLES = ['links', 'mappings', 'unmapped_values', 'pushes', 'link_migrations'] as const;

describe.each(ENGINES)('what was agreed with other systems, on %s', (engine) => {
	let f: LedgerFixture;
	let connectionId: string;
	let purgeRecords: ReturnType<typeof createPurgeRecords>;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
		connectionId = await f.connect(f.workspace.id, TENANT, 'client');
		await f.connect(f.workspace.id, OTHER_TENANT, 'client');
		purgeRecords = createPurgeRecords({ db: f.db, engine, now: f.now });
		for (const tenantId of [TENANT, OTHER_TENANT]) await agree(tenantId, 450);
	});
	afterEach(() => f.close());

	async function agree(tenantId: string, links: number) {
		const at = f.now();
		const place = { workspace_id: f.workspace.id, tenant_id: tenantId };
		await f.db
			.insertInto('links')
			.values(
				Array.from({ length: links }, (_, index) => ({
					...{
						id: newId(at),
						...place,
						system: 'crm',
						entity: 'contact',
						state: 'linked' as const,
					},
					...{ external_id: String(index), xero_id: guid(index), reason: null, base: 'sealed' },
					...{ pushed_hash: 'hash', push_id: 'a push', sent_at: null, migration_id: null },
					...{ created_at: at, updated_at: at },
				})),
			)
			.execute();
		await f.db
			.insertInto('mappings')
			.values({
				...{ id: newId(at), ...place, system: 'crm', kind: 'account', key: 'A', direction: '' },
				...{ value: '"200"', label: null, state: 'ok', reason: null, updated_at: at },
			})
			.execute();
		await f.db
			.insertInto('unmapped_values')
			.values({
				...{ id: newId(at), ...place, kind: 'account', key: 'B', direction: '', system: 'crm' },
				...{ times: 1, document_direction: null },
				...{ where_seen: null, first_seen_at: at, seen_at: at },
			})
			.execute();
		await f.db
			.insertInto('link_migrations')
			.values({
				...{ id: newId(at), workspace_id: f.workspace.id, to_tenant_id: tenantId, system: null },
				...{ entity: null, dry_run: 0, status: 'finished', position: null, outcome: '{}' },
				...{ error: null, idempotency_key: null, next_at: at, lease_id: null },
				...{ lease_until: null, created_at: at, finished_at: at, reverted_at: null },
			})
			.execute();
		for (let n = 0; n < 5; n += 1) {
			await f.db
				.insertInto('pushes')
				.values({
					...{ id: newId(at), ...place, kind: 'push', undo_of: null, system: 'crm' },
					...{ entity: 'contact', options: '{}', dry_run: 0, workflow: null, node: null },
					...{ status: 'finished', waiting_for: null, idempotency_key: null, next_at: at },
					...{ lease_id: null, lease_until: null, created_at: at, finished_at: at },
				})
				.execute();
		}
	}
	/** Of the removed organisation and of the other one, by table. */
	async function kept() {
		const counts: Record<string, readonly [number, number]> = {};
		for (const table of TABLES) {
			const column = table === 'link_migrations' ? 'to_tenant_id' : 'tenant_id';
			const rows: readonly Readonly<Record<string, unknown>>[] = await f.db
				.selectFrom(table)
				.selectAll()
				.execute();
			const of = (tenantId: string) => rows.filter((row) => row[column] === tenantId).length;
			counts[table] = [of(TENANT), of(OTHER_TENANT)];
		}
		return counts;
	}
	const ALL = {
		...{ links: [450, 450], mappings: [1, 1], unmapped_values: [1, 1], pushes: [5, 5] },
		link_migrations: [1, 1],
	};
	const THE_OTHERS = {
		...{ links: [0, 450], mappings: [0, 1], unmapped_values: [0, 1], pushes: [0, 5] },
		link_migrations: [0, 1],
	};
	async function purge() {
		let steps = 0;
		while (await purgeRecords()) steps += 1;
		return steps;
	}
	const remove = () => f.connections.remove(f.workspace.id, connectionId);

	async function connectAgain() {
		const again = await f.connect(f.workspace.id, TENANT, 'client');
		await f.db
			.updateTable('connections')
			.set({ created_at: f.now() })
			.where('id', '=', again)
			.execute();
	}

	const sealedOf = async (tenantId: string) =>
		f.db
			.selectFrom('links')
			.select(['external_id', 'base', 'pushed_hash'])
			.where('tenant_id', '=', tenantId)
			.where((e) => e.or([e('base', 'is not', null), e('pushed_hash', 'is not', null)]))
			.execute();

	it('goes with the second look after an organisation was disconnected, but for its links, in small steps', async () => {
		await remove();
		await purge();
		const atFirst = await kept();

		f.advance(AGAIN_MS);
		const steps = await purge();

		// What pushes were asked to write are copies of records: they go at once.
		expect(atFirst).toEqual({ ...ALL, pushes: [0, 5] });
		expect(await kept()).toEqual({
			...THE_OTHERS,
			...{ links: [450, 450], link_migrations: [1, 1] },
		});
		expect(steps).toBeGreaterThan(10);
	});

	it('leaves links their ids, and takes at once what both sides held', async () => {
		const before = await f.db.selectFrom('links').selectAll().orderBy('id').execute();
		await remove();

		await purge();

		expect(await sealedOf(TENANT)).toEqual([]);
		expect(await sealedOf(OTHER_TENANT)).toHaveLength(450);
		expect(await f.db.selectFrom('links').selectAll().orderBy('id').execute()).toEqual(
			before.map((link) =>
				link.tenant_id === TENANT ? { ...link, base: null, pushed_hash: null } : link,
			),
		);
	});

	it('leaves what was agreed since the organisation was connected again', async () => {
		await remove();
		f.advance(HOUR);
		await connectAgain();
		await f.db
			.updateTable('links')
			.set({ updated_at: f.now() })
			.where('tenant_id', '=', TENANT)
			.where('external_id', '=', '7')
			.execute();

		await purge();
		f.advance(AGAIN_MS);
		await purge();

		expect(await sealedOf(TENANT)).toMatchObject([{ external_id: '7' }]);
	});

	it('lets a push after that find every record that it made, and what it may have made', async () => {
		const links = createLinkStore({
			...f,
			recordSealOf: createRecordSeals(f),
		});
		const customer = (externalId: string) => ({
			...{ tenantId: TENANT, system: 'crm', entity: 'contact' as const, externalId },
		});
		const [claim] = await links.claim(f.workspace.id, 'lost', [customer('new')]);
		await links.markSent([claim?.link.id ?? ''], f.now());
		const sentAt = f.now();
		await remove();
		await purge();
		f.advance(AGAIN_MS);
		await purge();
		await connectAgain();

		const claims = await links.claim(f.workspace.id, 'another', [customer('7'), customer('new')]);

		expect(claims).toMatchObject([
			{ isMine: false, link: { state: 'linked', xeroId: guid(7), base: null, pushedHash: null } },
			{ isMine: true, link: { state: 'claiming', sentAt } },
		]);
	});

	it('stays where the organisation was connected again before that', async () => {
		await remove();
		await purge();
		f.advance(HOUR);
		await connectAgain();

		f.advance(AGAIN_MS);
		await purge();

		expect(await kept()).toEqual({ ...ALL, pushes: [0, 5] });
	});

	describe('and everything else of a client that was off-boarded', () => {
		const leave = async () => {
			await remove();
			await createOffboardingStore({ db: f.db, now: f.now }).purgeEverything(connectionId);
		};

		it('goes at once, the account of what was delivered too', async () => {
			await f.subscribe(['*']);
			const changes = Array.from({ length: 50 }, (_, index) => [
				anEvent({ tenantId: TENANT, resourceId: guid(index) }),
				anEvent({ tenantId: OTHER_TENANT, resourceId: guid(index) }),
			]);
			await f.accept(changes.flat());
			f.advance(250);
			for (const delivery of await f.deliveries.claim(CLAIM)) {
				const attempt = { startedAt: f.now(), ms: 3, statusCode: 200, responseBody: 'x' };
				await f.deliveries.finish(delivery, { kind: 'delivered' }, attempt);
			}
			await leave();

			await purge();

			expect(await kept()).toEqual(THE_OTHERS);
			const events = await f.db.selectFrom('events').select(['tenant_id', 'original']).execute();
			expect(new Set(events.map((event) => event.tenant_id))).toEqual(new Set([OTHER_TENANT]));
			expect(events).toHaveLength(50);
			expect(await f.db.selectFrom('deliveries').select('id').execute()).toHaveLength(50);
			const bytes = events.reduce((sum, { original }) => sum + Buffer.byteLength(original), 0);
			expect(await createReadKept(f.db)()).toEqual({ events: 50, bytes });
		});

		it('goes on after a crash from where it was', async () => {
			await leave();
			for (let step = 0; step < 6; step += 1) await purgeRecords();
			const another = createPurgeRecords({ db: f.db, engine, now: f.now });

			while (await another());

			expect(await kept()).toEqual(THE_OTHERS);
		});

		it('stays where it came since the organisation was connected again', async () => {
			await leave();
			f.advance(HOUR);
			await connectAgain();
			await f.db
				.updateTable('links')
				.set({ created_at: f.now() })
				.where('tenant_id', '=', TENANT)
				.where('external_id', '=', '7')
				.execute();

			await purge();

			expect((await kept())['links']).toEqual([1, 450]);
		});
	});
});
