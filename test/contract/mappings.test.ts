import { QuotaReachedError } from '../../hub-server/src/errors/requestErrors';
import { createUnmappedValues } from '../../hub-server/src/mapping/unmappedValues';
import { ENGINES } from '../support/freshLedger';
import { OTHER_TENANT, TENANT } from './ledgerFixture';
import { aMapping, ACCOUNTS, mappingFixture, type MappingFixture } from './mappingFixture';

const PAGE = { limit: 50 };

describe.each(ENGINES)('mappings on %s', (engine) => {
	let f: MappingFixture;
	beforeEach(async () => {
		f = await mappingFixture(engine);
	});
	afterEach(() => f.close());

	const listed = async (filter = {}) => (await f.mappings.list(f.scope, filter, PAGE)).items;
	const unmapped = async () => (await f.unmapped.list(f.scope, {}, PAGE)).items;

	it('come back as they were put', async () => {
		const value = { category: 'Region', option: 'North' };
		await f.put({ kind: 'tracking', key: 'n', value, xeroId: 'x', label: 'North', system: 'crm' });

		expect(await listed()).toEqual([
			{
				...{ id: expect.any(String) as string, system: 'crm', kind: 'tracking', key: 'n', value },
				...{ xeroId: 'x', label: 'North', state: 'ok', reason: null, updatedAt: f.now() },
			},
		]);
	});

	it('keep one value for each name: the last one', async () => {
		await f.put({ value: '200' }, { value: '260' });
		await f.put({ value: '493' });

		expect((await listed()).map(({ value }) => value)).toEqual(['493']);
	});

	it('are other ones in another organisation, of another workspace', async () => {
		await f.put({});
		const other = await f.workspaces.create({ name: 'Other' });

		const elsewhere = await Promise.all([
			f.mappings.list({ ...f.scope, tenantId: OTHER_TENANT }, {}, PAGE),
			f.mappings.list({ ...f.scope, workspaceId: other.id }, {}, PAGE),
		]);

		expect(elsewhere.flatMap(({ items }) => items)).toEqual([]);
	});

	it('are listed in pages, newest first, and found by a part of key or name', async () => {
		await f.put(...[1, 2, 3].map((n) => ({ key: `key ${n}` })));
		await f.put({ key: '100%_\\', label: 'Freight' });

		const first = await f.mappings.list(f.scope, {}, { limit: 3 });
		const rest = await f.mappings.list(f.scope, {}, { limit: 3, cursor: first.nextCursor! });

		expect([...first.items, ...rest.items].map(({ key }) => key).sort()).toEqual([
			...['100%_\\', 'key 1', 'key 2', 'key 3'],
		]);
		expect(rest.nextCursor).toBeNull();
		expect((await listed({ search: '%_\\' })).map(({ key }) => key)).toEqual(['100%_\\']);
		expect((await listed({ search: 'FREIGHT' })).map(({ key }) => key)).toEqual(['100%_\\']);
	});

	it('are removed by their whole name', async () => {
		await f.put({ system: 'crm' }, { system: '*' });
		const name = { kind: 'account', key: 'SALES', system: 'crm' } as const;

		expect(await f.mappings.remove(f.scope, name)).toBe(true);
		expect(await f.mappings.remove(f.scope, name)).toBe(false);
		expect((await listed()).map(({ system }) => system)).toEqual(['*']);
	});

	it('are not more than the quota, and then none of those that were put is kept', async () => {
		await f.close();
		f = await mappingFixture(engine, { mappings: 2 });
		await f.put({ key: 'a' });

		const tooMany = f.put({ key: 'a', value: '260' }, { key: 'b' }, { key: 'c' });

		await expect(tooMany).rejects.toThrow(QuotaReachedError);
		expect((await listed()).map(({ key, value }) => [key, value])).toEqual([['a', '200']]);
		await f.put({ key: 'b' }, { key: 'a', value: '493' });
		expect(await listed()).toHaveLength(2);
	});

	it('that a person changed while it was checked stays as the person said', async () => {
		await f.put({});
		const [mapping] = await listed();
		const checkedAt = f.now() - 1;

		await f.mappings.judge(
			f.scope,
			[{ id: mapping!.id, state: 'broken', reason: 'gone' }],
			checkedAt,
		);

		expect((await listed())[0]?.state).toBe('ok');
	});

	it('tell which organisations have any', async () => {
		await f.put({}, { key: 'b' });
		await f.mappings.putMany({ ...f.scope, tenantId: OTHER_TENANT }, [aMapping({})]);

		const first = await f.mappings.organisations({ limit: 1 });
		const rest = await f.mappings.organisations({ limit: 5, after: first[0] });

		expect([...first, ...rest].map(({ tenantId }) => tenantId)).toEqual([TENANT, OTHER_TENANT]);
	});

	describe('values that nobody mapped', () => {
		const remember = (...keys: readonly string[]) =>
			f.unmapped.remember(
				f.scope,
				keys.map((key, line) => ({ kind: 'account', key, where: `line ${line}` })),
			);

		it('are counted, with where they stood last', async () => {
			await remember('a', 'b', 'a');
			await remember('a');

			const most = await f.unmapped.most(f.scope, {}, 10);

			expect(most.map(({ key, times, where }) => [key, times, where])).toEqual([
				['a', 3, 'line 0'],
				['b', 1, 'line 1'],
			]);
			expect(await f.unmapped.count(f.scope)).toEqual(new Map([['account', 2]]));
			expect(await f.unmapped.countByOrganisation(f.scope.workspaceId)).toEqual(
				new Map([[f.scope.tenantId, 2]]),
			);
			expect(await f.unmapped.countByOrganisation('nobody')).toEqual(new Map());
		});

		it('are gone once they are mapped: for their system, or for any', async () => {
			await remember('a', 'b', 'c');

			await f.put(
				{ key: 'a', system: '*' },
				{ key: 'b', system: 'crm' },
				{ key: 'c', system: 'x' },
			);

			expect((await unmapped()).map(({ key }) => key)).toEqual(['c']);
		});

		it('of a tax rate are told apart by direction, and one mapping without it ends both', async () => {
			const of = (direction: 'sales' | 'purchases') =>
				({ kind: 'tax_rate', key: 'GST', direction }) as const;
			await f.unmapped.remember(f.scope, [of('sales'), of('purchases')]);
			expect(await unmapped()).toHaveLength(2);

			await f.put({ kind: 'tax_rate', key: 'GST', value: 'OUTPUT2', direction: 'sales' });
			expect((await unmapped()).map(({ direction }) => direction)).toEqual(['purchases']);
			await f.put({ kind: 'tax_rate', key: 'GST', value: 'NONE' });

			expect(await unmapped()).toEqual([]);
		});

		it('are bounded: what was not seen for the longest time goes', async () => {
			let at = f.now();
			const few = createUnmappedValues({ db: f.db, now: () => at++, mostKept: 2 });
			for (const key of ['a', 'b', 'a', 'c']) {
				await few.remember(f.scope, [{ kind: 'account', key }]);
			}

			expect((await unmapped()).map(({ key }) => key).sort()).toEqual(['a', 'c']);
		});

		it('are forgotten when a person says so', async () => {
			await remember('a', 'b');

			await f.unmapped.forget(f.scope, { kind: 'account', key: 'a', system: 'crm' });

			expect((await unmapped()).map(({ key }) => key)).toEqual(['b']);
		});
	});

	describe('resolved', () => {
		it('say what each value is, in the order asked', async () => {
			await f.put({}, { kind: 'tax_rate', key: 'GST', value: 'OUTPUT2', xeroId: 'OUTPUT2' });

			expect(
				await f.resolve(
					{ kind: 'tax_rate', key: 'GST', direction: 'sales' },
					{ kind: 'account', key: 'NOPE' },
					{ kind: 'account', key: ' SALES ' },
				),
			).toEqual([
				{ state: 'ok', value: 'OUTPUT2' },
				{ state: 'unmapped' },
				{ state: 'ok', value: '200' },
			]);
			expect((await unmapped()).map(({ key }) => key)).toEqual(['NOPE']);
		});

		it('prefer the exact system, and then the exact direction', async () => {
			const rate = { kind: 'tax_rate', key: 'T', xeroId: null } as const;
			await f.put(
				{ ...rate, system: '*', direction: 'sales', value: 'OUTPUT2' },
				{ ...rate, system: 'crm', value: 'NONE' },
			);
			const wanted = { kind: 'tax_rate', key: 'T', direction: 'sales' } as const;
			expect(await f.resolve(wanted)).toEqual([{ state: 'ok', value: 'NONE' }]);

			await f.put({ ...rate, system: 'crm', direction: 'sales', value: 'OUTPUT2' });

			expect(await f.resolve(wanted, { kind: 'tax_rate', key: 'T' })).toEqual([
				{ state: 'ok', value: 'OUTPUT2' },
				{ state: 'ok', value: 'NONE' },
			]);
		});

		it('prefer a link to a mapping of a contact', async () => {
			const contact = { ContactID: '0000000a-0000-4000-8000-000000000000', Name: 'Mapped' };
			f.xeroHas('Contacts', [{ ...contact, ContactStatus: 'ACTIVE' }]);
			const of = { kind: 'contact', value: contact.ContactID, xeroId: contact.ContactID } as const;
			await f.put({ ...of, key: 'c1' }, { ...of, key: 'c2' });
			const linked = '0000000b-0000-4000-8000-000000000000';
			await f.links.put(
				f.scope.workspaceId,
				{ tenantId: TENANT, system: 'crm', entity: 'contact', externalId: 'c1' },
				{ xeroId: linked },
			);

			expect(
				await f.resolve({ kind: 'contact', key: 'c1' }, { kind: 'contact', key: 'c2' }),
			).toEqual([
				{ state: 'ok', value: linked },
				{ state: 'ok', value: contact.ContactID },
			]);
		});

		it('are broken, with reason and alert, once Xero archives what they stand for, and mended with it', async () => {
			await f.put({});
			f.xeroHas('Accounts', [{ ...ACCOUNTS.sales, Status: 'ARCHIVED' }]);

			const [broken] = await f.resolve({ kind: 'account', key: 'SALES' });

			expect(broken).toEqual({
				state: 'broken',
				reason:
					'200 – Sales: the account is archived. Restore it in Xero’s chart of accounts, or choose another account.',
			});
			expect(await f.alerts()).toEqual([
				{
					...{ kind: 'mapping_broken', subject: TENANT },
					message: expect.stringContaining('Accounts "SALES": 200 – Sales') as string,
				},
			]);
			expect((await listed({ state: 'broken' })).map(({ key }) => key)).toEqual(['SALES']);

			f.xeroHas('Accounts', [ACCOUNTS.sales]);
			expect(await f.resolve({ kind: 'account', key: 'SALES' })).toEqual([
				{ state: 'ok', value: '200' },
			]);
			expect(await f.alerts()).toEqual([]);
		});

		it('follow what was renamed', async () => {
			await f.put({});
			f.xeroHas('Accounts', [{ ...ACCOUNTS.sales, Code: '201', Name: 'Sales NZ' }]);

			expect(await f.resolve({ kind: 'account', key: 'SALES' })).toEqual([
				{ state: 'ok', value: '201' },
			]);
			expect((await listed()).map(({ value, label }) => [value, label])).toEqual([
				['201', '201 – Sales NZ'],
			]);
		});

		it('stay as they were while Xero cannot be asked', async () => {
			await f.put({});
			f.goDown();

			expect(await f.resolve({ kind: 'account', key: 'SALES' })).toEqual([
				{ state: 'ok', value: '200' },
			]);
		});

		it('cost one call a list in ten minutes, however often they are wanted', async () => {
			await f.put({}, { kind: 'payment_account', key: 'bank', value: '090', xeroId: null });

			for (let push = 0; push < 5; push += 1) {
				await f.resolve(
					{ kind: 'account', key: 'SALES' },
					{ kind: 'payment_account', key: 'bank' },
				);
			}

			expect(f.asked).toEqual(['/api.xro/2.0/Accounts']);
		});
	});
});
