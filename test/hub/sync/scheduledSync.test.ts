import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { XERO_ENTITIES } from '../../../hub-server/src/records/xeroEntities';
import { eventually } from '../../support/eventually';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';

interface Sync {
	readonly id: string;
	readonly entity: string;
	readonly baselineAt: string | null;
	readonly lastRun: {
		readonly id: string;
		readonly status: string;
		readonly error: string | null;
	} | null;
	readonly estimate: { readonly callsADay: number };
}

/** The hub's own sync, against the sandbox, which shares nothing with it. */
describe('an organisation that is connected', () => {
	let portal: StartedPortal;
	let receiver: Receiver;
	let acme: ProvisionedPortal;

	beforeAll(async () => {
		[portal, receiver] = await Promise.all([
			startPortal({ autoConsent: 'first', env: { HUB_SYNC: 'on' } }),
			startReceiver(),
		]);
		acme = await provisionPortal(portal, [receiver.url]);
	}, 60_000);
	afterAll(async () => {
		await portal.close();
		await receiver.close();
	});

	const call = async (method: string, path: string, body?: unknown) =>
		portal.hub.call(method, `/api/v1${path}`, body, acme.apiKey);
	const syncs = async () =>
		((await call('GET', '/syncs?limit=100')).body as { items: readonly Sync[] }).items;
	const baselines = (count: number) =>
		eventually(`${count} baselines`, async () => {
			const all = await syncs();
			const failed = all.filter(({ lastRun }) => lastRun?.status === 'failed');
			if (failed.length > 0) throw new Error(JSON.stringify(failed));
			return all.filter(({ baselineAt }) => baselineAt !== null).length >= count ? all : undefined;
		});
	async function atXero(method: string, path: string, body: unknown) {
		const { accessToken } = (await call('GET', `/connections/${acme.connectionId}/token`)).body;
		const tokens = { access_token: accessToken as string };
		const answer = await portal.sandbox.call(
			tokens,
			acme.tenantId,
			method,
			`/api.xro/2.0${path}`,
			body,
		);
		return (await answer.json()) as Record<string, readonly Record<string, unknown>[]>;
	}
	async function ran(id: string, kind: string) {
		// A count or a sweep is followed by a delta at once.
		const runId = await eventually('a free turn', async () => {
			const { status, body } = await call('POST', `/syncs/${id}/run`, { kind });
			return status === 202 ? (body.runId as string) : undefined;
		});
		return eventually(`the ${kind}`, async () => {
			const { items } = (await call('GET', `/syncs/${id}/runs`)).body;
			const runs = items as readonly { readonly id: string; readonly finishedAt: string | null }[];
			const run = runs.find((one) => one.id === runId)!;
			return run.finishedAt === null ? undefined : run;
		});
	}

	it('begins with six streams, and tells five workflows nothing of what is there', async () => {
		for (let workflow = 1; workflow <= 5; workflow += 1) {
			await call('POST', '/subscriptions', { url: `${receiver.url}/${workflow}`, events: ['*'] });
		}

		const all = await baselines(6);

		expect(all.map(({ entity }) => entity).sort()).toEqual(
			['account', 'contact', 'invoice', 'item', 'payment', 'tax_rate'].sort(),
		);
		expect((await call('GET', '/events')).body.items).toEqual([]);
		expect(receiver.received).toEqual([]);
	}, 60_000);

	it('can keep every entity up to date', async () => {
		// Bank feeds take an app of their own.
		const entities = XERO_ENTITIES.filter(({ scope }) => scope === undefined);
		for (const { entity } of entities) {
			const { status } = await call('POST', '/syncs', { tenantId: acme.tenantId, entity });
			expect([200, 201]).toContain(status);
		}

		const all = await baselines(entities.length);

		expect(all.every(({ estimate }) => estimate.callsADay >= 1)).toBe(true);
	}, 60_000);

	it('is told of a change once, by the webhook and not again by the sync', async () => {
		const before = receiver.received.length;
		const { Contacts } = await atXero('PUT', '/Contacts', { Contacts: [{ Name: 'Told once' }] });
		const id = Contacts![0]!['ContactID'];
		await receiver.until(before + 5);
		const contacts = (await syncs()).find(({ entity }) => entity === 'contact')!;

		const run = await ran(contacts.id, 'delta');

		expect(run).toMatchObject({ status: 'succeeded', changed: 1 });
		expect(receiver.received).toHaveLength(before + 5);
		const known = await call('GET', `/records/${acme.tenantId}/contact/${String(id)}`);
		expect(known.body).toMatchObject({
			entity: 'contact',
			status: 'ACTIVE',
			record: { Name: 'Told once' },
			events: [{ type: 'contact.created', source: 'webhook' }],
		});
	}, 60_000);

	it('is told of what Xero has no webhook for, with what it was before', async () => {
		const [account] = (await atXero('GET', '/Accounts', undefined))['Accounts']!.filter(
			({ Code }) => Code === '200',
		);
		const accounts = (await syncs()).find(({ entity }) => entity === 'account')!;
		await call('POST', '/subscriptions', {
			url: `${receiver.url}/accounts`,
			events: ['account.updated'],
			hydrate: true,
		});
		await atXero('POST', `/Accounts/${String(account!['AccountID'])}`, {
			Accounts: [{ Name: 'Turnover' }],
		});

		await ran(accounts.id, 'delta');

		const told = await eventually('the delivery', async () =>
			receiver.received.find(({ path }) => path === '/accounts'),
		);
		expect(JSON.parse(told.body)).toMatchObject({
			type: 'account.updated',
			types: ['account.updated'],
			source: 'sync',
			changed: ['Name'],
			previous: { Name: account!['Name'] },
			record: { Name: 'Turnover' },
		});
	}, 60_000);

	it('agrees with Xero’s count, and a sweep finds nothing to tell', async () => {
		const contacts = (await syncs()).find(({ entity }) => entity === 'contact')!;

		const counted = await ran(contacts.id, 'count');
		const swept = await ran(contacts.id, 'sweep');

		expect(counted).toMatchObject({ status: 'succeeded', missing: 0, calls: 1 });
		expect(swept).toMatchObject({ status: 'succeeded', changed: 0, deleted: 0, missing: 0 });
	}, 60_000);

	it('tells "on invoice paid" once, and not again when the paid invoice is edited', async () => {
		const to = (path: string) =>
			receiver.received
				.filter((one) => one.path === path)
				.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
		const subscribe = (path: string, events: readonly string[]) =>
			call('POST', '/subscriptions', { url: `${receiver.url}${path}`, events });
		const { Accounts } = await atXero('GET', '/Accounts', undefined);
		const bank = Accounts!.find(({ Type }) => Type === 'BANK')!;
		const { Invoices } = await atXero('PUT', '/Invoices', {
			Invoices: [
				{
					Type: 'ACCREC',
					Status: 'DRAFT',
					Contact: { Name: 'Pays at once' },
					Date: '2026-11-02',
					DueDate: '2026-12-02',
					LineItems: [{ Description: 'Tea', Quantity: 1, UnitAmount: 10, AccountCode: '200' }],
				},
			],
		});
		const InvoiceID = String(Invoices![0]!['InvoiceID']);
		const invoices = (await syncs()).find(({ entity }) => entity === 'invoice')!;
		await ran(invoices.id, 'delta');
		await eventually('the webhook of the draft', async () => {
			const { items } = (await call('GET', '/events')).body as {
				items: readonly { readonly resourceId: string; readonly source: string }[];
			};
			return items.find((one) => one.resourceId === InvoiceID && one.source === 'webhook');
		});
		await subscribe('/paid', ['invoice.paid', 'bill.paid']);
		await subscribe('/steps', ['invoice.updated', 'invoice.authorised', 'invoice.paid']);
		const step = (count: number) =>
			eventually(`step ${count}`, async () => (to('/steps').length === count ? true : undefined));

		await atXero('POST', '/Invoices', { Invoices: [{ InvoiceID, Status: 'AUTHORISED' }] });
		await step(1);
		const { Total } = (await atXero('GET', `/Invoices/${InvoiceID}`, undefined))['Invoices']![0]!;
		await atXero('PUT', '/Payments', {
			Payments: [
				{
					Invoice: { InvoiceID },
					Account: { AccountID: bank['AccountID'] },
					Date: '2026-11-03',
					Amount: Total,
				},
			],
		});
		await step(2);
		await atXero('POST', '/Invoices', { Invoices: [{ InvoiceID, Reference: 'Edited' }] });
		await step(3);
		await ran(invoices.id, 'delta');
		await ran(invoices.id, 'sweep');

		expect(to('/steps').map(({ type }) => type)).toEqual([
			...['invoice.authorised', 'invoice.paid', 'invoice.updated'],
		]);
		expect(to('/paid')).toMatchObject([
			{
				type: 'invoice.paid',
				types: ['invoice.paid', 'invoice.updated'],
				resource: { id: InvoiceID, entity: 'invoice' },
			},
		]);
	}, 60_000);

	it('tells what is overdue by its own day, once, with the record', async () => {
		const wish = {
			url: `${receiver.url}/overdue`,
			events: ['invoice.overdue', 'bill.overdue'],
			hydrate: true,
			filter: { overdueDays: 7 },
		};
		expect((await call('POST', '/subscriptions', wish)).body).toMatchObject({
			filter: wish.filter,
		});
		const { Invoices } = await atXero('PUT', '/Invoices', {
			Invoices: [
				{
					...{ Type: 'ACCREC', Status: 'AUTHORISED', Contact: { Name: 'Pays late' } },
					...{ Date: '2026-01-20', DueDate: '2026-02-02' },
					LineItems: [{ Description: 'Tea', Quantity: 1, UnitAmount: 10, AccountCode: '200' }],
				},
			],
		});
		const InvoiceID = String(Invoices![0]!['InvoiceID']);
		const invoices = (await syncs()).find(({ entity }) => entity === 'invoice')!;
		await ran(invoices.id, 'delta');
		await atXero('POST', '/Invoices', { Invoices: [{ InvoiceID, Reference: 'Edited' }] });
		await ran(invoices.id, 'delta');
		await ran(invoices.id, 'sweep');

		const told = await eventually('the delivery', async () => {
			const bodies = receiver.received.filter(({ path }) => path === '/overdue');
			return bodies.length > 0 ? bodies.map(({ body }) => JSON.parse(body) as object) : undefined;
		});
		expect(told).toMatchObject([
			{
				...{ type: 'invoice.overdue', types: ['invoice.overdue'], source: 'sync' },
				// Midnight in Auckland, in summer.
				occurredAt: '2026-02-08T11:00:00.000Z',
				resource: { id: InvoiceID, entity: 'invoice' },
				data: { dueDate: '2026-02-02', overdueDays: 7 },
				record: { InvoiceID, Status: 'AUTHORISED' },
			},
		]);
		expect(told[0]).not.toHaveProperty('changed');
	}, 60_000);

	it('leaves nothing behind when it is removed', async () => {
		const ledger = connectDatabase({ dataDir: portal.hub.dataDir });
		const states = () => ledger.db.selectFrom('record_states').select('xero_id').execute();
		const before = (await states()).length;

		await call('DELETE', `/connections/${acme.connectionId}`);

		const rest = await eventually('the purge', async () => {
			const purges = await ledger.db.selectFrom('record_purges').select('position').execute();
			return purges.every(({ position }) => position?.includes('resting')) || undefined;
		});
		const bodies = await ledger.db
			.selectFrom('events')
			.select('id')
			.where((e) => e.or([e('record', 'is not', null), e('previous', 'is not', null)]))
			.execute();
		expect(before).toBeGreaterThan(0);
		expect(rest).toBe(true);
		expect(await states()).toEqual([]);
		expect(await ledger.db.selectFrom('sync_streams').select('id').execute()).toEqual([]);
		expect(await ledger.db.selectFrom('sync_runs').select('id').execute()).toEqual([]);
		expect(bodies).toEqual([]);
		await ledger.close();
	}, 60_000);
});

describe('a hub that runs no streams', () => {
	it('takes one run at a time, names the one under way, and none of what is switched off', async () => {
		const portal = await startPortal({
			autoConsent: 'first',
			env: { HUB_SYNC: 'on', HUB_ROLES: 'ingest,dispatch,portal' },
		});
		const { apiKey, connectionId, tenantId } = await provisionPortal(portal);
		const call = (method: string, path: string, body?: unknown) =>
			portal.hub.call(method, `/api/v1${path}`, body, apiKey);
		const { id } = (await call('POST', '/syncs', { tenantId, entity: 'quote' })).body;

		const first = await call('POST', `/syncs/${id}/run`, {});
		const second = await call('POST', `/syncs/${id}/run`, {});
		const unknown = await call('POST', '/syncs', {
			tenantId: '99999999-9999-4999-8999-999999999999',
			entity: 'quote',
		});
		const badPlan = await call('PATCH', `/syncs/${id}`, { cron: 'every day', timeZone: 'UTC' });
		const goodPlan = await call('PATCH', `/syncs/${id}`, {
			cron: '0 6 * * 1-5',
			timeZone: 'Pacific/Auckland',
		});
		await call('PATCH', `/connections/${connectionId}`, { syncs: false });
		const off = await call('POST', `/syncs/${id}/run`, {});
		const removed = await call('DELETE', `/syncs/${id}`);
		await portal.close();

		expect(first.status).toBe(202);
		expect(second).toMatchObject({
			status: 409,
			body: { code: 'run_under_way', runId: first.body.runId },
		});
		expect(unknown).toMatchObject({ status: 404, body: { code: 'unknown_tenant' } });
		expect(badPlan.status).toBe(400);
		expect(goodPlan.body).toMatchObject({ cron: '0 6 * * 1-5', everySeconds: null });
		expect(off).toMatchObject({ status: 409, body: { code: 'connection_off' } });
		expect(removed.status).toBe(204);
	}, 60_000);

	it('says so where it has no sync at all, and loads nothing of it', async () => {
		const portal = await startPortal({ autoConsent: 'first', env: { HUB_SYNC: 'off' } });
		const receiver = await startReceiver();
		const { apiKey } = await provisionPortal(portal, [receiver.url]);

		const { status, body } = await portal.hub.call('GET', '/api/v1/syncs', undefined, apiKey);
		const wish = { url: receiver.url, events: ['invoice.paid'] };
		const subscribed = await portal.hub.call('POST', '/api/v1/subscriptions', wish, apiKey);
		await portal.close();
		await receiver.close();

		expect([status, body.code]).toEqual([409, 'sync_off']);
		expect([subscribed.status, subscribed.body.code]).toEqual([409, 'sync_off']);
	}, 60_000);
});
