import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterAll(() => sandbox.close());

const add = async (Code: string) => await sandbox.put('/Currencies', { Code });

it('is added, and can be invoiced in', async () => {
	const added = await add('EUR');

	expect(added.json['Currencies']).toEqual([{ Code: 'EUR', Description: 'Euro' }]);
	expect((await sandbox.get('/Currencies/EUR')).status).toBe(200);
});

it.each([
	['one that is there', 'NZD', 'Demo Company (NZ) uses the currency NZD already'],
	['what is none', 'XYZ', "The currency code 'XYZ' is not valid"],
])('refuses %s', async (_name, code, message) => {
	expect(messagesOf(await add(code))).toEqual([message]);
});

it('refuses all where the plan has one currency only', async () => {
	await sandbox.setFaults({ singleCurrency: true });

	expect(messagesOf(await add('CAD'))).toEqual([
		'Demo Company (NZ) is not subscribed to multicurrency',
	]);
});
