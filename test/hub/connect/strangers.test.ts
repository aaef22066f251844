import { ENGINES } from '../../support/freshLedger';
import { startXeroSide, type XeroSide } from './xeroSide';

const DAY_MS = 24 * 3600_000;

const STRANGER = 'stranger@example.com';

describe.each(ENGINES)('a stranger who connects an organisation on %s', (engine) => {
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

	const list = () => hub.connections.list(hub.workspace.id);
	const openAlerts = async () =>
		(await hub.alerts.listOpen(hub.workspace.id)).map(({ kind, subject }) => ({ kind, subject }));

	async function makeLink(
		wish: {
			readonly once?: boolean;
			readonly onConnect?: 'hold' | 'accept';
			readonly adminKeyId?: string;
		} = {},
	) {
		const { link, token } = await hub.connectLinks.create(hub.workspace.id, {
			...{ madeBy: 'admin key', onConnect: 'hold', once: true, ...wish },
			expiresAt: hub.now() + DAY_MS,
		});
		return { id: link.id, url: `${hub.url}/connect/acme/${token}` };
	}
	/** Xero's address, where the link leads on. */
	const opened = async (url: string) => {
		const answer = await fetch(url, { redirect: 'manual' });
		return { status: answer.status, location: answer.headers.get('location') ?? '' };
	};
	async function connectBy(url: string, organisation = names[0], email: string | null = STRANGER) {
		const { location } = await opened(url);
		const who = email === null ? {} : { email };
		const page = await fetch(await hub.consent(location, { organisation, ...who }));
		return { status: page.status, html: await page.text() };
	}
	const asked = (path: string) =>
		fetch(`${hub.url}${path}`, { headers: { accept: 'application/json' } }).then(
			async (answer) => ({
				status: answer.status,
				body: (await answer.json()) as { code?: string },
			}),
		);

	it('finds no link by guessing the name of the workspace', async () => {
		const guessed = await opened(`${hub.url}/connect/acme`);
		const invented = await opened(`${hub.url}/connect/acme/${'a'.repeat(43)}`);

		expect(guessed.status).toBe(403);
		expect(invented.status).toBe(410);
		expect(await hub.db.selectFrom('connect_states').selectAll().execute()).toEqual([]);
	});

	it("finds no other workspace behind a workspace's link", async () => {
		const { url } = await makeLink();

		expect((await opened(url.replace('/acme/', '/neighbour/'))).status).toBe(410);
	});

	describe('by a connect link', () => {
		it('has it held: no call, no token, until a member confirms it', async () => {
			const { html } = await connectBy((await makeLink()).url);

			const [held] = await list();
			expect(html).toContain('wait until somebody of Acme confirms them');
			expect(held).toMatchObject({ enabled: false, heldAt: hub.now(), tenantName: names[0] });
			expect(await openAlerts()).toEqual([{ kind: 'organisation_held', subject: held?.id }]);
			const call = `/xero/${held?.tenantId}/api.xro/2.0/Organisation`;
			expect(await asked(call)).toMatchObject({
				status: 403,
				body: { code: 'connection_disabled' },
			});
			expect(await asked(`/connections/${held?.id}/token`)).toMatchObject({ status: 403 });

			await hub.waitingConsents.confirm(hub.workspace.id, held?.id ?? '');

			expect(await list()).toEqual([{ ...held, enabled: true, heldAt: undefined }]);
			expect(await openAlerts()).toEqual([]);
			expect((await asked(call)).status).toBe(200);
		});

		it('cannot have it switched on past the confirmation', async () => {
			await connectBy((await makeLink()).url);
			const [held] = await list();
			const patch = (body: unknown) =>
				fetch(`${hub.url}/connections/${held?.id}`, {
					method: 'PATCH',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(body),
				});

			const refused = await patch({ enabled: true });
			await hub.connections.setEnabled(hub.workspace.id, held?.id ?? '', true);

			expect(refused.status).toBe(409);
			expect((await list())[0]?.enabled).toBe(false);
			const confirmed = await patch({ held: false });
			expect(await confirmed.json()).toMatchObject({ enabled: true, heldAt: null });
		});

		it('has it on at once where the link says so', async () => {
			const { html } = await connectBy((await makeLink({ onConnect: 'accept' })).url);

			expect(html).toContain('just connected');
			expect(await list()).toMatchObject([{ enabled: true, heldAt: undefined }]);
			expect(await openAlerts()).toEqual([]);
		});

		it('leaves an organisation on that its own user connects anew', async () => {
			const before = await hub.connect(names[0]);

			await connectBy((await makeLink()).url, names[0], null);

			expect(await list()).toEqual([before]);
		});

		it('uses a link for one use once, however many began with it', async () => {
			const { url, id } = await makeLink();
			const [one, two] = [await opened(url), await opened(url)];
			const callbacks = [
				await hub.consent(one.location, { organisation: names[0], email: STRANGER }),
				await hub.consent(two.location, { organisation: names[1], email: 'other@example.com' }),
			];

			const statuses = await Promise.all(
				callbacks.map(async (callback) => (await fetch(callback)).status),
			);

			expect(statuses.toSorted()).toEqual([200, 410]);
			expect(await list()).toHaveLength(1);
			expect(await hub.db.selectFrom('grants').select('id').execute()).toHaveLength(1);
			expect(await hub.connectLinks.get(id)).toMatchObject({ state: 'used', uses: 1 });
			expect((await opened(url)).status).toBe(410);
		});

		it('may use another one until it ends', async () => {
			const { url, id } = await makeLink({ once: false });

			await connectBy(url, names[0]);
			await connectBy(url, names[1]);

			expect(await list()).toHaveLength(2);
			expect(await hub.connectLinks.get(id)).toMatchObject({ state: 'open', uses: 2 });
			hub.advance(DAY_MS);
			expect((await opened(url)).status).toBe(410);
		});

		it('comes to nothing when the link was ended while they were at Xero', async () => {
			const { url, id } = await makeLink();
			const { location } = await opened(url);
			await hub.connectLinks.end(hub.workspace.id, id);

			const page = await fetch(await hub.consent(location, { organisation: names[0] }));

			expect(page.status).toBe(410);
			expect(await list()).toEqual([]);
		});
	});

	describe('with the admin key that let them in', () => {
		beforeEach(() => hub.adminKeys.create({ name: 'another' }));

		it('finds its links ended once it is revoked', async () => {
			const { id: adminKeyId } = await hub.adminKeys.create({ name: 'contractor' });
			const { url, id } = await makeLink({ adminKeyId });
			const other = await makeLink();
			expect((await opened(url)).status).toBe(302);

			await hub.adminKeys.revoke(adminKeyId);

			expect((await opened(url)).status).toBe(410);
			expect(await hub.connectLinks.get(id)).toMatchObject({
				...{ state: 'ended', endedAt: hub.now() },
			});
			expect((await opened(other.url)).status).toBe(302);
		});

		it('finds its links ended once it has expired', async () => {
			const expiresAt = hub.now() + 1_000;
			const { id: adminKeyId } = await hub.adminKeys.create({ name: 'contractor', expiresAt });
			const { url, id } = await makeLink({ adminKeyId });

			hub.advance(1_000);

			expect((await opened(url)).status).toBe(410);
			expect(await hub.connectLinks.list(hub.workspace.id)).toMatchObject([{ id, state: 'ended' }]);
		});

		it('comes to nothing when it is revoked while they are at Xero', async () => {
			const { id: adminKeyId } = await hub.adminKeys.create({ name: 'contractor' });
			const { location } = await opened((await makeLink({ adminKeyId })).url);
			const begun = await hub.startWith({ startedBy: 'admin key “contractor”', adminKeyId });
			await hub.adminKeys.revoke(adminKeyId);

			for (const address of [location, begun]) {
				const page = await fetch(await hub.consent(address, { organisation: names[0] }));
				expect(page.status).toBe(410);
			}

			expect(await list()).toEqual([]);
		});
	});

	describe("where another user's consent holds the organisation", () => {
		const ways: [string, () => Promise<string>][] = [
			['a connect link', async () => (await makeLink({ onConnect: 'accept' })).url],
			[
				'the old public link',
				async () => {
					await hub.db.updateTable('workspaces').set({ connect_link: 1 }).execute();
					return `${hub.url}/connect/acme`;
				},
			],
		];
		it.each(ways)('replaces nothing by %s, and a member is asked', async (_way, linkOf) => {
			const before = await hub.connect(names[0]);

			const { status, html } = await connectBy(await linkOf());

			expect(status).toBe(200);
			expect(html).toContain('connected before, by another Xero user, and stay as they are');
			expect(await list()).toEqual([{ ...before, replacement: expect.any(Object) }]);
			expect(await openAlerts()).toEqual([{ kind: 'replacement_waits', subject: before.id }]);
			const call = `/xero/${before.tenantId}/api.xro/2.0/Organisation`;
			expect((await asked(call)).status).toBe(200);
		});

		it('replaces nothing where that consent has ended either', async () => {
			const before = await hub.connect(names[0]);
			await hub.db.updateTable('grants').set({ status: 'reauth_required' }).execute();

			await connectBy((await makeLink()).url);

			const [after] = await list();
			expect(after).toMatchObject({ grantId: before.grantId, status: 'reauth_required' });
		});

		it('takes over once a member lets them: the bookkeeper left', async () => {
			const before = await hub.connect(names[0]);
			await connectBy((await makeLink()).url);

			await hub.waitingConsents.replace(hub.workspace.id, before.id);

			const [after] = await list();
			expect(after).toMatchObject({ id: before.id, enabled: true, replacement: undefined });
			expect(after?.grantId).not.toBe(before.grantId);
			expect(await hub.db.selectFrom('grants').select('id').execute()).toEqual([
				{ id: after?.grantId },
			]);
			expect(await openAlerts()).toEqual([]);
			await expect(hub.waitingConsents.replace(hub.workspace.id, before.id)).rejects.toMatchObject({
				code: 'conflict',
			});
		});

		it('is forgotten once a member declines, and the organisation works on', async () => {
			const before = await hub.connect(names[0]);
			await connectBy((await makeLink()).url);

			await hub.waitingConsents.decline(hub.workspace.id, before.id);

			expect(await list()).toEqual([before]);
			expect(await hub.db.selectFrom('grants').select('id').execute()).toEqual([
				{ id: before.grantId },
			]);
			expect(await openAlerts()).toEqual([]);
			const call = `/xero/${before.tenantId}/api.xro/2.0/Organisation`;
			expect((await asked(call)).status).toBe(200);
		});

		it('moves nothing of a grant that several workspaces share', async () => {
			await hub.saveAppKeys(hub.app, hub.neighbour.id);
			const ours = await hub.connect(names[0]);
			const theirs = await hub.connect(names[0], { workspace: hub.neighbour });
			expect(theirs.grantId).toBe(ours.grantId);

			await connectBy((await makeLink({ onConnect: 'accept' })).url);
			await hub.waitingConsents.replace(hub.workspace.id, ours.id);

			expect(await hub.connections.list(hub.neighbour.id)).toEqual([theirs]);
			expect((await list())[0]?.grantId).not.toBe(ours.grantId);
		});

		it('leaves no consent behind when the organisation is disconnected', async () => {
			const before = await hub.connect(names[0]);
			await connectBy((await makeLink()).url);

			const removed = await fetch(`${hub.url}/connections/${before.id}`, { method: 'DELETE' });

			expect(removed.status).toBe(204);
			expect(await hub.db.selectFrom('grants').selectAll().execute()).toEqual([]);
			expect(await openAlerts()).toEqual([]);
		});
	});

	describe('from the app of our customer', () => {
		const RETURN = 'https://app.example.com/done?page=2';
		const session = { returnUrl: RETURN, state: 'echo&me', externalUserId: 'user 7' };

		async function endOf(choice: Parameters<XeroSide['consent']>[1], wish: object = {}) {
			await hub.workspaces.update('acme', { returnOrigins: ['https://app.example.com'] });
			const begun = await hub.startWith({ startedBy: 'admin key', session, ...wish });
			const callback = await hub.consent(begun, { email: STRANGER, ...choice });
			const answer = await fetch(callback, { redirect: 'manual' });
			const location = answer.headers.get('location');
			const { origin, pathname, searchParams } = new URL(location ?? 'none:');
			return { callback, at: origin + pathname, told: Object.fromEntries(searchParams) };
		}

		it('comes back there with what was connected, and whose it is is kept', async () => {
			const { at, told } = await endOf({ organisation: names[0] });

			const [connection] = await list();
			expect(at).toBe('https://app.example.com/done');
			expect(told).toEqual({
				...{ page: '2', status: 'connected', tenantId: connection?.tenantId },
				...{ externalUserId: 'user 7', state: 'echo&me' },
			});
			expect(connection).toMatchObject({ externalUserId: 'user 7', enabled: true });
		});

		it('is told that it is held, or that another user holds it', async () => {
			const first = await endOf({ organisation: names[0] }, { onConnect: 'hold' });
			const second = await endOf({ organisation: names[0], email: 'third@example.com' });

			expect(first.told).toMatchObject({ status: 'held' });
			expect(second.told).toMatchObject({ status: 'replacement_waits' });
		});

		it('comes back there when they cancel, and when they come a second time', async () => {
			const { callback, told } = await endOf({ action: 'cancel' });
			const again = await fetch(callback, { redirect: 'manual' });

			expect(told).toMatchObject({ status: 'cancelled', reason: 'access_denied', page: '2' });
			expect(again.headers.get('location')).toContain('status=failed&reason=state_used');
			expect(await list()).toEqual([]);
		});

		it('has half an hour', async () => {
			const begun = await hub.startWith({ startedBy: 'admin key', session: {} });
			const late = await hub.startWith({ startedBy: 'admin key', session: {} });
			hub.advance(29 * 60_000);
			const inTime = await fetch(await hub.consent(begun, { organisation: names[0] }));
			hub.advance(2 * 60_000);

			const over = await fetch(await hub.consent(late, { organisation: names[1] }));

			expect([inTime.status, over.status]).toEqual([200, 400]);
		});

		it('is sent nowhere once the workspace allows that origin no more', async () => {
			await hub.workspaces.update('acme', { returnOrigins: ['https://app.example.com'] });
			const begun = await hub.startWith({ startedBy: 'admin key', session });
			await hub.workspaces.update('acme', { returnOrigins: [] });

			const answer = await fetch(await hub.consent(begun), { redirect: 'manual' });

			expect(answer.status).toBe(200);
			expect(answer.headers.get('location')).toBeNull();
		});
	});
});
