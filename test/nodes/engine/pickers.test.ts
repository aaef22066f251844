import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { xeroNode } from '../support/xeroWorkflow';

let xero: ConnectedEngine;
beforeAll(async () => {
	xero = await connectEngine({ scopes: everyScope, app: { tier: 'advanced', bankFeeds: true } });
	const call = async (method: string, path: string, body: unknown) => {
		const response = await xero.sandbox.call(xero.tokens, xero.tenantId, method, path, body);
		if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
	};
	const [contact] = await xero.read('Contacts?page=1');
	const quote = (Title: string, Date: string) => ({
		Title,
		Date,
		Contact: { ContactID: contact?.['ContactID'] },
		LineItems: [{ Description: 'Work', UnitAmount: 1 }],
	});
	await call('PUT', '/api.xro/2.0/Quotes', {
		Quotes: [
			quote('The old one', '2020-01-01'),
			...Array.from({ length: 150 }, (_, index) => quote(`Newer ${index}`, '2026-11-01')),
		],
	});
	await call('PUT', '/api.xro/2.0/PurchaseOrders', {
		PurchaseOrders: [
			{ ...quote('', '2026-11-01'), Title: undefined, PurchaseOrderNumber: 'PO-PICK' },
		],
	});
	await call('POST', '/bankfeeds.xro/1.0/FeedConnections', {
		items: [
			{
				accountToken: 'token-1',
				accountNumber: '12345',
				accountName: 'Savings',
				accountType: 'BANK',
				currency: 'NZD',
			},
		],
	});
	await call('POST', '/files.xro/1.0/Folders', { Name: 'Contracts' });
});
afterAll(() => xero.close());

const pick = async (method: string, filter?: string, token?: string) =>
	await xero.engine.pick(xeroNode({ authentication: 'oAuth2' }), method, filter, token);

it.each([
	['searchPurchaseOrders', 'PO-PICK'],
	['searchQuotes', 'Newer 149'],
	['searchFeedConnections', 'Savings · 12345 · token-1'],
	['searchFolders', 'Contracts'],
])('%s shows %s, and gives its id', async (method, name) => {
	const { results } = await pick(method, name);

	expect(results).toContainEqual(
		expect.objectContaining({
			name: expect.stringContaining(name),
			value: expect.stringMatching(/^[0-9a-f-]{36}$/),
		}),
	);
});

it('finds what is not on the first page, in a list that Xero cannot search', async () => {
	const { results, paginationToken } = await pick('searchQuotes', 'the old');

	expect(results).toEqual([
		expect.objectContaining({ name: expect.stringContaining('The old one') }),
	]);
	expect(paginationToken).toBeUndefined();
});

it('has no files to show while there are none', async () => {
	expect((await pick('searchFiles')).results).toEqual([]);
});
