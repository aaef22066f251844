import { AccountingApi } from 'xero-node';
import { startXeroSide, type XeroSide } from '../../connect/xeroSide';

/** The sandbox counts as Xero does, in short minutes. */
const WINDOW_MS = 1_000;

describe('the API proxy within the limits of Xero', () => {
	let hub: XeroSide;
	let tenantId: string;
	beforeEach(async () => {
		hub = await startXeroSide('sqlite', {
			clock: 'running',
			limits: { perMinute: 20, windowMs: WINDOW_MS },
		});
		({ tenantId } = await hub.connect());
		await hub.sandbox.setLimits({ minute: 20, concurrent: 5, windowMs: WINDOW_MS });
		await hub.sandbox.forgetRequests();
	});
	afterEach(async () => {
		expect(hub.faults).toEqual([]);
		await hub.close();
	});

	const read = (workflow = 'one') =>
		fetch(`${hub.url}/xero/${tenantId}/api.xro/2.0/Organisation`, {
			headers: { accept: 'application/json', 'x-workflow': workflow },
		});

	it('answers 100 calls made at once, none of them with a 429', async () => {
		const answers = await Promise.all(Array.from({ length: 100 }, () => read()));

		expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
	});

	it('waits its turn again when another app user was faster', async () => {
		await hub.sandbox.setLimits({ minute: 2, concurrent: 5, windowMs: WINDOW_MS });

		const answers = await Promise.all(Array.from({ length: 6 }, () => read()));

		expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
		const calls = await hub.sandbox.requests();
		expect(calls.some(({ status }) => status === 429)).toBe(true);
	});

	it('lets a small workflow pass a big one', async () => {
		const order: string[] = [];
		const track = async (workflow: string) => {
			await (await read(workflow)).arrayBuffer();
			order.push(workflow);
		};

		await Promise.all([...Array.from({ length: 60 }, () => track('big')), track('small')]);

		expect(order.indexOf('small')).toBeLessThan(30);
	});

	it('makes no call beyond the day but the one that learns when it ends, and tells how much is left', async () => {
		await hub.sandbox.setLimits({ minute: 20, concurrent: 5, day: 3, windowMs: WINDOW_MS });
		const budget = async () => {
			const answer = await fetch(`${hub.url}/connections`);
			const { items } = (await answer.json()) as {
				items: { dayBudget: { left: number; fullAt: string } | null }[];
			};
			return items[0]?.dayBudget;
		};
		expect(await budget()).toBeNull();
		await read();
		expect(await budget()).toEqual({ left: 2, at: expect.any(String), fullAt: null });

		const answers = await Promise.all(Array.from({ length: 9 }, () => read()));
		const later = await read();

		const statuses = answers.map(({ status }) => status).sort();
		expect(statuses).toEqual([...Array(2).fill(200), ...Array(7).fill(429)]);
		expect(await hub.sandbox.requests()).toHaveLength(4);
		expect(later.status).toBe(429);
		const waitMs = Number(later.headers.get('retry-after')) * 1000;
		const spent = await budget();
		expect(spent?.left).toBe(0);
		expect(Math.abs(Date.parse(spent?.fullAt ?? '') - Date.now() - waitMs)).toBeLessThan(3_000);
	});

	it("tells Xero nothing of the hub's workflows", async () => {
		expect((await read('a secret name')).status).toBe(200);

		expect(JSON.stringify(await hub.sandbox.requests())).not.toContain('a secret name');
	});

	it("serves Xero's own SDK, pointed at it, unchanged", async () => {
		const api = new AccountingApi(`${hub.url}/xero/${tenantId}/api.xro/2.0`);
		api.accessToken = 'xhk_in-place-of-a-token';

		const { body: created } = await api.createContacts(tenantId, {
			contacts: [{ name: 'Made through the hub' }],
		});
		const { body: found } = await api.getContacts(
			tenantId,
			undefined,
			'Name=="Made through the hub"',
		);
		const refused = await api
			.createContacts(tenantId, { contacts: [{ firstName: 'Nameless' }] })
			.then(() => 'nothing', String);

		expect(found.contacts?.map(({ contactID }) => contactID)).toEqual([
			created.contacts?.[0]?.contactID,
		]);
		expect(refused).toContain('must contain at least 1 of the following elements');
	});
});

describe('two workspaces with one app and one organisation', () => {
	/** Longer than a call may wait: what does not fit is refused at once, by the hub or by Xero. */
	const LONG_MS = 600_000;
	let hub: XeroSide;
	let tenantId: string;
	beforeEach(async () => {
		hub = await startXeroSide('sqlite', { limits: { perMinute: 20, windowMs: LONG_MS } });
		({ tenantId } = await hub.connect());
		await hub.saveAppKeys(hub.app, hub.neighbour.id);
		await hub.connect(undefined, { workspace: hub.neighbour });
		await hub.sandbox.setLimits({ minute: 20, windowMs: LONG_MS });
		await hub.sandbox.forgetRequests();
	});
	afterEach(async () => {
		expect(hub.faults).toEqual([]);
		await hub.close();
	});

	const read = (workspace: string) =>
		fetch(`${hub.url}/xero/${tenantId}/api.xro/2.0/Organisation`, {
			headers: { accept: 'application/json', 'x-test-workspace': workspace },
		});
	/** Of calls to the API, as Xero answered them. */
	const answeredByXero = async () =>
		(await hub.sandbox.requests())
			.filter(({ path }) => path.endsWith('/Organisation'))
			.map(({ status }) => status);

	it('spend one minute together, so that Xero refuses neither', async () => {
		const answers = await Promise.all(
			Array.from({ length: 24 }, (_, index) => read(index % 2 === 0 ? 'acme' : 'neighbour')),
		);

		const refused = answers.filter(({ status }) => status === 429);
		expect(refused).toHaveLength(4);
		expect(await refused[0]?.json()).toMatchObject({ code: 'xero_rate_limited' });
		expect(await answeredByXero()).toEqual(Array(20).fill(200));
	});

	it('go on in the same minute after somebody else reconnected it', async () => {
		await Promise.all(Array.from({ length: 20 }, () => read('acme')));

		await hub.connect(undefined, { email: 'somebody.else@example.com' });

		expect((await read('acme')).status).toBe(429);
		expect(await answeredByXero()).toEqual(Array(20).fill(200));
	});
});
