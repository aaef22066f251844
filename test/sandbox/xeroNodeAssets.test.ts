import { AssetApi, ProjectApi } from 'xero-node';
import { AssetStatusQueryParam } from 'xero-node/dist/gen/model/assets/assetStatusQueryParam';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

/** Xero's own SDK, as a client that knows nothing of us, on assets and projects. */
let sandbox: ConnectedSandbox;
let tenantId: string;
beforeAll(async () => {
	sandbox = await connectSandbox({}, {}, ['assets.read', 'projects.read']);
	({ tenantId } = sandbox);
});
afterAll(() => sandbox.close());

it('lists assets page by page, and reads one', async () => {
	const api = new AssetApi(`${sandbox.url}/assets.xro/1.0`);
	api.accessToken = sandbox.tokens.access_token;
	const { REGISTERED } = AssetStatusQueryParam;

	const first = await api.getAssets(tenantId, REGISTERED, 1, 5, 'PurchasePrice', 'desc', 'FA-');
	const second = await api.getAssets(tenantId, REGISTERED, 2, 5, 'PurchasePrice', 'desc', 'FA-');

	const all = [...(first.body.items ?? []), ...(second.body.items ?? [])];
	expect(first.body.pagination).toMatchObject({ page: 1, pageSize: 5, itemCount: all.length });
	const prices = all.map(({ purchasePrice }) => purchasePrice ?? 0);
	expect(prices).toEqual([...prices].sort((a, b) => b - a));
	const read = await api.getAssetById(tenantId, all[0]?.assetId ?? '');
	expect(read.body).toEqual(all[0]);
	expect(read.body.bookDepreciationSetting?.depreciationMethod).toBe('StraightLine');
});

it('lists projects of a state, and reads one', async () => {
	const api = new ProjectApi(`${sandbox.url}/projects.xro/2.0`);
	api.accessToken = sandbox.tokens.access_token;

	const { body } = await api.getProjects(tenantId, undefined, undefined, 'CLOSED', 1, 500);
	const [closed] = body.items ?? [];
	const named = await api.getProjects(tenantId, [closed?.projectId ?? '']);
	const read = await api.getProject(tenantId, closed?.projectId ?? '');

	expect(body.items?.map(({ status }) => status)).toEqual(['CLOSED', 'CLOSED', 'CLOSED']);
	expect(named.body.items).toEqual([closed]);
	expect(read.body).toEqual(closed);
	expect(read.body.deadlineUtc).toBeInstanceOf(Date);
});
