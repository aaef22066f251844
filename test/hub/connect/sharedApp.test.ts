import { ENGINES } from '../../support/freshLedger';
import { startXeroSide, type XeroSide } from './xeroSide';

/** An agency: one certified app, one Xero account, a workspace for each client. */
describe.each(ENGINES)('two workspaces with the keys of one Xero app on %s', (engine) => {
	let hub: XeroSide;
	let names: string[];
	beforeEach(async () => {
		hub = await startXeroSide(engine);
		names = (await hub.sandbox.state()).organisations.map(({ name }) => name);
		await hub.saveAppKeys(hub.app, hub.neighbour.id);
	});
	afterEach(async () => {
		expect(hub.faults).toEqual([]);
		await hub.close();
	});

	const connectNeighbour = (organisation: string | undefined) =>
		hub.connect(organisation, { workspace: hub.neighbour });
	const call = (method: string, path: string, asNeighbour = false) =>
		fetch(`${hub.url}${path}`, {
			method,
			headers: asNeighbour ? { 'x-test-workspace': 'neighbour' } : {},
		});
	const organisationOf = ({ tenantId }: { readonly tenantId: string }) =>
		`/xero/${tenantId}/api.xro/2.0/Organisation`;
	const removedAtXero = async () =>
		(await hub.sandbox.requests()).filter(({ method }) => method === 'DELETE');

	it("see each its own client's books, and not the other's", async () => {
		const ours = await hub.connect(names[0]);
		const theirs = await connectNeighbour(names[1]);

		expect(await hub.connections.list(hub.workspace.id)).toEqual([ours]);
		expect(await hub.connections.list(hub.neighbour.id)).toEqual([theirs]);
		expect((await call('GET', organisationOf(ours))).status).toBe(200);
		expect((await call('GET', organisationOf(theirs), true)).status).toBe(200);
		expect((await call('GET', organisationOf(theirs))).status).toBe(404);
		expect((await call('GET', organisationOf(ours), true)).status).toBe(404);
	});

	it('show on the last page what the consent gave to this workspace only', async () => {
		await hub.connect(names[0]);

		const callback = await hub.consent(await hub.startConnect(undefined, hub.neighbour), {
			organisation: names[1],
		});
		const html = await (await fetch(callback)).text();

		expect(html).toContain(names[1]);
		expect(html).not.toContain(names[0]);
	});

	it('may both choose one organisation, and leave it to each other', async () => {
		const ours = await hub.connect(names[0]);
		const theirs = await connectNeighbour(names[0]);
		await hub.sandbox.forgetRequests();

		const left = await call('DELETE', `/connections/${theirs.id}`, true);

		expect(left.status).toBe(204);
		expect(await hub.connections.list(hub.neighbour.id)).toEqual([]);
		expect(await removedAtXero()).toEqual([]);
		expect((await call('GET', organisationOf(ours))).status).toBe(200);
	});

	it('remove it at Xero with the last of them', async () => {
		const ours = await hub.connect(names[0]);
		const theirs = await connectNeighbour(names[0]);
		await call('DELETE', `/connections/${theirs.id}`, true);

		await call('DELETE', `/connections/${ours.id}`);

		expect(await removedAtXero()).toEqual([
			expect.objectContaining({ path: `/connections/${ours.xeroConnectionId}`, status: 204 }),
		]);
	});

	it('use one connection of the tier for an organisation that both hold', async () => {
		await hub.connect(names[0]);
		await hub.saveAppKeys(hub.app, hub.neighbour.id, '2');

		await connectNeighbour(names[0]);
		await connectNeighbour(names[1]);

		expect(await hub.connections.countOfApp(hub.app.clientId)).toBe(2);
	});
});
