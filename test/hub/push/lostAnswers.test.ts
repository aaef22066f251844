import { eventually } from '../../support/eventually';
import { ENGINES } from '../../support/freshLedger';
import {
	pushedOrganisation,
	type AnsweredPush,
	type PushedOrganisation,
	type PushWish,
} from './pushedOrganisation';

const line = { Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' };
const Contact = { Name: 'Buyer' };

/** Nothing that a person could tell two of them by, besides the external id. */
const WISHES: ReadonlyArray<{
	readonly list: string;
	readonly entity: string;
	readonly fields: Readonly<Record<string, unknown>>;
}> = [
	{ list: 'Contacts', entity: 'contact', fields: { Name: 'Lost' } },
	{ list: 'Invoices', entity: 'invoice', fields: { Contact, LineItems: [line] } },
	{ list: 'Invoices', entity: 'bill', fields: { Contact, LineItems: [line], InvoiceNumber: '7' } },
	{
		list: 'CreditNotes',
		entity: 'credit_note',
		fields: { Type: 'ACCRECCREDIT', Contact, Date: '2026-11-04', LineItems: [line] },
	},
	{
		list: 'BankTransactions',
		entity: 'bank_transaction',
		fields: {
			...{ Type: 'RECEIVE', Contact, Date: '2026-11-05', LineItems: [line] },
			BankAccount: { Code: '090' },
		},
	},
	{ list: 'Items', entity: 'item', fields: { Code: 'LOST', Name: 'Lost' } },
	{
		list: 'TaxRates',
		entity: 'tax_rate',
		fields: {
			...{ Name: 'Lost', ReportTaxType: 'OUTPUT' },
			TaxComponents: [{ Name: 'Lost', Rate: 3 }],
		},
	},
	{ list: 'Accounts', entity: 'account', fields: { Code: '988', Name: 'Lost', Type: 'EXPENSE' } },
];

describe.each(ENGINES)('every answer to a create is lost, on %s', (engine) => {
	let acme: PushedOrganisation;
	beforeAll(async () => {
		acme = await pushedOrganisation({ engine });
		await acme.sandbox.setLimits({ minute: 1_000_000, day: 10_000_000, appMinute: 10_000_000 });
		await acme.writeToXero('PUT', '/Contacts', { Contacts: [Contact] });
	}, 60_000);
	afterAll(() => acme.close());

	const count = async (list: string) => {
		const query = /^(Items|Accounts|TaxRates)$/.test(list) ? '' : '?page=1&pageSize=1000';
		return (await acme.atXero(`/${list}${query}`))[list]?.length ?? 0;
	};
	const lose = (list: string) =>
		acme.sandbox.setFaults({ dropAfterCommit: { path: `/${list}`, method: 'PUT', times: 3 } });
	const begun = async (wish: PushWish) => {
		const { body } = await acme.call('POST', '/pushes', {
			...{ tenantId: acme.tenantId, system: 'crm', codes: 'xero', ...wish },
		});
		await eventually('the lost answer', async () => {
			const { items } = (await acme.call('GET', `/pushes/${body.id}`)).body as AnsweredPush;
			return items[0]?.message?.includes('looked up before') === true ? true : undefined;
		});
		return body.id as string;
	};

	it.each(WISHES.map((wish) => [wish.entity, wish] as const))(
		'of a %s, which is pushed again after seven minutes',
		async (entity, { list, fields }) => {
			const wish: PushWish = { entity, records: [{ externalId: 'lost', fields }] };
			const before = await count(list);
			await lose(list);
			const id = await begun(wish);

			await acme.pass(7 * 60 + 1);
			const [again] = (await acme.push(wish)).items;
			const [first] = (await acme.finished(id)).items;

			expect(again).toMatchObject({ state: expect.stringMatching(/synced|unchanged/) });
			expect(first).toMatchObject({ state: 'synced', xeroId: again?.xeroId });
			expect(await count(list)).toBe(before + 1);
		},
		60_000,
	);

	it('of a payment, which is pushed again after seven minutes', async () => {
		const { Invoices: [invoice] = [] } = await acme.writeToXero('PUT', '/Invoices', {
			Invoices: [
				{
					...{ Type: 'ACCREC', Contact, Date: '2026-11-02', DueDate: '2026-12-02' },
					...{ Status: 'AUTHORISED', LineItems: [line] },
				},
			],
		});
		const wish: PushWish = {
			entity: 'payment',
			records: [
				{
					externalId: 'lost',
					fields: {
						...{ Invoice: { InvoiceID: invoice?.['InvoiceID'] }, Account: { Code: '090' } },
						...{ Date: '2026-11-06', Amount: 20 },
					},
				},
			],
		};
		const before = await count('Payments');
		await lose('Payments');
		const id = await begun(wish);

		await acme.pass(7 * 60 + 1);
		const [again] = (await acme.push(wish)).items;
		const [first] = (await acme.finished(id)).items;

		expect(again).toMatchObject({ state: expect.stringMatching(/synced|unchanged/) });
		expect(first).toMatchObject({ state: 'synced', xeroId: again?.xeroId });
		expect(await count('Payments')).toBe(before + 1);
	}, 60_000);

	it('of an invoice without a date or number, which Xero could not be asked about for a week', async () => {
		const wish: PushWish = {
			entity: 'invoice',
			records: [{ externalId: 'week', fields: { Contact, LineItems: [line] } }],
		};
		const before = await count('Invoices');
		await acme.sandbox.setFaults({
			dropAfterCommit: { path: '/Invoices', method: 'PUT', times: 3 },
		});
		const id = await begun(wish);
		await acme.sandbox.setFaults({ offlineTenant: acme.tenantId });
		await acme.pass(7 * 86_400);
		await acme.sandbox.setFaults({});
		await acme.pass(15 * 60);

		expect((await acme.finished(id)).items[0]).toMatchObject({ state: 'synced' });
		expect(await count('Invoices')).toBe(before + 1);
	}, 90_000);
});
