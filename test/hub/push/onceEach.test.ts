import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { eventually } from '../../support/eventually';
import {
	pushedOrganisation,
	statesOf,
	type AnsweredPush,
	type PushedOrganisation,
	type PushWish,
	type XeroAnswer,
} from './pushedOrganisation';

/** What is counted is what Xero has, not what the hub says. */
describe('each record of a CRM is once in Xero', () => {
	let acme: PushedOrganisation;
	beforeEach(async () => {
		acme = await pushedOrganisation();
	}, 60_000);
	afterEach(() => acme.close());

	const count = async (list: string, isOne: (record: XeroAnswer) => boolean = () => true) => {
		const answer = await acme.atXero(
			`/${list}${/^(Items|Accounts|TaxRates)/.test(list) ? '' : '?page=1&pageSize=1000'}`,
		);
		return (answer[list] ?? []).filter(isOne).length;
	};

	/** As a backup of yesterday leaves it: Xero has records that the hub has never heard of. */
	async function forgetLinks() {
		const database = connectDatabase({ dataDir: acme.portal.hub.dataDir, databaseUrl: undefined });
		await database.db.deleteFrom('links').execute();
		await database.close();
	}

	const people = (names: readonly string[]) =>
		names.map((name) => ({ externalId: name, fields: { Name: `Person ${name}` } }));
	const isPerson = ({ Name: name }: XeroAnswer) => String(name).startsWith('Person ');

	it('when the answer was lost after Xero had made it', async () => {
		await acme.sandbox.setFaults({
			dropAfterCommit: { path: '/Contacts', method: 'PUT', times: 1 },
		});

		const push = await acme.push({ records: people(['a', 'b']) });

		expect(statesOf(push)).toEqual({ a: 'synced', b: 'synced' });
		expect(await count('Contacts', isPerson)).toBe(2);
	});

	it('when every answer was lost, and the same is pushed again after seven minutes', async () => {
		await acme.sandbox.setFaults({
			dropAfterCommit: { path: '/Contacts', method: 'PUT', times: 3 },
		});
		const { body } = await acme.call('POST', '/pushes', {
			...{ tenantId: acme.tenantId, system: 'crm', entity: 'contact' },
			records: people(['a', 'b']),
		});
		await eventually('the lost answer', async () => {
			const { items } = (await acme.call('GET', `/pushes/${body.id}`)).body as AnsweredPush;
			return items[0]?.message?.includes('looked up before') === true ? true : undefined;
		});

		await acme.pass(7 * 60 + 1);
		const again = await acme.push({ records: people(['a', 'b']) });

		expect(statesOf(again)).toEqual({
			a: expect.stringMatching(/synced|unchanged/),
			b: expect.anything(),
		});
		expect((await acme.finished(body.id)).items[0]).toMatchObject({
			state: 'synced',
			change: 'created',
		});
		expect(await count('Contacts', isPerson)).toBe(2);
	});

	it('when eight push the same at once', async () => {
		const records = people(['a', 'b', 'c']);

		const pushes = await Promise.all(Array.from({ length: 8 }, () => acme.push({ records })));

		for (const push of pushes) {
			expect(Object.values(statesOf(push))).toEqual(
				Array.from({ length: 3 }, () => expect.stringMatching(/synced|unchanged/)),
			);
		}
		expect(await count('Contacts', isPerson)).toBe(3);
	});

	it('when five hundred of them come at once', async () => {
		const records = people(Array.from({ length: 500 }, (_, index) => String(index)));

		const push = await acme.push({ records });

		expect(push.counts).toEqual({ synced: 500 });
		expect(push.calls).toBe(10 * 4);
		expect(await count('Contacts', isPerson)).toBe(500);
	}, 90_000);

	it('when Xero names no record in its answer', async () => {
		await acme.sandbox.setFaults({
			answersWithoutIds: { path: '/Contacts', method: 'PUT', times: 1 },
		});
		const { body } = await acme.call('POST', '/pushes', {
			...{ tenantId: acme.tenantId, system: 'crm', entity: 'contact' },
			records: people(['a']),
		});
		await eventually('the answer without an id', async () => {
			const { items } = (await acme.call('GET', `/pushes/${body.id}`)).body as AnsweredPush;
			return items[0]?.message?.includes('looked up before') === true ? true : undefined;
		});

		await acme.pass(60);

		expect(statesOf(await acme.finished(body.id))).toEqual({ a: 'synced' });
		expect(await count('Contacts', isPerson)).toBe(1);
	});

	it('when Xero refuses a batch as a whole and keeps its good records', async () => {
		await acme.sandbox.setFaults({ ignoresSummarizeErrors: true });
		await acme.writeToXero('PUT', '/Contacts', { Contacts: [{ Name: 'Taken' }] });

		const push = await acme.push({
			records: [
				...people(['a', 'b']),
				{ externalId: 'bad', fields: { Name: 'Taken' } },
				...people(['c']),
			],
		});

		expect(statesOf(push)).toEqual({ a: 'synced', b: 'synced', bad: 'failed', c: 'synced' });
		expect(await count('Contacts', isPerson)).toBe(3);
	});

	const line = { Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' };
	const Contact = { externalId: 'buyer' };
	const numbered: PushWish[] = [
		{
			entity: 'invoice',
			records: ['1', '2'].map((id) => ({
				externalId: id,
				fields: {
					...{ Contact, Date: '2026-11-02', DueDate: '2026-12-02', LineItems: [line] },
					InvoiceNumber: `CRM-${id}`,
				},
			})),
		},
		{
			entity: 'invoice',
			system: 'shop',
			records: ['1', '2'].map((externalId) => ({
				externalId,
				fields: {
					...{ Contact: { Name: 'Person buyer' }, Date: '2026-11-02', DueDate: '2026-12-02' },
					LineItems: [line],
				},
			})),
		},
		{
			entity: 'bill',
			records: ['1', '2'].map((externalId) => ({
				externalId,
				fields: {
					...{ Contact, Date: '2026-11-03', DueDate: '2026-12-03', InvoiceNumber: 'B-7' },
					LineItems: [line],
				},
			})),
		},
		{
			entity: 'credit_note',
			records: ['1', '2'].map((externalId) => ({
				externalId,
				fields: {
					...{ Type: 'ACCRECCREDIT', Contact, Date: '2026-11-04', LineItems: [line] },
				},
			})),
		},
		{
			entity: 'bank_transaction',
			records: ['1', '2'].map((externalId) => ({
				externalId,
				fields: {
					...{ Type: 'RECEIVE', Contact, Date: '2026-11-05', LineItems: [line] },
					BankAccount: { Code: '090' },
				},
			})),
		},
		{
			entity: 'item',
			records: ['1', '2'].map((externalId) => ({
				externalId,
				fields: { Code: `SKU-${externalId}`, Name: `Thing ${externalId}` },
			})),
		},
		{
			entity: 'account',
			records: ['1', '2'].map((externalId) => ({
				externalId,
				fields: { Code: `77${externalId}`, Name: `Costs ${externalId}`, Type: 'EXPENSE' },
			})),
		},
		{
			entity: 'tax_rate',
			records: ['1'].map((externalId) => ({
				externalId,
				fields: {
					Name: `City tax ${externalId}`,
					ReportTaxType: 'OUTPUT',
					TaxComponents: [{ Name: 'City', Rate: 3 }],
				},
			})),
		},
	];
	const lists = [
		...['Contacts', 'Invoices', 'CreditNotes', 'BankTransactions', 'Items'],
		...['Accounts', 'TaxRates', 'Payments'],
	] as const;
	const counts = async () =>
		Object.fromEntries(
			await Promise.all(lists.map(async (list) => [list, await count(list)] as const)),
		);

	it('when the hub has forgotten all its links, as a backup of yesterday leaves it', async () => {
		const wishes: PushWish[] = [{ records: people(['buyer']) }, ...numbered];
		for (const wish of wishes) {
			const push = await acme.push(wish);
			expect([wish.entity, push.items.map(({ message }) => message)]).toEqual([
				wish.entity,
				wish.records.map(() => null),
			]);
		}
		const before = await counts();

		await forgetLinks();
		for (const wish of wishes) {
			const push = await acme.push({ ...wish, policy: 'external' });
			for (const item of push.items) {
				expect([wish.entity, item.message, item.change]).toEqual([
					wish.entity,
					expect.stringMatching(/linked now/),
					null,
				]);
			}
		}

		expect(await counts()).toEqual(before);
	}, 120_000);

	it('when payments are pushed again by a hub that has forgotten them', async () => {
		await acme.push({ records: people(['buyer']) });
		await acme.push({
			entity: 'invoice',
			records: [
				{
					externalId: 'i',
					fields: {
						...{ Contact, Date: '2026-11-02', DueDate: '2026-12-02', Status: 'AUTHORISED' },
						...{ InvoiceNumber: 'P-1', LineItems: [{ ...line, UnitAmount: 500 }] },
					},
				},
			],
		});
		const payments: PushWish = {
			entity: 'payment',
			records: ['1', '2', '3'].map((externalId) => ({
				externalId,
				fields: {
					...{ Invoice: { externalId: 'i' }, Account: { Code: '090' }, Date: '2026-11-06' },
					Amount: externalId === '3' ? 70 : 100,
				},
			})),
		};
		expect(statesOf(await acme.push(payments))).toEqual({ 1: 'synced', 2: 'synced', 3: 'synced' });

		const database = connectDatabase({ dataDir: acme.portal.hub.dataDir, databaseUrl: undefined });
		await database.db.deleteFrom('links').where('entity', '=', 'payment').execute();
		await database.close();
		const before = await count('Payments');
		const again = await acme.push(payments);

		expect(again.items.map(({ message }) => message)).toEqual(
			Array.from({ length: 3 }, () => expect.stringMatching(/linked now/)),
		);
		expect(await count('Payments')).toBe(before);
	});
});
