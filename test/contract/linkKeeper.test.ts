import { newId } from '../../hub-server/src/database/newId';
import { createLinkStore } from '../../hub-server/src/links/createLinkStore';
import type { ExternalRecord } from '../../hub-server/src/links/Link';
import { createKeepLinks } from '../../hub-server/src/links/linkKeeper';
import type { LinkStore } from '../../hub-server/src/links/LinkStore';
import { createRecordSeals } from '../../hub-server/src/records/recordSeals';
import { saveStates, type RecordState } from '../../hub-server/src/records/recordStates';
import { ENGINES } from '../support/freshLedger';
import { ledgerFixture, TENANT, type LedgerFixture } from './ledgerFixture';

const FIRST = 'aaaaaaaa-0000-4000-8000-000000000001';
const SECOND = 'aaaaaaaa-0000-4000-8000-000000000002';

describe.each(ENGINES)('links whose records change, on %s', (engine) => {
	let hub: LedgerFixture;
	let workspaceId: string;
	let links: LinkStore;
	let epoch: string;
	let version: number;
	beforeEach(async () => {
		hub = await ledgerFixture(engine);
		workspaceId = hub.workspace.id;
		links = createLinkStore({ ...hub, recordSealOf: createRecordSeals(hub) });
		epoch = await hub.connect(workspaceId, TENANT, 'client');
		version = 0;
	});
	afterEach(() => hub.close());

	const of = (externalId: string, change: Partial<ExternalRecord> = {}): ExternalRecord => ({
		...{ tenantId: TENANT, system: 'crm', entity: 'contact', externalId, ...change },
	});
	const link = (record: ExternalRecord, xeroId: string) =>
		links.put(workspaceId, record, { xeroId, base: { Name: { external: 'a', xero: 'A' } } });
	const one = async (record: ExternalRecord) => (await links.findMany(workspaceId, [record]))[0];
	/** As a sync, a webhook's read or a sweep writes it down. */
	const learn = async (
		id: string,
		status: string | null,
		{
			entity = 'contact',
			mergedInto = null as string | null,
			...change
		}: Partial<RecordState> & {
			entity?: string;
			mergedInto?: string | null;
		} = {},
	) => {
		hub.advance(1_000);
		version += 1;
		await saveStates(hub.db, { workspaceId, tenantId: TENANT, entity, epoch }, [
			{
				...{ id, version: String(version), updatedAt: version, hash: null, due: null },
				standing: { status, sent: false, mergedInto },
				...{ record: null, bytes: 0, sweptIn: null, told: null, isDeleted: false },
				...{ deletedAt: null, firstSeenAt: hub.now(), seenAt: hub.now(), ...change },
			},
		]);
	};
	const keep = async () => {
		hub.advance(1_000);
		const { after, ...news } = await createKeepLinks(hub)('');
		expect(after).toBeNull();
		return news;
	};
	const NOTHING = { broken: 0, healed: 0, followed: 0 };

	it('break when a contact is archived, and heal when it is restored', async () => {
		await link(of('c-1'), FIRST);
		await learn(FIRST, 'ACTIVE');
		expect(await keep()).toEqual(NOTHING);

		await learn(FIRST, 'ARCHIVED');
		expect(await keep()).toEqual({ ...NOTHING, broken: 1 });
		expect(await keep()).toEqual(NOTHING);
		expect(await one(of('c-1'))).toMatchObject({
			state: 'broken',
			reason: expect.stringContaining('Restore it in Xero') as string,
			base: { Name: { xero: 'A' } },
		});

		await learn(FIRST, 'ACTIVE');
		expect(await keep()).toEqual({ ...NOTHING, healed: 1 });
		expect(await one(of('c-1'))).toMatchObject({ state: 'linked', reason: null });
	});

	it.each([
		['invoice', 'invoice', 'VOIDED', 'was voided in Xero'],
		['bill', 'invoice', 'DELETED', 'The bill was deleted in Xero'],
		['payment', 'payment', 'DELETED', 'The payment was deleted'],
		['account', 'account', 'ARCHIVED', 'The account is archived'],
		['contact', 'contact', 'GDPRREQUEST', 'details were erased'],
	] as const)('break: %s (%s) that is %s', async (entity, stored, status, words) => {
		await link(of('x-1', { entity }), FIRST);
		await learn(FIRST, status, { entity: stored });

		expect(await keep()).toEqual({ ...NOTHING, broken: 1 });
		expect((await one(of('x-1', { entity })))?.reason).toContain(words);
	});

	it('break when a full read does not find the record any more', async () => {
		await link(of('i-1', { entity: 'item' }), FIRST);
		await learn(FIRST, null, { entity: 'item', isDeleted: true, deletedAt: hub.now() });

		expect(await keep()).toEqual({ ...NOTHING, broken: 1 });
		expect((await one(of('i-1', { entity: 'item' })))?.reason).toContain('does not list');
	});

	it('follow a merged contact, and ask where the other one is linked too (mode 55)', async () => {
		await link(of('c-1'), FIRST);
		await link(of('s-1', { system: 'shop' }), FIRST);
		await link(of('s-2', { system: 'shop' }), SECOND);
		await learn(SECOND, 'ACTIVE');
		await learn(FIRST, 'ARCHIVED', { mergedInto: SECOND.toUpperCase() });

		expect(await keep()).toEqual({ ...NOTHING, broken: 1, followed: 1 });
		expect(await keep()).toEqual(NOTHING);

		// What was agreed of the merged one says nothing of the other.
		expect(await one(of('c-1'))).toMatchObject({ xeroId: SECOND, state: 'linked', base: null });
		expect(await one(of('s-1', { system: 'shop' }))).toMatchObject({
			...{ xeroId: FIRST, state: 'broken' },
			reason: expect.stringContaining('linked already') as string,
		});
		expect(await one(of('s-2', { system: 'shop' }))).toMatchObject({ state: 'linked' });
	});

	it('break when the organisation was reset, but not those made since', async () => {
		await link(of('c-1'), FIRST);
		await learn(FIRST, 'ACTIVE');
		hub.advance(1_000);
		epoch = newId(hub.now());
		await hub.db.updateTable('connections').set({ record_epoch: epoch }).execute();
		hub.advance(1_000);
		await link(of('c-2'), SECOND);

		expect(await keep()).toEqual({ ...NOTHING, broken: 1 });
		expect(await keep()).toEqual(NOTHING);
		expect((await one(of('c-1')))?.reason).toContain('was reset at Xero');
		expect(await one(of('c-2'))).toMatchObject({ state: 'linked' });
	});

	it('that a push broke heal only once the record was read again', async () => {
		await link(of('c-1'), FIRST);
		await learn(FIRST, 'ACTIVE');
		const broken = await one(of('c-1'));
		hub.advance(1_000);
		await links.break(broken?.id ?? '', 'Xero refused it.');

		expect(await keep()).toEqual(NOTHING);
		await learn(FIRST, 'ACTIVE');
		expect(await keep()).toEqual({ ...NOTHING, healed: 1 });
	});

	it('are looked at part by part', async () => {
		const many = Array.from({ length: 1_001 }, (_, index) => ({
			record: of(`c-${index}`),
			xeroId: `bbbbbbbb-0000-4000-8000-${String(index).padStart(12, '0')}`,
		}));
		await links.putMany(workspaceId, many);
		const keepLinks = createKeepLinks(hub);

		const { after } = await keepLinks('');
		const end = await keepLinks(after ?? '');

		expect(after).not.toBeNull();
		expect(end.after).toBeNull();
	});
});
