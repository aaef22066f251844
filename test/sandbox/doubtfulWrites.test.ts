import {
	connectSandbox,
	messagesOf,
	salesInvoice,
	type ConnectedSandbox,
} from './connectedSandbox';
import type { Json, XeroRecord, XeroRecords } from './XeroBody';

// What Xero does with a write where its pages and the reports disagree, or are silent: each a switch.
let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterEach(async () => await sandbox.setFaults({}));
afterAll(() => sandbox.close());

async function saved(collection: string, record: Json): Promise<XeroRecord> {
	const answer = await sandbox.post(`/${collection}`, { [collection]: [record] });
	if (answer.status !== 200) throw new Error(answer.text);
	return (answer.json[collection] as XeroRecords)[0];
}

const spent = (changes: Json): Json => ({
	Type: 'SPEND',
	Contact: { Name: 'Ridgeway Trading' },
	BankAccount: { Code: '090' },
	LineItems: [{ Description: 'Paper', Quantity: 1, UnitAmount: 10, AccountCode: '400' }],
	...changes,
});

describe('the Url of a document', () => {
	const found = async (collection: string, url: string) =>
		await sandbox.get(`/${collection}?where=${encodeURIComponent(`Url=="${url}"`)}`);

	it.each([
		['Invoices', salesInvoice],
		['BankTransactions', spent],
	])('finds it among %s', async (collection, record) => {
		const url = `https://hub.example/links/${collection}`;
		await saved(collection, record({ Url: url }));
		await saved(collection, record({ Url: `${url}/other` }));

		expect((await found(collection, url)).json[collection]).toHaveLength(1);

		await sandbox.setFaults({ filtersByUrl: false });
		expect((await found(collection, url)).json).toMatchObject({
			ErrorNumber: 16,
			Message: expect.stringContaining("No property or field 'Url' exists"),
		});
	});

	it.each([
		['Invoices', 'InvoiceID', salesInvoice],
		['BankTransactions', 'BankTransactionID', spent],
	])('of %s can be changed, unless it only stands at creation', async (collection, id, record) => {
		const made = await saved(collection, record({ Url: 'https://hub.example/a' }));
		const change = async (Url: string) =>
			await saved(collection, { ...record({}), [id]: made[id], Url });

		expect((await change('https://hub.example/b'))['Url']).toBe('https://hub.example/b');
		await sandbox.setFaults({ keepsFirstUrl: true });
		expect((await change('https://hub.example/c'))['Url']).toBe('https://hub.example/b');
	});
});

it('null leaves a text as it is, or empties it', async () => {
	const contact = { Name: 'Nought Ltd', FirstName: 'Ada', EmailAddress: 'ada@nought.example' };
	await saved('Contacts', contact);
	const change = async (changes: Json) =>
		await saved('Contacts', { Name: 'Nought Ltd', ...changes });

	expect(await change({ FirstName: null })).toMatchObject({ FirstName: 'Ada' });
	expect((await change({ EmailAddress: '' }))['EmailAddress']).toBe('');
	await sandbox.setFaults({ nullEmptiesTexts: true });
	expect((await change({ FirstName: null }))['FirstName']).toBe('');
});

it.each([
	['Invoices', salesInvoice],
	['CreditNotes', (changes: Json) => salesInvoice({ Type: 'ACCRECCREDIT', ...changes })],
])('a total of less than nothing stands in %s, or is refused', async (collection, record) => {
	const LineItems = [{ Description: 'Returned', Quantity: -1, UnitAmount: 5, AccountCode: '200' }];
	const negative = record({ LineItems });

	expect((await saved(collection, negative))['Total']).toBeLessThan(0);
	await sandbox.setFaults({ refusesNegativeTotals: true });
	expect(messagesOf(await sandbox.post(`/${collection}`, { [collection]: [negative] }))).toEqual([
		'The document total cannot be negative.',
	]);
});
