import { connectDatabase } from '../../../../hub-server/src/database/openDatabase';
import { eventually as eventuallyWithin } from '../../../support/eventually';
import { provisionPortal } from '../../../support/portal/provisionPortal';
import { startPortal } from '../../../support/portal/startPortal';
import { startReceiver } from '../../../support/receiver';

/** A run may wait out a minute of the hub's own pacing, which is real here. */
const eventually = <T>(what: string, ask: () => Promise<T | undefined>) =>
	eventuallyWithin(what, ask, { timeoutMs: 120_000 });

/** Contacts, invoices, payments, accounts, tax rates and items begin when an organisation is connected. */
const BY_THEMSELVES = 6;

/** As Xero answers them. */
export type XeroElement = Readonly<Record<string, unknown>>;

export interface SyncRun {
	readonly id: string;
	readonly kind: string;
	readonly status: 'running' | 'succeeded' | 'failed' | 'waiting';
	readonly waitingFor: string | null;
	readonly resumesAt: string | null;
	readonly startedAt: string;
	readonly finishedAt: string | null;
	readonly calls: number;
	readonly seen: number;
	readonly changed: number;
	readonly deleted: number;
	readonly missing: number | null;
	readonly error: string | null;
}

export interface Told {
	readonly type: string;
	readonly types: readonly string[];
	readonly source: string;
	readonly changed?: readonly string[];
	readonly resource: { readonly id: string; readonly entity: string };
	readonly causedBy?: XeroElement;
}

export interface SyncedOrganisationOptions {
	/** Streams beside those that start by themselves. */
	readonly entities?: readonly string[];
	/** In the books before the organisation is connected. */
	readonly seed?: { readonly contacts?: number; readonly invoices?: number };
	/** What the user consents to; the usual ones when absent. */
	readonly scopes?: string;
	/** Whose first runs may fail. */
	readonly refused?: readonly string[];
	/** Which organisations the user connects; the first when absent. */
	readonly connects?: 'first' | 'all';
	readonly env?: Readonly<Record<string, string>>;
	readonly apiBehind?: (url: string) => Promise<string>;
}

/**
 * A hub with its sync, connected to an organisation of the sandbox, all first runs done, no webhook on its way,
 * and one workflow that listens to everything.
 */
export async function syncedOrganisation(options: SyncedOrganisationOptions = {}) {
	const { entities = [], refused = [] } = options;
	let aheadMs = 0;
	const [portal, receiver] = await Promise.all([
		startPortal({
			autoConsent: options.connects ?? 'first',
			now: () => Date.now() + aheadMs,
			env: { HUB_SYNC: 'on', ...options.env },
			...(options.apiBehind && { apiBehind: options.apiBehind }),
		}),
		startReceiver(),
	]);
	const { sandbox } = portal;
	const [first] = (await sandbox.state()).organisations;
	if (options.seed !== undefined) await sandbox.seed(first!.tenantId, options.seed);
	const acme = await provisionPortal(portal, [receiver.url], {
		...(options.scopes && { scopes: options.scopes }),
	});
	const { tenantId } = acme;
	const deliveryUrl = `${portal.url}/webhooks/xero/acme`;

	const call = (method: string, path: string, body?: unknown) =>
		portal.hub.call(method, `/api/v1${path}`, body, acme.apiKey);
	/** Which of Xero's webhooks the app hears. */
	const hear = (categories: readonly string[]) =>
		sandbox.setWebhook(acme.clientId, deliveryUrl, categories);

	await hear([]);
	for (const entity of entities) await call('POST', '/syncs', { tenantId, entity });
	const streams = await eventually('the first runs', async () => {
		const { items } = (await call('GET', '/syncs?limit=100')).body as {
			items: readonly {
				id: string;
				tenantId: string;
				entity: string;
				baselineAt: string | null;
				lastRun: SyncRun;
			}[];
		};
		const own = items.filter(({ tenantId: of }) => of === tenantId);
		const read = own.filter(({ entity }) => !refused.includes(entity));
		const failed = read.filter(({ lastRun }) => lastRun?.status === 'failed');
		if (failed.length > 0) throw new Error(JSON.stringify(failed));
		const isDone =
			own.length >= BY_THEMSELVES + entities.length &&
			read.every(({ baselineAt }) => baselineAt !== null);
		return isDone ? own : undefined;
	});
	const url = `${receiver.url}/all`;
	await call('POST', '/subscriptions', { url, events: ['*'], hydrate: true });

	const streamOf = (entity: string) => streams.find((one) => one.entity === entity)!.id;
	const runsOfStream = async (id: string) =>
		(await call('GET', `/syncs/${id}/runs`)).body.items as readonly SyncRun[];
	const runsOf = (entity: string) => runsOfStream(streamOf(entity));
	/** Asks for a run. @returns its id */
	const start = (entity: string, wish: { kind: string; confirmDeletes?: boolean }) =>
		eventually('a free turn', async () => {
			const { status, body } = await call('POST', `/syncs/${streamOf(entity)}/run`, wish);
			if (status !== 202 && status !== 409) throw new Error(JSON.stringify(body));
			return status === 202 ? (body.runId as string) : undefined;
		});
	const until = (entity: string, runId: string, isSo: (run: SyncRun) => boolean) =>
		eventually(`the run of ${entity}`, async () => {
			const run = (await runsOf(entity)).find(({ id }) => id === runId);
			return run !== undefined && isSo(run) ? run : undefined;
		});

	return {
		...acme,
		url: portal.url,
		call,
		hear,
		sandbox,
		start,
		until,
		/** A run of another organisation's stream, when it has ended. */
		runOf: (streamId: string, runId: string) =>
			eventually('the end of a run', async () =>
				(await runsOfStream(streamId)).find(
					({ id, finishedAt }) => id === runId && finishedAt !== null,
				),
			),
		/** Sets the hub's clock, and nobody else's. */
		setHubClock(ms: number) {
			aheadMs = ms;
		},
		runsOf,
		stateOf: async (entity: string, id: string) =>
			(await call('GET', `/records/${tenantId}/${entity}/${id}`)).body as XeroElement,
		/** Starts a run and waits for its end. */
		async run(entity: string, kind = 'delta', wish: { confirmDeletes?: boolean } = {}) {
			const id = await start(entity, { kind, ...wish });
			return until(entity, id, ({ finishedAt }) => finishedAt !== null);
		},
		/** A call to Xero by somebody else, not through the hub. @returns the elements of the answer */
		async atXero(method: string, path: string, body?: unknown): Promise<readonly XeroElement[]> {
			const { accessToken } = (await call('GET', `/connections/${acme.connectionId}/token`)).body;
			const tokens = { access_token: accessToken as string };
			const route = `/api.xro/2.0${path}`;
			const answer = await sandbox.call(tokens, tenantId, method, route, body);
			const text = await answer.text();
			if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
			const members = text === '' ? [] : Object.values(JSON.parse(text) as XeroElement);
			return (members.find(Array.isArray) ?? []) as readonly XeroElement[];
		},
		/** A webhook of a contact that comes when it is told to, dated as given. */
		async tellLate(id: string, type: 'CREATE' | 'UPDATE', at: number) {
			const eventDateUtc = new Date(at).toISOString().slice(0, -1);
			const event = {
				tenantId,
				resourceId: id,
				eventCategory: 'CONTACT',
				eventType: type,
				eventDateUtc,
			};
			await sandbox.sendWebhooks(acme.clientId, [event]);
		},
		/** Waits until the hub has routed so many webhooks of that record. */
		heard: (id: string, count: number) =>
			eventually(`${count} webhooks`, async () => {
				const { items } = (await call('GET', '/events?limit=200')).body as {
					items: readonly { readonly resourceId: string; readonly source: string }[];
				};
				const own = items.filter((one) => one.resourceId === id && one.source === 'webhook');
				return own.length >= count ? true : undefined;
			}),
		/** What the workflow was told, of that record. */
		told(id?: string): readonly Told[] {
			return receiver.received
				.map(({ body }) => JSON.parse(body) as Told)
				.filter(({ resource }) => id === undefined || resource.id === id);
		},
		/** Waits until the workflow was told so often of that record, and nothing more is on its way. */
		async settled(count: number, id?: string): Promise<readonly Told[]> {
			await eventually('everything to be delivered', async () => {
				const { items } = (await call('GET', '/deliveries?limit=200')).body as {
					items: readonly { status: string }[];
				};
				const isQuiet = items.every(({ status }) => status !== 'pending' && status !== 'waiting');
				return isQuiet && this.told(id).length >= count ? true : undefined;
			});
			return this.told(id);
		},
		/** The ids of the records of that entity that the hub takes for there. */
		async known(entity: string): Promise<readonly string[]> {
			const ledger = connectDatabase({ dataDir: portal.hub.dataDir });
			const rows = await ledger.db
				.selectFrom('record_states as r')
				.innerJoin('connections as c', (join) =>
					join.on((e) => e('r.epoch', '=', e.fn.coalesce('c.record_epoch', 'c.id'))),
				)
				.select('r.xero_id')
				.where('r.entity', '=', entity)
				.where('r.deleted_at', 'is', null)
				.execute();
			await ledger.close();
			return rows.map((row) => row.xero_id).sort();
		},
		async close() {
			await portal.close();
			await receiver.close();
		},
	};
}

export type SyncedOrganisation = Awaited<ReturnType<typeof syncedOrganisation>>;
