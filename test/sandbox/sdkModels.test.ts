import { checkResponse } from './checkedSandbox';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

let sandbox: ConnectedSandbox;
let page: Readonly<Record<string, unknown>>;
beforeAll(async () => {
	sandbox = await connectSandbox({}, {}, ['assets']);
	const response = await sandbox.call(
		sandbox.tokens,
		sandbox.tenantId,
		'GET',
		'/assets.xro/1.0/Assets?status=REGISTERED&pageSize=1',
	);
	page = (await response.json()) as typeof page;
});
afterAll(() => sandbox.close());

const asset = () => (page['items'] as readonly [Readonly<Record<string, unknown>>])[0];
const check = async (body: unknown, status = 200, path = '/assets.xro/1.0/Assets') =>
	await checkResponse(
		'GET',
		path,
		new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }),
	);

it('accepts an answer as it is', async () => {
	await expect(check(page)).resolves.toBeUndefined();
});

it.each([
	['an invented member', { colour: 'red' }, '/items/0/colour is unknown to Asset'],
	['an amount as text', { purchasePrice: '1.00' }, '/items/0/purchasePrice is no number: "1.00"'],
	['another spelling of a value', { assetStatus: 'DRAFT' }, 'DRAFT is no AssetStatus'],
	['a malformed id', { assetId: '42' }, '/items/0/assetId is no GUID: "42"'],
	[
		'an invented member deep inside',
		{ bookDepreciationDetail: { sum: 1 } },
		'/items/0/bookDepreciationDetail/sum is unknown to BookDepreciationDetail',
	],
	['a null that Xero does not write', { serialNumber: null }, '/items/0/serialNumber is no string'],
])('refuses %s', async (_case, changes, message) => {
	await expect(check({ ...page, items: [{ ...asset(), ...changes }] })).rejects.toThrow(message);
});

it('refuses an object where a list belongs, and a refusal that has another shape', async () => {
	await expect(check({ ...page, items: {} })).rejects.toThrow('/items is no array');
	await expect(check({ Message: 'No' }, 400)).rejects.toThrow('/Message is unknown to ModelError');
});

it('wants to know every address of these APIs', async () => {
	await expect(check({}, 200, '/assets.xro/1.0/Leases')).rejects.toThrow('add it to sdkAnswers.ts');
});
