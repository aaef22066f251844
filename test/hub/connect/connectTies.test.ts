import { ENGINES } from '../../support/freshLedger';
import { startXeroSide, type XeroSide } from './xeroSide';

describe.each(ENGINES)('what a consent is held to on %s', (engine) => {
	let hub: XeroSide;
	let names: string[];
	beforeEach(async () => {
		hub = await startXeroSide(engine, { publicLink: true });
		names = (await hub.sandbox.state()).organisations.map(({ name }) => name);
	});
	afterEach(async () => {
		expect(hub.faults).toEqual([]);
		await hub.close();
	});

	const pageOf = async (callback: string) => {
		const page = await fetch(callback);
		return { status: page.status, html: await page.text() };
	};
	const grants = () => hub.db.selectFrom('grants').selectAll().execute();
	/** What Xero lists for the app, whoever asks. */
	const connectedAtXero = async (email?: string) => {
		const tokens = await hub.sandbox.authorise(hub.app, {
			organisations: [names[0] ?? ''],
			...(email !== undefined && { loginHint: email }),
		});
		const list = await hub.sandbox.call(tokens, undefined, 'GET', '/connections');
		return ((await list.json()) as { tenantName: string }[]).map(({ tenantName }) => tenantName);
	};

	describe('a reconnect', () => {
		it('heals the same organisation under its id', async () => {
			const before = await hub.connect(names[0]);
			await hub.db.updateTable('grants').set({ status: 'reauth_required' }).execute();

			const { status } = await pageOf(
				await hub.consent(await hub.startConnect(before.tenantId), { organisation: names[0] }),
			);

			expect(status).toBe(200);
			expect(await hub.connections.list(hub.workspace.id)).toEqual([before]);
		});

		it('keeps to the organisation when its owner chose another one, and leaves no trace at Xero', async () => {
			const before = await hub.connect(names[0]);
			await hub.sandbox.setFaults({ disconnectTenant: before.tenantId });
			const sealed = await grants();

			const { status, html } = await pageOf(
				await hub.consent(await hub.startConnect(before.tenantId), { organisation: names[1] }),
			);

			expect(status).toBe(409);
			expect(html).toContain('That was another organisation');
			expect(html).toContain(`To be reconnected: ${names[0]}.`);
			expect(await grants()).toEqual(sealed);
			expect(await hub.connections.list(hub.workspace.id)).toEqual([before]);
			await hub.sandbox.setFaults({});
			expect(await connectedAtXero()).not.toContain(names[1]);
		});

		it('connects nothing else where the organisation works still and another one was chosen', async () => {
			const before = await hub.connect(names[0]);
			const sealed = await grants();

			const { status, html } = await pageOf(
				await hub.consent(await hub.startConnect(before.tenantId), { organisation: names[1] }),
			);

			expect(status).toBe(409);
			expect(html).toContain('That was another organisation');
			expect(html).toContain(`To be reconnected: ${names[0]}.`);
			expect(await grants()).toEqual(sealed);
			expect(await hub.connections.list(hub.workspace.id)).toEqual([before]);
			expect(await connectedAtXero()).toEqual([names[0]]);
		});

		it('leaves another one at Xero that was chosen by mistake and connected before', async () => {
			const before = await hub.connect(names[0]);
			const other = await hub.connect(names[1]);

			const { status } = await pageOf(
				await hub.consent(await hub.startConnect(before.tenantId), { organisation: names[1] }),
			);

			expect(status).toBe(409);
			expect(await hub.connections.list(hub.workspace.id)).toEqual(
				expect.arrayContaining([before, other]),
			);
			expect(await connectedAtXero()).toEqual(expect.arrayContaining([names[0], names[1]]));
		});

		it('tells another account from another organisation', async () => {
			const before = await hub.connect(names[0]);

			const { status, html } = await pageOf(
				await hub.consent(await hub.startConnect(before.tenantId), {
					organisation: names[1],
					email: 'somebody.else@example.com',
				}),
			);

			expect(status).toBe(409);
			expect(html).toContain('Another Xero account');
			expect(await grants()).toHaveLength(1);
			expect(await connectedAtXero('somebody.else@example.com')).toEqual([names[0]]);
		});

		it('stays with its account when another one reaches the organisation, until a member lets that take over', async () => {
			const before = await hub.connect(names[0]);

			const { status } = await pageOf(
				await hub.consent(await hub.startConnect(before.tenantId), {
					organisation: names[0],
					email: 'somebody.else@example.com',
				}),
			);

			expect(status).toBe(200);
			const [asked] = await hub.connections.list(hub.workspace.id);
			expect(asked).toMatchObject({
				grantId: before.grantId,
				replacement: { askedAt: expect.any(Number) },
			});
			await hub.waitingConsents.replace(hub.workspace.id, before.id);
			const [after] = await hub.connections.list(hub.workspace.id);
			expect(after).toMatchObject({ id: before.id, tenantId: before.tenantId });
			expect(after?.grantId).not.toBe(before.grantId);
			expect((await grants()).map(({ id }) => id)).toEqual([after?.grantId]);
		});
	});

	describe("the tier's connections", () => {
		it('refuse one too many after consent, and free it at Xero', async () => {
			await hub.connect(names[0]);
			const begun = await hub.startConnect();
			await hub.saveAppKeys(hub.app, hub.workspace.id, '1');

			const { status, html } = await pageOf(await hub.consent(begun, { organisation: names[1] }));

			expect(status).toBe(409);
			expect(html).toContain('No connection is left');
			expect(html).toContain('may have 1 connection, and it is used. Disconnect an organisation');
			expect(await hub.connections.list(hub.workspace.id)).toHaveLength(1);
			expect(await connectedAtXero()).not.toContain(names[1]);
		});

		it('refuse before Xero would, with the way out', async () => {
			await hub.connect(names[0]);
			await hub.saveAppKeys(hub.app, hub.workspace.id, '1');

			const { status, html } = await pageOf(`${hub.url}/connect/acme`);

			expect(status).toBe(409);
			expect(html).toContain('raise the tier');
			await expect(hub.startConnect()).rejects.toMatchObject({ code: 'connection_cap' });
		});

		it('let an organisation be reconnected though all are used', async () => {
			const before = await hub.connect(names[0]);
			await hub.saveAppKeys(hub.app, hub.workspace.id, '1');

			const { status } = await pageOf(
				await hub.consent(await hub.startConnect(before.tenantId), { organisation: names[0] }),
			);

			expect(status).toBe(200);
		});

		it('are counted over every workspace with the same app', async () => {
			await hub.connect(names[0]);
			await hub.saveAppKeys(hub.app, hub.neighbour.id, '1');

			const { status } = await pageOf(`${hub.url}/connect/neighbour`);

			expect(status).toBe(409);
		});
	});
});
