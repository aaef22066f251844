import { openDatabase, type Database } from '../../hub-server/src/database/openDatabase';
import { createLinkStore } from '../../hub-server/src/links/createLinkStore';
import type { ExternalRecord } from '../../hub-server/src/links/Link';
import { createLinkMigrations, type ReadLinked } from '../../hub-server/src/links/linkMigrations';
import type { LinkStore } from '../../hub-server/src/links/LinkStore';
import { createRecordSeals } from '../../hub-server/src/records/recordSeals';
import { saveStates, type RecordState } from '../../hub-server/src/records/recordStates';
import { ENGINES } from '../support/freshLedger';
import { ledgerFixture, OTHER_TENANT, TENANT, type LedgerFixture } from './ledgerFixture';

const idOf = (index: number) => `aaaaaaaa-0000-4000-8000-${String(index).padStart(12, '0')}`;
const PAGE = { limit: 200 };

describe.each(ENGINES)('migrating links, on %s', (engine) => {
	let hub: LedgerFixture;
	let workspaceId: string;
	let links: LinkStore;
	let second: Database;
	/** Of the organisation, at Xero. */
	let inXero: Set<string>;
	let asked: string[][];
	/** What Xero answers instead, once. */
	let trouble: Awaited<ReturnType<ReadLinked>> | undefined;
	let connectionId: string;
	beforeEach(async () => {
		hub = await ledgerFixture(engine);
		workspaceId = hub.workspace.id;
		links = createLinkStore({ ...hub, recordSealOf: createRecordSeals(hub) });
		connectionId = await hub.connect(workspaceId, TENANT, 'client');
		second = await openDatabase(hub.location);
		inXero = new Set();
		asked = [];
		trouble = undefined;
	});
	afterEach(async () => {
		await second.close();
		await hub.close();
	});

	const readRecords: ReadLinked = async ({ ids }) => {
		asked.push([...ids]);
		if (trouble !== undefined) {
			const answer = trouble;
			trouble = undefined;
			return answer;
		}
		return {
			kind: 'read',
			records: new Map(ids.filter((id) => inXero.has(id)).map((id) => [id, { ContactID: id }])),
		};
	};
	const migrationsOn = (db = hub.db) =>
		createLinkMigrations({ db, engine, readRecords, now: hub.now });
	const migrations = () => migrationsOn();
	const WISH = { toTenantId: TENANT, dryRun: false };

	const customer = (externalId: string, tenantId: string | null = null): ExternalRecord => ({
		...{ tenantId, system: 'crm', entity: 'contact', externalId },
	});
	const importOf = (count: number) =>
		links.putMany(
			workspaceId,
			Array.from({ length: count }, (_, index) => ({
				record: customer(`c-${index}`),
				xeroId: idOf(index),
			})),
		);
	const have = (count: number) => {
		for (let index = 0; index < count; index += 1) inXero.add(idOf(index));
	};
	const know = (ids: readonly string[], change: Partial<RecordState> = {}) =>
		saveStates(
			hub.db,
			{ workspaceId, tenantId: TENANT, entity: 'contact', epoch: connectionId },
			ids.map((id) => ({
				...{ id, version: '1', updatedAt: 1, hash: null, standing: null, due: null, record: null },
				...{ bytes: 0, sweptIn: null, told: null, isDeleted: false, deletedAt: null },
				...{ firstSeenAt: 1, seenAt: 1, ...change },
			})),
		);
	const run = async (by = migrations()) => {
		while (await by.step());
	};
	const idsIn = async (tenantId: string | null) =>
		(await links.list(workspaceId, { tenantId }, PAGE)).items
			.map(({ externalId }) => externalId)
			.toSorted();

	it('says in a dry run what it would do and cost, asks nothing, and changes nothing', async () => {
		await importOf(100);
		await know(Array.from({ length: 10 }, (_, index) => idOf(index)));
		await know([idOf(10)], { deletedAt: 1, isDeleted: true });
		await links.put(workspaceId, customer('other', TENANT), { xeroId: idOf(0) });

		const { id } = await migrations().start(workspaceId, { ...WISH, dryRun: true });
		await run();

		expect(await migrations().get(workspaceId, id)).toMatchObject({
			status: 'finished',
			counts: { links: 100, records: 100, found: 10, missing: 1, unknown: 89 },
			conflicts: [{ entity: 'contact', externalId: 'c-0' }],
			// 69 of the first 80, then 20: by 40 ids a call.
			calls: 3,
		});
		expect(asked).toEqual([]);
		expect(await idsIn(null)).toHaveLength(100);
	});

	it('assigns what the organisation has, keeps the rest, and takes all of it back', async () => {
		await importOf(5);
		have(3);
		const before = await links.list(workspaceId, {}, PAGE);

		const { id } = await migrations().start(workspaceId, WISH);
		await run();

		expect(await migrations().get(workspaceId, id)).toMatchObject({
			...{ status: 'finished', error: null, conflicts: [], calls: 1 },
			counts: { links: 5, records: 5, found: 3, missing: 2, unknown: 0 },
		});
		expect(await idsIn(TENANT)).toEqual(['c-0', 'c-1', 'c-2']);
		expect(await idsIn(null)).toEqual(['c-3', 'c-4']);

		expect(await migrations().revert(workspaceId, id)).toMatchObject({ status: 'reverted' });
		expect(await migrations().revert(workspaceId, id)).toMatchObject({ status: 'reverted' });
		const after = await links.list(workspaceId, {}, PAGE);
		expect(after.items).toEqual(before.items);
	});

	it('keeps what both sides agreed on', async () => {
		const base = { Name: { external: 'a', xero: 'A' } };
		await links.put(workspaceId, customer('c-0'), { xeroId: idOf(0), base });
		have(1);

		await migrations().start(workspaceId, WISH);
		await run();

		expect(await links.findMany(workspaceId, [customer('c-0', TENANT)])).toMatchObject([{ base }]);
	});

	it('names an external id that another organisation has, and a record that is linked (mode 56)', async () => {
		await hub.connect(workspaceId, OTHER_TENANT, 'client');
		await importOf(3);
		have(3);
		await links.put(workspaceId, customer('c-0', OTHER_TENANT), { xeroId: idOf(100) });
		await links.put(workspaceId, customer('else', TENANT), { xeroId: idOf(1) });

		const { id } = await migrations().start(workspaceId, WISH);
		await run();

		const found = (await migrations().get(workspaceId, id)).conflicts;
		const conflicts = found.toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1));
		expect(conflicts.map(({ externalId }) => externalId)).toEqual(['c-0', 'c-1']);
		expect(conflicts[0]?.reason).toContain('is linked in Demo already');
		expect(conflicts[1]?.reason).toContain('linked to "else" already');
		expect(await idsIn(null)).toEqual(['c-0', 'c-1']);
		expect(await idsIn(TENANT)).toEqual(['c-2', 'else']);
	});

	it('is refused to be taken back once a link of it was pushed', async () => {
		await importOf(2);
		have(2);
		const { id } = await migrations().start(workspaceId, WISH);
		await run();
		const [link] = await links.findMany(workspaceId, [customer('c-0', TENANT)]);
		const agreed = { xeroId: idOf(0), base: {}, pushedHash: 'hash', pushId: 'push' };
		await links.agree(link?.id ?? '', agreed);

		await expect(migrations().revert(workspaceId, id)).rejects.toMatchObject({
			code: 'links_used',
		});
		expect(await idsIn(TENANT)).toEqual(['c-0', 'c-1']);
	});

	it('is not taken back over links that were made since', async () => {
		await importOf(2);
		have(2);
		const { id } = await migrations().start(workspaceId, WISH);
		await run();
		await importOf(1);

		await expect(migrations().revert(workspaceId, id)).rejects.toMatchObject({ code: 'conflict' });
		expect(await idsIn(TENANT)).toEqual(['c-0', 'c-1']);
	});

	it('waits as long as Xero asks, says why, and goes on where it was', async () => {
		await importOf(100);
		have(100);
		trouble = { kind: 'retry', afterMs: 30_000, reason: 'Xero is busy.', records: new Map() };
		const { id } = await migrations().start(workspaceId, WISH);
		await run();
		expect(await migrations().get(workspaceId, id)).toMatchObject({
			...{ status: 'running', error: 'Xero is busy.' },
			counts: { found: 0 },
		});
		expect(asked).toHaveLength(1);

		hub.advance(30_000);
		await run();

		expect(await migrations().get(workspaceId, id)).toMatchObject({
			...{ status: 'finished', error: null },
			counts: { found: 100 },
		});
	});

	it('is taken over from a hub that was killed, which changes nothing any more', async () => {
		await importOf(3);
		have(3);
		const { id } = await migrations().start(workspaceId, WISH);
		const hold = Promise.withResolvers<void>();
		const held = Promise.withResolvers<void>();
		const slow = createLinkMigrations({
			...{ db: second.db, engine, now: hub.now },
			async readRecords(wanted) {
				held.resolve();
				await hold.promise;
				return readRecords(wanted);
			},
		});
		const lost = slow.step();
		await held.promise;

		expect(await migrations().step()).toBe(false);
		hub.advance(200_000);
		await run();
		hold.resolve();

		await expect(lost).rejects.toThrow('lease');
		expect(await migrations().get(workspaceId, id)).toMatchObject({
			...{ status: 'finished', calls: 1 },
			counts: { links: 3, found: 3 },
		});
		expect(await idsIn(TENANT)).toHaveLength(3);
	});

	it('is another one for the same key after a day, and not for another wish before', async () => {
		const first = await migrations().start(workspaceId, { ...WISH, dryRun: true }, 'key');
		while (await migrations().step());

		hub.advance(24 * 3600_000 - 1);
		const same = await migrations().start(workspaceId, { ...WISH, dryRun: true }, 'key');
		const other = migrations().start(workspaceId, WISH, 'key');
		await expect(other).rejects.toThrow('another request');
		hub.advance(1);
		const another = await migrations().start(workspaceId, WISH, 'key');

		expect(same.id).toBe(first.id);
		expect(another.id).not.toBe(first.id);
		expect((await migrations().get(workspaceId, first.id)).status).toBe('finished');
	});

	it('is one at a time of an organisation, and the same key answers the same', async () => {
		await importOf(1);
		const started = await migrations().start(workspaceId, WISH, 'key');
		const again = await migrationsOn(second.db).start(workspaceId, WISH, 'key');

		await expect(migrations().start(workspaceId, WISH)).rejects.toMatchObject({
			...{ code: 'run_under_way', members: { runId: started.id } },
		});
		expect(again.id).toBe(started.id);
		await run();
		expect((await migrations().start(workspaceId, WISH, 'key')).id).toBe(started.id);
		expect((await migrations().start(workspaceId, WISH)).id).not.toBe(started.id);
	});

	it('is shared by two hubs, and each link is moved once', async () => {
		await importOf(300);
		have(300);
		const { id } = await migrations().start(workspaceId, WISH);

		await Promise.all([run(), run(migrationsOn(second.db)), run()]);
		await run();

		const { counts } = await migrations().get(workspaceId, id);
		expect(counts).toMatchObject({ links: 300, found: 300, missing: 0 });
		expect(asked.flat()).toHaveLength(300);
	});

	it('is no other workspace’s', async () => {
		await importOf(1);
		const { id } = await migrations().start(workspaceId, WISH);
		const other = await hub.workspaces.create({ name: 'Other' });

		await expect(migrations().get(other.id, id)).rejects.toMatchObject({ code: 'not_found' });
		await expect(migrations().revert(other.id, id)).rejects.toMatchObject({ code: 'not_found' });
		expect((await migrations().list(other.id, PAGE)).items).toEqual([]);
		expect((await migrations().list(workspaceId, PAGE)).items).toHaveLength(1);
	});
});
