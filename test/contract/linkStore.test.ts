import { randomUUID } from 'node:crypto';
import { openDatabase, type Database } from '../../hub-server/src/database/openDatabase';
import { LinkTakenError } from '../../hub-server/src/errors/linkErrors';
import { createLinkStore } from '../../hub-server/src/links/createLinkStore';
import type { AgreedBase, ExternalRecord } from '../../hub-server/src/links/Link';
import type { LinkStore } from '../../hub-server/src/links/LinkStore';
import { createRecordSeals } from '../../hub-server/src/records/recordSeals';
import { ENGINES } from '../support/freshLedger';
import { ledgerFixture, OTHER_TENANT, START, TENANT, type LedgerFixture } from './ledgerFixture';

const CONTACT = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER_CONTACT = 'aaaaaaaa-0000-4000-8000-000000000002';
const BASE: AgreedBase = { Name: { external: 'acme ', xero: 'Acme' } };
const PAGE = { limit: 50 };

describe.each(ENGINES)('links, on %s', (engine) => {
	let hub: LedgerFixture;
	let workspaceId: string;
	let links: LinkStore;
	let second: Database;
	beforeEach(async () => {
		hub = await ledgerFixture(engine);
		workspaceId = hub.workspace.id;
		links = storeOn(hub);
		second = await openDatabase(hub.location);
	});
	afterEach(async () => {
		await second.close();
		await hub.close();
	});

	const storeOn = ({ db }: Pick<LedgerFixture, 'db'>) =>
		createLinkStore({
			db,
			recordSealOf: createRecordSeals({ db, keyRing: hub.keyRing }),
			now: hub.now,
		});

	const customer = (externalId: string, change: Partial<ExternalRecord> = {}): ExternalRecord => ({
		tenantId: TENANT,
		system: 'crm',
		entity: 'contact',
		externalId,
		...change,
	});

	const one = async (record: ExternalRecord) => (await links.findMany(workspaceId, [record]))[0];

	const claimOne = async (pushId: string, record: ExternalRecord, by = links) => {
		const [claim] = await by.claim(workspaceId, pushId, [record]);
		if (!claim) throw new Error('no answer to a claim');
		return claim;
	};

	async function aPush(status: 'running' | 'finished'): Promise<string> {
		const id = randomUUID();
		await hub.db
			.insertInto('pushes')
			.values({
				id,
				workspace_id: workspaceId,
				tenant_id: TENANT,
				kind: 'push',
				undo_of: null,
				system: 'crm',
				entity: 'contact',
				options: '{}',
				dry_run: 0,
				workflow: null,
				node: null,
				status,
				waiting_for: null,
				idempotency_key: null,
				next_at: 0,
				lease_id: null,
				lease_until: null,
				created_at: START,
				finished_at: null,
			})
			.execute();
		return id;
	}

	const endPush = (id: string) =>
		hub.db.updateTable('pushes').set({ status: 'finished' }).where('id', '=', id).execute();

	describe('of a person or a workflow', () => {
		it('are made once, with ids in one spelling, and stay as they are when they are told again', async () => {
			const made = await links.put(
				workspaceId,
				customer('c-1', { tenantId: TENANT.toUpperCase() }),
				{
					xeroId: CONTACT.toUpperCase(),
				},
			);
			hub.advance(1_000);
			const again = await links.put(workspaceId, customer('c-1'), { xeroId: CONTACT });

			expect(made).toEqual({
				isNew: true,
				link: {
					...customer('c-1'),
					id: expect.any(String) as string,
					xeroId: CONTACT,
					state: 'linked',
					reason: null,
					base: null,
					pushedHash: null,
					pushId: null,
					sentAt: null,
					createdAt: START,
					updatedAt: START,
				},
			});
			expect(again).toEqual({ isNew: false, link: made.link });
		});

		it('may belong to no organisation, beside one of the same id in an organisation', async () => {
			await links.put(workspaceId, customer('c-1', { tenantId: null }), { xeroId: CONTACT });
			await links.put(workspaceId, customer('c-1'), { xeroId: OTHER_CONTACT });

			expect(await one(customer('c-1', { tenantId: null }))).toMatchObject({
				tenantId: null,
				xeroId: CONTACT,
			});
			expect(await one(customer('c-1'))).toMatchObject({ tenantId: TENANT, xeroId: OTHER_CONTACT });
		});

		it('keep their base until another is given, and never for another record', async () => {
			await links.put(workspaceId, customer('c-1'), { xeroId: CONTACT, base: BASE });
			const same = await links.put(workspaceId, customer('c-1'), { xeroId: CONTACT });
			const moved = await links.put(workspaceId, customer('c-1'), { xeroId: OTHER_CONTACT });

			expect(same.link.base).toEqual(BASE);
			expect(moved.link.base).toBeNull();
		});

		it('forget what was pushed last when the sides agree anew', async () => {
			const { link } = await links.put(workspaceId, customer('c-1'), { xeroId: CONTACT });
			const agreement = { xeroId: CONTACT, base: BASE, pushedHash: 'hash', pushId: 'push' };
			await links.agree(link.id, agreement);
			expect(await one(customer('c-1'))).toMatchObject({ pushedHash: 'hash', pushId: 'push' });

			await links.put(workspaceId, customer('c-1'), { xeroId: CONTACT, base: {} });

			expect(await one(customer('c-1'))).toMatchObject({ pushedHash: null, base: {} });
		});

		it('settle a claim, and heal what is broken', async () => {
			const claim = await claimOne(await aPush('running'), customer('c-1'));
			await links.markSent([claim.link.id], START);
			await links.put(workspaceId, customer('c-1'), { xeroId: CONTACT });
			expect(await one(customer('c-1'))).toMatchObject({ state: 'linked', sentAt: null });

			await links.break(claim.link.id, 'archived');
			expect(await one(customer('c-1'))).toMatchObject({ state: 'broken', reason: 'archived' });
			await links.put(workspaceId, customer('c-1'), { xeroId: CONTACT });

			expect(await one(customer('c-1'))).toMatchObject({ state: 'linked', reason: null });
		});

		it('are refused where the record has one of the same system, and taken from another system', async () => {
			await links.put(workspaceId, customer('c-1'), { xeroId: CONTACT });
			await links.put(workspaceId, customer('c-2'), { xeroId: OTHER_CONTACT });

			const taken = { xeroId: CONTACT, externalId: 'c-1' };
			for (const externalId of ['c-2', 'c-3']) {
				await expect(
					links.put(workspaceId, customer(externalId), { xeroId: CONTACT }),
				).rejects.toMatchObject({ code: 'link_taken', taken });
			}
			await links.put(workspaceId, customer('s-1', { system: 'shop' }), { xeroId: CONTACT });

			expect(await one(customer('c-2'))).toMatchObject({ xeroId: OTHER_CONTACT });
			const both = await links.ofXero(workspaceId, TENANT, [
				{ entity: 'contact', xeroId: CONTACT.toUpperCase() },
			]);
			expect(both.map(({ system, externalId }) => [system, externalId])).toEqual([
				['crm', 'c-1'],
				['shop', 's-1'],
			]);
		});

		it('are removed, and told whether there was one', async () => {
			await links.put(workspaceId, customer('c-1'), { xeroId: CONTACT });

			expect(await links.remove(workspaceId, customer('c-1'))).toBe(true);
			expect(await links.remove(workspaceId, customer('c-1'))).toBe(false);
			expect(await one(customer('c-1'))).toBeUndefined();
		});
	});

	describe('when several write at once', () => {
		it('give an external record to one of eight claims, over two connections', async () => {
			const pushes = await Promise.all(Array.from({ length: 8 }, () => aPush('running')));
			const stores = [links, storeOn(second)];

			const claims = await Promise.all(
				pushes.map((push, index) => claimOne(push, customer('c-1'), stores[index % 2])),
			);

			const mine = claims.filter(({ isMine }) => isMine);
			expect(mine).toHaveLength(1);
			expect(new Set(claims.map(({ link }) => link.pushId))).toEqual(
				new Set([mine[0]?.link.pushId]),
			);
		});

		it('give a record of Xero to one of two external records, and tell the other whose it is', async () => {
			const results = await Promise.allSettled([
				links.put(workspaceId, customer('c-1'), { xeroId: CONTACT }),
				storeOn(second).put(workspaceId, customer('c-2'), { xeroId: CONTACT }),
			]);

			const refusals = results.flatMap((result) =>
				result.status === 'rejected' ? [result.reason as unknown] : [],
			);
			const { items } = await links.list(workspaceId, {}, PAGE);
			expect(items).toHaveLength(1);
			expect(refusals).toEqual([expect.any(LinkTakenError)]);
			expect(refusals).toMatchObject([{ taken: { externalId: items[0]?.externalId } }]);
		});

		it('let one of two pushes agree on a record of Xero', async () => {
			const claims = await links.claim(workspaceId, await aPush('running'), [
				customer('c-1'),
				customer('c-2'),
			]);
			const agreement = { xeroId: CONTACT, base: BASE, pushedHash: 'hash', pushId: 'push' };

			const by = storeOn(second);
			const results = await Promise.allSettled(
				claims.map(({ link }, index) => (index % 2 ? links : by).agree(link.id, agreement)),
			);

			expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
			expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
				reason: expect.any(LinkTakenError) as LinkTakenError,
			});
			const { items } = await links.list(workspaceId, { state: 'linked' }, PAGE);
			expect(items).toHaveLength(1);
		});

		it('let one of eight take over the claim of a push that is over', async () => {
			const over = await aPush('running');
			await claimOne(over, customer('c-1'));
			await endPush(over);
			const pushes = await Promise.all(Array.from({ length: 8 }, () => aPush('running')));

			const claims = await Promise.all(
				pushes.map((push, index) =>
					claimOne(push, customer('c-1'), [links, storeOn(second)][index % 2]),
				),
			);

			expect(claims.filter(({ isMine }) => isMine)).toHaveLength(1);
		});
	});

	describe('that a push claims', () => {
		it('are its own until it is over, also when it asks again', async () => {
			const push = await aPush('running');
			const first = await claimOne(push, customer('c-1'));
			const other = await claimOne(await aPush('running'), customer('c-1'));
			const again = await claimOne(push, customer('c-1'));

			expect(first).toMatchObject({ isMine: true, link: { state: 'claiming', xeroId: null } });
			expect(other).toMatchObject({ isMine: false, link: { pushId: push } });
			expect(again).toEqual(first);
		});

		it('say still that a create was sent when another push takes them over', async () => {
			const push = await aPush('running');
			const { link } = await claimOne(push, customer('c-1'));
			await links.markSent([link.id], START + 5);
			await endPush(push);

			const taken = await claimOne(await aPush('running'), customer('c-1'));

			expect(taken).toMatchObject({ isMine: true, link: { id: link.id, sentAt: START + 5 } });
		});

		it('are taken over where their push is known no more', async () => {
			await claimOne('gone', customer('c-1'));

			expect(await claimOne(await aPush('running'), customer('c-1'))).toMatchObject({
				isMine: true,
				link: { sentAt: null },
			});
		});

		it('are given back, but not what is linked meanwhile', async () => {
			const push = await aPush('running');
			const [given, kept] = await links.claim(workspaceId, push, [
				customer('c-1'),
				customer('c-2'),
			]);
			const ids = [given?.link.id ?? '', kept?.link.id ?? ''];
			await links.agree(ids[1] ?? '', {
				xeroId: CONTACT,
				base: BASE,
				pushedHash: 'hash',
				pushId: push,
			});

			await links.release(ids);

			expect(await one(customer('c-1'))).toBeUndefined();
			expect(await one(customer('c-2'))).toMatchObject({ state: 'linked', base: BASE });
		});

		it('answer what is linked already as it is', async () => {
			const { link } = await links.put(workspaceId, customer('c-1'), { xeroId: CONTACT });

			expect(await claimOne(await aPush('running'), customer('c-1'))).toEqual({
				isMine: false,
				link,
			});
		});

		it('stay removed when they are agreed on after their removal', async () => {
			const { link } = await claimOne(await aPush('running'), customer('c-1'));
			await links.remove(workspaceId, customer('c-1'));

			await links.agree(link.id, { xeroId: CONTACT, base: BASE, pushedHash: null, pushId: null });

			expect(await one(customer('c-1'))).toBeUndefined();
		});
	});

	it('are found by the thousand, in the order in which they are asked for', async () => {
		const records = Array.from({ length: 2_500 }, (_, index) => customer(`c-${index}`));
		const push = await aPush('running');

		const claims = await links.claim(workspaceId, push, [...records, customer('c-0')]);
		await links.markSent(
			claims.map(({ link }) => link.id),
			START,
		);
		const found = await links.findMany(workspaceId, [customer('nobody'), ...records.toReversed()]);

		expect(claims.every(({ isMine }) => isMine)).toBe(true);
		expect(claims.at(-1)?.link.id).toBe(claims[0]?.link.id);
		expect(found.map((link) => link?.externalId)).toEqual([
			undefined,
			...records.toReversed().map(({ externalId }) => externalId),
		]);
		expect(found.at(-1)?.sentAt).toBe(START);
	});

	it('seal what both sides agreed on', async () => {
		const { link } = await links.put(workspaceId, customer('c-1'), {
			xeroId: CONTACT,
			base: { Name: { external: 'confidential', xero: 'Confidential' } },
		});

		const row = await hub.db.selectFrom('links').selectAll().executeTakeFirstOrThrow();

		expect(JSON.stringify(row).toLowerCase()).not.toContain('confidential');
		// It opens at its own place only.
		await hub.db.updateTable('links').set({ id: randomUUID() }).where('id', '=', link.id).execute();
		await expect(one(customer('c-1'))).rejects.toThrow();
	});

	it('are listed newest first, by page and by filter', async () => {
		await links.put(workspaceId, customer('Order_1', { tenantId: null }), { xeroId: CONTACT });
		hub.advance(1);
		await links.put(workspaceId, customer('order-2', { system: 'shop' }), { xeroId: CONTACT });
		hub.advance(1);
		await links.put(workspaceId, customer('x', { entity: 'invoice' }), { xeroId: OTHER_CONTACT });
		hub.advance(1);
		await claimOne(await aPush('running'), customer('y', { tenantId: OTHER_TENANT }));

		const ids = async (filter: Parameters<LinkStore['list']>[1]) =>
			(await links.list(workspaceId, filter, PAGE)).items.map(({ externalId }) => externalId);

		expect(await ids({})).toEqual(['y', 'x', 'order-2', 'Order_1']);
		expect(await ids({ tenantId: null })).toEqual(['Order_1']);
		expect(await ids({ tenantId: OTHER_TENANT.toUpperCase() })).toEqual(['y']);
		expect(await ids({ system: 'shop' })).toEqual(['order-2']);
		expect(await ids({ entity: 'invoice' })).toEqual(['x']);
		expect(await ids({ state: 'claiming' })).toEqual(['y']);
		expect(await ids({ xeroId: CONTACT.toUpperCase() })).toEqual(['order-2', 'Order_1']);
		expect(await ids({ search: 'ORDER' })).toEqual(['order-2', 'Order_1']);
		expect(await ids({ search: 'r_1' })).toEqual(['Order_1']);
		expect(await ids({ search: '%' })).toEqual([]);

		const first = await links.list(workspaceId, {}, { limit: 3 });
		const rest = await links.list(workspaceId, {}, { limit: 3, cursor: first.nextCursor ?? '' });
		expect(first.items).toHaveLength(3);
		expect(rest).toMatchObject({ items: [{ externalId: 'Order_1' }], nextCursor: null });
	});

	it('are no other workspace’s', async () => {
		await links.put(workspaceId, customer('c-1'), { xeroId: CONTACT, base: BASE });
		const other = await hub.workspaces.create({ name: 'Other' });

		expect(await links.findMany(other.id, [customer('c-1')])).toEqual([undefined]);
		expect(await links.ofXero(other.id, TENANT, [{ entity: 'contact', xeroId: CONTACT }])).toEqual(
			[],
		);
		expect((await links.list(other.id, {}, PAGE)).items).toEqual([]);
		expect(await links.remove(other.id, customer('c-1'))).toBe(false);
		const theirs = await links.put(other.id, customer('c-2'), { xeroId: CONTACT });

		expect(theirs.isNew).toBe(true);
		expect(await one(customer('c-1'))).toMatchObject({ xeroId: CONTACT, base: BASE });
	});
});
