import { raiseAlert } from '../../../hub-server/src/alerts/raiseAlert';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { eventually } from '../../support/eventually';
import type { FormBrowser, FormPage } from '../../support/portal/formBrowser';
import { invited, portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { putGap } from '../../support/portal/putGap';
import { putRun } from '../../support/portal/putRun';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';

interface Sync {
	readonly id: string;
	readonly entity: string;
	readonly enabled: boolean;
	readonly baselineAt: string | null;
	readonly everySeconds: number | null;
	readonly cron: string | null;
	readonly timeZone: string | null;
	readonly sweepConfirmed: boolean;
	readonly lastRun: { readonly kind: string; readonly status: string } | null;
}

describe('the sync pages of the portal', () => {
	let portal: StartedPortal;
	let owner: FormBrowser;
	let acme: ProvisionedPortal;
	let at: string;

	beforeAll(async () => {
		portal = await startPortal({ autoConsent: 'first', env: { HUB_SYNC: 'on' } });
		owner = await portalOwner(portal);
		acme = await provisionPortal(portal, ['http://127.0.0.1:9']);
		at = `/w/acme/sync/${acme.connectionId}`;
		await eventually('six baselines', async () => {
			const all = await syncs();
			return all.filter(({ baselineAt }) => baselineAt !== null).length >= 6 || undefined;
		});
	}, 60_000);
	afterAll(() => portal.close());

	const call = (method: string, path: string, body?: unknown) =>
		portal.hub.call(method, `/api/v1${path}`, body, acme.apiKey);
	const syncs = async () =>
		((await call('GET', '/syncs?limit=100')).body as { items: readonly Sync[] }).items;
	const sync = async (entity: string) =>
		(await syncs()).find((one) => one.entity === entity) as Sync;
	const pathOf = async (entity: string) => `${at}/streams/${(await sync(entity)).id}`;
	async function inLedger<Result>(
		work: (db: ReturnType<typeof connectDatabase>['db']) => Promise<Result>,
	): Promise<Result> {
		const ledger = connectDatabase({ dataDir: portal.hub.dataDir });
		try {
			return await work(ledger.db);
		} finally {
			await ledger.close();
		}
	}
	const connectionIn = (db: ReturnType<typeof connectDatabase>['db']) =>
		db
			.selectFrom('connections')
			.select(['workspace_id', 'tenant_id', 'id as connection_id'])
			.where('id', '=', acme.connectionId)
			.executeTakeFirstOrThrow();
	const ended = (entity: string) =>
		eventually(`the end of the run of ${entity}`, async () => {
			const { lastRun } = await sync(entity);
			return lastRun?.status === 'succeeded' || undefined;
		});
	/** The row of a table about one entity. */
	const rowOf = ({ html }: FormPage, label: string) =>
		html.split('<tr>').find((row) => row.includes(`>${label}</a>`)) ?? '';

	it('say when webhooks may have been missed, and what became of that', async () => {
		expect((await owner.get(at)).text).toContain('Never, as far as the hub can tell.');
		await putGap(portal, {
			...{ state: 'repaired', note: 'Nothing of this time is told.', repaired_at: 3600_000 },
		});

		const page = await owner.get(at);

		expect(page.text).toContain('1 Jan 1970, 00:00 UTC to 1 Jan 1970, 01:00 UTC');
		expect(page.text).toContain('The hub did not run, or could not write');
		expect(page.text).toContain('Not told');
		expect(page.text).toContain('Nothing of this time is told.');
	});

	it('are where an alert leads that knows the stream or the connection alone', async () => {
		const stream = await pathOf('invoice');
		const held = await inLedger(async (db) =>
			raiseAlert(
				db,
				{
					...{ workspaceId: (await connectionIn(db)).workspace_id, kind: 'counts_disagree' },
					...{ subject: stream.split('/').at(-1)!, message: 'Xero counts 2 more.' },
				},
				Date.now(),
			),
		);

		const { html } = await owner.get('/w/acme');
		const [, href = ''] = /href="([^"]*)">See this sync</.exec(html) ?? [];

		expect(held).toBe(true);
		expect((await owner.get(href)).at).toBe(stream);
		expect((await owner.get(`/w/acme/sync?organisation=${acme.connectionId}`)).at).toBe(at);
	});

	it('lead from the navigation to the organisation', async () => {
		const page = await owner.get('/w/acme/sync');

		expect(page.at).toBe(at);
		expect(page.html).toMatch(
			/<a class="tab" href="\/w\/acme\/sync" aria-current="page"><svg [^]*?<\/svg>Sync<\/a>/,
		);
		expect((await owner.get('/w/acme/organisations')).html).toContain(`href="${at}"`);
		expect(page.html).not.toContain('name="organisation"');
	});

	it('show each list with its schedule, its runs and what they cost', async () => {
		const page = await owner.get(at);

		expect(page.text).toContain('Everything is up to date.');
		const row = rowOf(page, 'Invoices and bills');
		expect(row).toContain('Every hour');
		expect(row).toContain('Up to date');
		expect(row).toMatch(/\d+ calls?, [\d.]+ (?:kB|MB)/);
		expect(row).toMatch(/in \d+ (?:min|h)/);
		expect(rowOf(page, 'Tax rates')).toContain('Every 6 hours');
		expect(page.text).toContain('1,000 calls a day for this organisation');
		expect(page.text).toContain('500 of them; the rest stays for workflows');
		expect(page.text).toMatch(/About \d+ calls and [\d.]+ kB a day/);
	});

	it('run one now, and say so when one runs already', async () => {
		const path = await pathOf('contact');
		const running = await owner.submit(await owner.get(path), `${path}/count`);
		await ended('contact');

		const counted = await eventually('the count', async () => {
			const page = await owner.get(at);
			return rowOf(page, 'Contacts').includes('Counts agree') ? page : undefined;
		});
		await inLedger((db) =>
			db
				.updateTable('sync_streams')
				.set({ run_id: 'another', next_at: 9e15 })
				.where('entity', '=', 'payment')
				.execute(),
		);
		const formToken = /name="formToken" value="([^"]+)"/.exec(counted.html)?.[1] ?? '';
		const busy = await owner.post(`${await pathOf('payment')}/run`, { formToken });
		await inLedger((db) =>
			db
				.updateTable('sync_streams')
				.set({ run_id: null, next_at: Date.now() + 3_600_000 })
				.where('entity', '=', 'payment')
				.execute(),
		);

		expect(running.text).toContain('It runs now.');
		expect(counted.text).toContain('1 of 1 counts agree with Xero');
		expect(busy.text).toContain('A run was under way already.');
	});

	it('tell how far a long first run is, and go on telling by themselves', async () => {
		const running = { status: 'running', is_baseline: 1, seen: 12_300, finished_at: null } as const;
		await putRun(portal, 'item', { ...running, started_at: Date.now() - 307_500 }, 50_000);

		const page = await owner.get(at);

		expect(page.text).toContain('12,300 of 50,000, about 40 a second, 16 min left');
		expect(page.html).toContain('<progress class="progress" max="50000" value="12300"');
		expect(page.html).toContain('hx-trigger="every 2s"');
		await inLedger(async (db) => {
			await db.deleteFrom('sync_runs').where('status', '=', 'running').execute();
			await db
				.updateTable('sync_streams')
				.set({ run_id: null, position: null, next_at: Date.now() + 3_600_000 })
				.where('entity', '=', 'item')
				.execute();
		});
		expect((await owner.get(at)).html).toContain('hx-trigger="every 30s"');
	});

	it('pause a list, and resume it', async () => {
		const id = (await sync('item')).id;

		const paused = await owner.submit(await owner.get(at), `${at}/streams/${id}/pause`);
		expect(paused.at).toBe(`${at}?done=sync_paused`);
		expect(rowOf(paused, 'Items')).toContain('Paused');
		expect((await sync('item')).enabled).toBe(false);
		const resumed = await owner.submit(paused, `${at}/streams/${id}/resume`);

		expect(resumed.text).toContain('Resumed: it runs now');
		expect((await sync('item')).enabled).toBe(true);
	});

	it('change a schedule, and name the field of one that cannot be kept', async () => {
		const path = await pathOf('account');
		const save = async (fields: Record<string, string>) =>
			owner.submit(await owner.get(path), `${path}/schedule`, fields);

		const noNumber = await save({ mode: 'every', minutes: 'often' });
		const noTable = await save({ mode: 'cron', cron: '99 6 * * *', timeZone: 'Pacific/Auckland' });
		const noZone = await save({ mode: 'cron', cron: '0 6 * * *', timeZone: 'Mars/Base' });
		const every = await save({ mode: 'every', minutes: '15' });
		const cron = await save({ mode: 'cron', cron: '0 6 * * 1-5', timeZone: 'Pacific/Auckland' });

		expect([noNumber.status, noTable.status, noZone.status]).toEqual([422, 422, 422]);
		expect(noNumber.text).toContain('This must be a whole number of minutes, 1 at least.');
		expect(noTable.text).toContain('This must be five fields such as "0 6 * * 1-5"');
		expect(noTable.html).toContain('value="99 6 * * *"');
		expect(noZone.text).toContain('This must be the name of a time zone, such as Pacific/Auckland');
		expect(every.text).toContain('The schedule was saved.');
		expect(every.text).toContain('Schedule Every 15 minutes');
		expect(cron.text).toContain('Schedule At 06:00 on weekdays (Pacific/Auckland)');
		expect(await sync('account')).toMatchObject({
			...{ everySeconds: null, cron: '0 6 * * 1-5', timeZone: 'Pacific/Auckland' },
		});
	});

	it('show what a list would cost before it is switched on', async () => {
		const before = await syncs();
		const sized = await owner.get(`${at}/new?entity=credit_note`);
		const unsized = await owner.get(`${at}/new?entity=quote`);
		expect(await syncs()).toHaveLength(before.length);

		const on = await owner.submit(unsized, `${at}/new`, { mode: 'every', minutes: '120' });

		expect(sized.text).toMatch(/In Xero now \d+ records? The first run 1 call, [\d.]+ kB at most/);
		expect(sized.text).toMatch(/Then, every hour About 26 calls/);
		expect(unsized.text).toContain('Xero does not say how many there are');
		expect(on.text).toContain('It is kept up to date from now on.');
		expect(on.html).not.toContain('new?entity=quote');
		expect(await sync('quote')).toMatchObject({ enabled: true, everySeconds: 7_200 });
		await ended('quote');
	});

	it('switch nothing on beyond the quota', async () => {
		await portal.hub.call('PATCH', '/api/v1/workspaces/acme', { quotas: { syncs: 3 } });

		const page = await owner.get(`${at}/new?entity=prepayment`);
		const refused = await owner.submit(page, `${at}/new`);
		const overApi = await call('POST', '/syncs', { tenantId: acme.tenantId, entity: 'prepayment' });
		const known = await call('POST', '/syncs', { tenantId: acme.tenantId, entity: 'contact' });
		await portal.hub.call('PATCH', '/api/v1/workspaces/acme', { quotas: {} });

		expect(refused.status).toBe(429);
		expect(refused.text).toContain('quota "syncs" of 3');
		expect(overApi).toMatchObject({ status: 429, body: { code: 'quota_reached', quota: 'syncs' } });
		expect(known.status).toBe(200);
	});

	it('ask before a long list is read whole, by a button and every month', async () => {
		const path = await pathOf('contact');
		const set = (known: number) =>
			inLedger((db) =>
				db
					.updateTable('sync_streams')
					.set({ known, known_bytes: known * 900 })
					.where('entity', '=', 'contact')
					.execute(),
			);
		await set(50_000);

		const page = await owner.get(path);
		const question = await owner.submit(page, `${path}/sweep`);
		const monthly = await owner.submit(page, `${path}/allow-sweeps`);
		const allowed = await owner.submit(monthly, `${path}/allow-sweeps`);

		expect(page.text).toContain('Off: a list of 50,000 is read whole only if you say so');
		expect(question.text).toContain('Read all 50,000 contacts again? That takes about 50 calls');
		expect(question.text).toContain('45 MB');
		expect((await sync('contact')).lastRun?.kind).not.toBe('sweep');
		expect(allowed.text).toContain('The whole list is read once a month from now on.');
		expect((await sync('contact')).sweepConfirmed).toBe(true);
		await owner.submit(allowed, `${path}/stop-sweeps`);
		expect((await sync('contact')).sweepConfirmed).toBe(false);
		await set(30);
	});

	it('hold what is gone in great number until a person has said so', async () => {
		const path = await pathOf('contact');
		await putRun(portal, 'contact', { kind: 'sweep', missing: -25, error: 'So many are gone.' });

		const list = await owner.get(at);
		const page = await owner.get(path);
		const question = await owner.submit(page, `${path}/confirm-deletes`);
		const still = await owner.get(path);
		const said = await owner.submit(question, `${path}/confirm-deletes`);

		expect(list.text).toContain('Not all is well: Contacts (asks you)');
		expect(page.text).toContain('25 records are not in Xero’s list any more');
		expect(question.text).toContain('Are 25 records really gone?');
		expect(still.text).toContain('They are gone');
		expect(said.text).toContain('It runs now.');
		await eventually('the sweep', async () => {
			const { text } = await owner.get(path);
			return !text.includes('They are gone') || undefined;
		});
	});

	it('find a record by its id or its address, and say when there is none', async () => {
		const { xero_id: id } = await inLedger((db) =>
			db
				.selectFrom('record_states')
				.select('xero_id')
				.where('entity', '=', 'contact')
				.executeTakeFirstOrThrow(),
		);

		const byId = await owner.get(`${at}/find?id=${id.toUpperCase()}`);
		const byAddress = await owner.get(
			`${at}/find?id=${encodeURIComponent(`https://go.xero.com/app/contacts/contact/${id}`)}`,
		);
		const byType = await owner.get(`${at}/find?id=OUTPUT2`);
		const none = await owner.get(`${at}/find?id=nothing`);

		expect(byId.at).toBe(`/w/acme/records/${acme.tenantId}/contact/${id.toUpperCase()}`);
		expect(byId.text).toContain(`Xero’s id ${id}`);
		expect(byId.html).toContain(`href="https://go.xero.com/app/contacts/contact/${id}"`);
		expect(byId.text).toContain('None: it has not changed since it was first read.');
		expect(byAddress.text).toContain(`Xero’s id ${id}`);
		expect(byType.at).toBe(`/w/acme/records/${acme.tenantId}/tax_rate/OUTPUT2`);
		expect(none.text).toContain('The hub knows no record with that id');
	});

	it('lead from an event to its record, and from there to each of its events', async () => {
		await portal.sandbox.seed(acme.tenantId, { contacts: 1, events: true });
		const event = await eventually('the event', async () => {
			const { items } = (await call('GET', '/events')).body;
			return (items as { id: string; resource: { id: string } }[])[0];
		});
		const eventPage = await owner.get(`/w/acme/events/${event.id}`);
		const path =
			new RegExp(`href="(/w/acme/records/${acme.tenantId}/[^"]+)"`).exec(eventPage.html)?.[1] ?? '';
		const untold = await owner.get(path);

		const contacts = await pathOf('contact');
		await owner.submit(await owner.get(contacts), `${contacts}/run`);
		const record = await eventually('the record', async () => {
			const page = await owner.get(path);
			return page.text.includes('Read last') ? page : undefined;
		});

		expect(untold.status).toBe(200);
		expect(record.html).toContain(`href="/w/acme/events/${event.id}"`);
		expect(record.text).toContain('Contact created told by a webhook');
		expect(record.text).toContain('as Xero says it was changed last');
		expect(record.text).toContain('As Xero answered it');
	});

	it('know nothing of a record that nobody told of', async () => {
		const { tenantId } = acme;
		for (const path of [`${tenantId}/contact/x`, `${tenantId}/nothing/x`, 'other/contact/x']) {
			expect((await owner.get(`/w/acme/records/${path}`)).status).toBe(404);
		}
	});

	it('are another workspace’s for nobody', async () => {
		await owner.submit(await owner.get('/workspaces/new'), '/workspaces', { name: 'Beta' });
		const path = await pathOf('contact');
		const { html } = await owner.get('/account');
		const formToken = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';

		for (const change of ['run', 'pause', 'schedule']) {
			const moved = path.replace('/acme/', '/beta/');
			const refused = await owner.post(`${moved}/${change}`, {
				...{ formToken, mode: 'every', minutes: '5' },
			});
			expect(refused.status).toBe(404);
		}
		expect((await owner.get(path.replace('/acme/', '/beta/'))).status).toBe(404);
		expect((await owner.get('/w/beta/sync')).text).toContain('No organisation is connected');
		expect((await owner.post(`${path}/pause`, {})).status).toBe(403);
		expect((await sync('contact')).enabled).toBe(true);
	});

	it('let viewers look, and change nothing', async () => {
		const ned = { name: 'Ned', email: 'ned@example.com', password: 'nine quiet bicycles' };
		const viewer = await invited(portal, owner, ned, { role: 'viewer', reach: 'all' });

		const pages = [await viewer.get(at), await viewer.get(await pathOf('contact'))];

		for (const { status, html } of pages) {
			expect(status).toBe(200);
			expect(html.match(/<form method="post"/g)).toHaveLength(1);
		}
		expect(pages[0]?.html).not.toContain('new?entity=');
		expect((await viewer.get(`${at}/new?entity=prepayment`)).status).toBe(403);
	});

	it('switch the sync of an organisation off and on', async () => {
		const off = await owner.submit(await owner.get(at), `${at}/disable`);
		const { items } = (await call('GET', '/connections')).body;
		const on = await owner.submit(off, `${at}/enable`);

		expect(off.text).toContain('Sync is off for this organisation');
		expect(rowOf(off, 'Contacts')).toContain('Off');
		expect(items[0].syncs).toBe(false);
		expect(on.text).toContain('Sync is switched on');
	});

	it('write every change into the audit log, with whoever made it', async () => {
		const { html } = await owner.get('/audit.jsonl');
		const actions = html
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as { actor: string; action: string })
			.filter(({ actor }) => actor === 'owner@example.com')
			.map(({ action }) => action);

		for (const action of ['created', 'changed', 'run']) expect(actions).toContain(`sync.${action}`);
		expect(actions).toContain('organisation.sync_off');
		expect(actions).toContain('organisation.sync_on');
	});

	it('tell a subscription what must be read first, and programs what all of it costs', async () => {
		const subscribed = await call('POST', '/subscriptions', {
			...{
				url: 'http://127.0.0.1:9/webhook/x',
				events: ['invoice.paid', 'purchase_order.billed'],
			},
		});
		const known = await call('GET', `/subscriptions/${subscribed.body.id as string}`);
		const { items } = (await call('GET', '/syncs?limit=100')).body;

		expect(subscribed.status).toBe(201);
		expect(subscribed.body.baselines).toEqual([
			expect.objectContaining({ entity: 'invoice', state: 'done' }),
			expect.objectContaining({ tenantId: acme.tenantId, entity: 'purchase_order' }),
		]);
		const [, orders] = subscribed.body.baselines;
		expect(orders.estimate.records).toBeGreaterThanOrEqual(0);
		expect(orders.estimate.calls).toBe(1);
		expect(known.body.baselines).toHaveLength(2);
		expect(items[0].budget).toMatchObject({ callsADay: 500, xeroCallsADay: 1_000 });
		expect(items[0].budget.plannedCalls).toBeGreaterThan(0);
		expect(items[0].budget.workflowCalls).toBeGreaterThanOrEqual(0);
	});
});

describe('the sync pages of a hub', () => {
	let portal: StartedPortal;
	afterEach(() => portal.close());

	it('without sync say so', async () => {
		portal = await startPortal({ autoConsent: 'first', env: { HUB_SYNC: 'off' } });
		const owner = await portalOwner(portal);
		const { connectionId } = await provisionPortal(portal);

		const page = await owner.get('/w/acme/sync');
		const behind = await owner.get(`/w/acme/sync/${connectionId}`);

		expect(page.text).toContain('This hub runs without sync');
		expect(behind.status).toBe(409);
		expect(behind.text).toContain('HUB_SYNC=off');
	});

	it('without sync say all the same when webhooks may have been missed, and of whom', async () => {
		portal = await startPortal({ autoConsent: 'first', env: { HUB_SYNC: 'off' } });
		const owner = await portalOwner(portal);
		await provisionPortal(portal);
		await putGap(portal);

		const page = await owner.get('/w/acme/sync');

		expect(page.text).toMatch(/Demo Company.* 1 Jan 1970, 00:00 UTC to/);
		expect(page.text).toContain('This hub runs with HUB_SYNC=off, so it reads nothing');
	});

	it('that keeps hashes say why there is no copy of a record', async () => {
		portal = await startPortal({
			autoConsent: 'first',
			env: { HUB_SYNC: 'on', HUB_RECORDS: 'hashes' },
		});
		const owner = await portalOwner(portal);
		const { connectionId } = await provisionPortal(portal);
		const at = `/w/acme/sync/${connectionId}`;

		const page = await eventually('a record', async () => {
			const found = await owner.get(`${at}/find?id=OUTPUT2`);
			return found.at.includes('/records/') ? found : undefined;
		});

		expect(page.text).toContain('There is no copy: this hub keeps hashes of records and no copies');
		expect(page.text).toContain('Xero tells no time of change');
		expect((await owner.get(at)).text).toContain('HUB_RECORDS=hashes');
	});

	it('lead to each organisation of a workspace that has several', async () => {
		portal = await startPortal({ autoConsent: 'all', env: { HUB_SYNC: 'on' } });
		const owner = await portalOwner(portal);
		await provisionPortal(portal);

		const { html } = await owner.get('/w/acme/sync');
		const [, select = ''] = /name="organisation">([\s\S]*?)<\/select>/.exec(html) ?? [];
		const ids = [...select.matchAll(/value="([^"]+)"/g)].map(([, id]) => id);
		const last = await owner.get(`/w/acme/sync?organisation=${ids.at(-1)}`);

		expect(ids.length).toBeGreaterThan(1);
		expect(last.at).toBe(`/w/acme/sync/${ids.at(-1)}`);
	});
});
