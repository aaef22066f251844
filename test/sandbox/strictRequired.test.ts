import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';
import { recordOf } from './paidDocuments';
import type { Json, XeroRecord } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox({}, {}, [
		'accounting.contacts',
		'accounting.invoices',
		'accounting.banktransactions',
		'accounting.manualjournals',
		'accounting.settings',
	]);
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.setFaults({}));

const made = async (collection: string, record: Json): Promise<XeroRecord> =>
	recordOf(await sandbox.put(`/${collection}`, { [collection]: [record] }), collection);
const line = { Description: 'Goods', Quantity: 1, UnitAmount: 10, AccountCode: '453' };

const kinds: readonly [string, string, Json, Json, readonly string[]][] = [
	['Items', 'ItemID', { Code: 'STRICT' }, { Name: 'Named' }, ['Code']],
	[
		'ManualJournals',
		'ManualJournalID',
		{
			Narration: 'Accrual',
			JournalLines: [
				{ LineAmount: 10, AccountCode: '453' },
				{ LineAmount: -10, AccountCode: '880' },
			],
		},
		{ Status: 'DELETED' },
		['Narration'],
	],
	[
		'BankTransactions',
		'BankTransactionID',
		{
			Type: 'SPEND',
			Contact: { Name: 'Ridgeway Trading' },
			BankAccount: { Code: '090' },
			LineItems: [line],
		},
		{ Status: 'DELETED' },
		['Type', 'LineItems', 'BankAccount'],
	],
];

it.each(kinds)(
	'a change of %s lacks what Xero’s contract requires, where that is insisted on',
	async (collection, idField, record, change, missing) => {
		const known = await made(collection, record);
		const write = async (more: Json = {}) =>
			await sandbox.post(`/${collection}`, {
				[collection]: [{ [idField]: known[idField], ...change, ...more }],
			});
		await sandbox.setFaults({ strictRequired: true });

		const refused = await write();
		const whole = await write(Object.fromEntries(missing.map((name) => [name, record[name]])));
		await sandbox.setFaults({});

		expect(refused.status).toBe(400);
		expect(messagesOf(refused)).toEqual(missing.map((name) => `${name} must be specified`));
		expect(whole.status).toBe(200);
	},
);

it('a repeating invoice names its currency, tax treatment and status, and is deleted without', async () => {
	const template = {
		Type: 'ACCREC',
		Contact: { Name: 'Ridgeway Trading' },
		Schedule: {
			Period: 1,
			Unit: 'MONTHLY',
			DueDate: 10,
			DueDateType: 'OFFOLLOWINGMONTH',
			StartDate: '2026-12-01',
		},
		LineItems: [{ ...line, AccountCode: '200' }],
	};
	const whole = { ...template, LineAmountTypes: 'Exclusive', CurrencyCode: 'NZD', Status: 'DRAFT' };
	await sandbox.setFaults({ strictRequired: true });

	const refused = await sandbox.put('/RepeatingInvoices', { RepeatingInvoices: [template] });
	const { RepeatingInvoiceID } = await made('RepeatingInvoices', whole);
	const deletion = await sandbox.post('/RepeatingInvoices', {
		RepeatingInvoices: [{ RepeatingInvoiceID, Status: 'DELETED' }],
	});

	expect(messagesOf(refused)).toEqual([
		'LineAmountTypes must be specified',
		'CurrencyCode must be specified',
		'Status must be specified',
	]);
	expect(deletion.status).toBe(200);
});
