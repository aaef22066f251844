import { createSavedItems, KEPT_MS } from '../../hub-server/src/records/savedItems';
import { createPurgeSteps } from '../../hub-server/src/retention/purgeSteps';
import { createWorkspaceLimits } from '../../hub-server/src/workspaces/workspaceLimits';
import { USUAL_QUOTAS } from '../../hub-server/src/config/quotas';
import { ENGINES } from '../support/freshLedger';
import { ledgerFixture, START, type LedgerFixture } from './ledgerFixture';

const KEY = 'a'.repeat(64);
const NODE = { workflowId: 'workflow', nodeId: 'node' };
const OF = { ...NODE, execution: '7' };
const RECORD = { InvoiceID: 'i-1', Total: 12.5 };
const PAGE = { limit: 50 };

describe.each(ENGINES)('what stopped runs have saved, on %s', (engine) => {
	let hub: LedgerFixture;
	let at: number;
	let items: ReturnType<typeof createSavedItems>;
	beforeEach(async () => {
		hub = await ledgerFixture(engine);
		at = START;
		items = createSavedItems({
			...hub,
			now: () => at,
			workspaceLimits: createWorkspaceLimits({
				workspaces: hub.workspaces,
				quotas: { usual: { ...USUAL_QUOTAS, savedItems: 3 }, plans: {} },
			}),
		});
	});
	afterEach(() => hub.close());

	const remember = async (id: string, of = OF) =>
		await items.remember(hub.workspace.id, of, [{ id, key: KEY, records: [RECORD] }]);
	const ids = async (filter = {}) =>
		(await items.list(hub.workspace.id, filter, PAGE)).items.map(({ id }) => id);

	it('comes back as it was told, sealed meanwhile', async () => {
		await remember('one');

		const { items: kept } = await items.list(hub.workspace.id, NODE, PAGE);

		expect(kept).toEqual([
			{ id: 'one', key: KEY, execution: '7', savedAt: START, records: [RECORD] },
		]);
		const row = await hub.db.selectFrom('saved_items').selectAll().executeTakeFirstOrThrow();
		expect(JSON.stringify(row)).not.toContain('i-1');
	});

	it('is kept once when it is told again', async () => {
		await remember('one');
		await remember('one');

		expect(await ids(NODE)).toEqual(['one']);
	});

	it('is told of its node and its execution only', async () => {
		await remember('one');
		await remember('two', { ...OF, execution: '8' });
		await remember('three', { ...OF, nodeId: 'other' });

		// Both within one millisecond: their order is not told.
		expect((await ids(NODE)).sort()).toEqual(['one', 'two']);
		expect(await ids({ ...NODE, execution: '8' })).toEqual(['two']);
		const other = await hub.workspaces.create({ name: 'Other' });
		expect((await items.list(other.id, NODE, PAGE)).items).toEqual([]);
	});

	it('comes page by page', async () => {
		for (const id of ['one', 'two', 'three']) {
			await remember(id);
			at += 1;
		}

		const first = await items.list(hub.workspace.id, NODE, { limit: 2 });
		const after = first.nextCursor ?? '';
		const second = await items.list(hub.workspace.id, NODE, { limit: 2, after });

		expect([first, second].map((page) => page.items.map(({ id }) => id))).toEqual([
			['one', 'two'],
			['three'],
		]);
		expect(second.nextCursor).toBeNull();
	});

	it('is forgotten after an hour, and makes room then', async () => {
		for (const id of ['one', 'two', 'three']) await remember(id);
		await expect(remember('four')).rejects.toMatchObject({
			code: 'quota_reached',
			quota: 'savedItems',
		});
		at += KEPT_MS - 1;
		expect(await ids(NODE)).toHaveLength(3);

		at += 2;

		expect(await ids(NODE)).toEqual([]);
		await remember('four');
		expect(await ids(NODE)).toEqual(['four']);
		expect(await hub.db.selectFrom('saved_items').selectAll().execute()).toHaveLength(1);
	});

	it('is forgotten when its run has completed: of an execution, or of the node', async () => {
		await remember('one');
		await remember('two', { ...OF, execution: '8' });

		await items.forget(hub.workspace.id, { ...NODE, execution: '8' });
		expect(await ids(NODE)).toEqual(['one']);

		await items.forget(hub.workspace.id, NODE);
		expect(await ids(NODE)).toEqual([]);
	});

	it('is purged, and goes with its workspace', async () => {
		await remember('one');
		at += 1_000;
		await remember('two');
		const { savedItems: purge } = createPurgeSteps({ db: hub.db, engine });

		expect(await purge({ before: at, after: undefined, limit: 10 })).toMatchObject({ purged: 1 });
		await hub.db.deleteFrom('workspaces').where('id', '=', hub.workspace.id).execute();

		expect(await hub.db.selectFrom('saved_items').selectAll().execute()).toEqual([]);
	});
});
