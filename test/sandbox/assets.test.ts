import { answerOf, connectSandbox, type ConnectedSandbox } from './connectedSandbox';

const UNKNOWN = '11111111-1111-4111-8111-111111111111';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox({}, {}, ['assets.read']);
});
afterAll(() => sandbox.close());

interface Asset {
	readonly assetId: string;
	readonly assetNumber: string;
	readonly assetStatus: string;
	readonly purchasePrice: number;
}
const get = async (path: string) =>
	await answerOf(
		await sandbox.call(sandbox.tokens, sandbox.tenantId, 'GET', `/assets.xro/1.0${path}`),
	);
const assets = async (query: string) => (await get(`/Assets?${query}`)).json['items'] as Asset[];

it('lists the assets of one status, ten at a time', async () => {
	const { json } = await get('/Assets?status=registered');

	expect(json).toMatchObject({
		pagination: { page: 1, pageSize: 10, pageCount: 1, itemCount: 8 },
	});
	expect(new Set((await assets('status=DISPOSED')).map(({ assetStatus }) => assetStatus))).toEqual(
		new Set(['Disposed']),
	);
});

it('wants a status', async () => {
	const { status, json } = await get('/Assets');

	expect(status).toBe(400);
	expect(json['detail']).toBe('A status must be specified: DRAFT, REGISTERED or DISPOSED');
});

it('sorts by amount as by text, both ways', async () => {
	const prices = (await assets('status=DRAFT&orderBy=PurchasePrice&sortDirection=desc')).map(
		({ purchasePrice }) => purchasePrice,
	);
	const numbers = (await assets('status=DRAFT&orderBy=AssetNumber')).map(
		({ assetNumber }) => assetNumber,
	);

	expect(prices).toEqual([...prices].sort((a, b) => b - a));
	expect(numbers).toEqual([...numbers].sort());
});

it('finds by a part of the number, and one by its id', async () => {
	const [found, ...others] = await assets('status=REGISTERED&filterBy=0002');

	expect(others).toEqual([]);
	expect((await get(`/Assets/${found?.assetId}`)).json).toEqual(found);
	expect((await get(`/Assets/${UNKNOWN}`)).status).toBe(404);
});
