import { ENGINES } from '../../support/freshLedger';
import { startXeroSide, type XeroSide } from '../connect/xeroSide';

const HALF_AN_HOUR = 30 * 60_000;

describe.each(ENGINES)('deleting a workspace on %s', (engine) => {
	let hub: XeroSide;
	let names: string[];
	beforeEach(async () => {
		hub = await startXeroSide(engine);
		names = (await hub.sandbox.state()).organisations.map(({ name }) => name);
	});
	afterEach(async () => {
		expect(hub.faults).toEqual([]);
		await hub.close();
	});

	const removedAtXero = async () =>
		(await hub.sandbox.requests())
			.filter(({ method, status }) => method === 'DELETE' && status === 204)
			.map(({ path }) => path.replace('/connections/', ''));
	const asNeighbour = (tenantId: string) =>
		fetch(`${hub.url}/xero/${tenantId}/api.xro/2.0/Organisation`, {
			headers: { 'x-test-workspace': 'neighbour' },
		});

	it('disconnects each of its organisations at Xero', async () => {
		const first = await hub.connect(names[0]);
		const second = await hub.connect(names[1]);

		expect(await hub.removeWorkspace('acme')).toEqual([]);

		expect(new Set(await removedAtXero())).toEqual(
			new Set([first.xeroConnectionId, second.xeroConnectionId]),
		);
		expect(await hub.db.selectFrom('grants').select('id').execute()).toEqual([]);
	});

	it('leaves to another workspace what that one uses too', async () => {
		await hub.saveAppKeys(hub.app, hub.neighbour.id);
		const own = await hub.connect(names[0]);
		const shared = await hub.connect(names[1]);
		await hub.connect(names[1], { workspace: hub.neighbour });

		expect(await hub.removeWorkspace('acme')).toEqual([]);

		expect(await removedAtXero()).toEqual([own.xeroConnectionId]);
		expect((await asNeighbour(shared.tenantId)).status).toBe(200);
		hub.advance(HALF_AN_HOUR);
		expect((await asNeighbour(shared.tenantId)).status).toBe(200);
	});

	it('is not held up by a Xero that is away, and names what it left there', async () => {
		const { tenantId } = await hub.connect(names[0]);
		await hub.connect(names[1]);
		await hub.sandbox.forgetRequests();
		await hub.sandbox.setFaults({ status: { path: '/connections', status: 503, times: 9 } });

		const left = await hub.removeWorkspace('acme');

		expect(left).toHaveLength(2);
		expect(left).toContainEqual({
			tenantId,
			name: names[0],
			reason: expect.stringMatching(/503.* Disconnect it at Xero: Connected apps\./),
		});
		expect((await hub.sandbox.requests()).map(({ method }) => method)).toEqual(['DELETE']);
		expect(await hub.db.selectFrom('workspaces').select('slug').execute()).toEqual([
			{ slug: 'neighbour' },
		]);
	});

	it('names what it left there because Xero refuses the app keys', async () => {
		await hub.connect(names[0]);
		await hub.saveAppKeys({ clientId: hub.app.clientId, clientSecret: 'old' }, hub.workspace.id);
		hub.advance(HALF_AN_HOUR);

		expect(await hub.removeWorkspace('acme')).toEqual([
			expect.objectContaining({
				name: names[0],
				reason: expect.stringContaining('does not accept the client id and secret'),
			}),
		]);
	});
});
