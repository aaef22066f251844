import { markRestored } from '../../../hub-server/src/administration/markRestored';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import { eventually } from '../../support/eventually';
import { hubCalls } from '../../support/hubCalls';
import { portalOwner } from '../../support/portal/portalOwner';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { postWebhook, signatureOf } from '../../support/signedWebhook';
import { startReceiver, type Receiver } from '../../support/receiver';

/** A call that went well, by the path that its documentation has. */
interface Made {
	readonly name: string;
	/** As the audit log tells it. */
	readonly call: string;
	readonly workspace: string | null;
}

describe('every call that changes something or gives a secret away', () => {
	let portal: StartedPortal;
	let receiver: Receiver;
	let acme: ProvisionedPortal;
	let made: Made[];

	beforeAll(async () => {
		[portal, receiver] = await Promise.all([
			startPortal({
				autoConsent: 'first',
				// Streams are there, and call nothing by themselves.
				env: { HUB_SYNC: 'on', HUB_ROLES: 'ingest,dispatch,portal' },
			}),
			startReceiver((_request, response) => response.end()),
		]);
		acme = await provisionPortal(portal, [receiver.url]);
	}, 60_000);
	afterAll(async () => {
		await portal.close();
		await receiver.close();
	});

	/** @param ids in the order of the path's parameters */
	async function make(name: string, ids: readonly string[] = [], body?: unknown) {
		const { access } = hubCalls.find(({ method, path }) => `${method} ${path}` === name)!;
		const [method = '', path = ''] = name.split(' ');
		const left = [...ids];
		const url = path.replace(/\{\w+\}/g, () => left.shift() ?? '');
		const isAdmin = access === 'admin';
		const reply = await portal.hub.call(
			method.toUpperCase(),
			url,
			body,
			isAdmin ? undefined : acme.apiKey,
		);
		if (reply.status >= 300) throw new Error(`${name}: ${JSON.stringify(reply.body)}`);
		made.push({
			name,
			call: `${method.toUpperCase()} ${url}`,
			// The operator's own keys are of no workspace.
			workspace: name.includes('/admin-keys') ? null : isAdmin ? 'beta' : 'acme',
		});
		return reply.body;
	}

	it('is in the audit log under the name that it declares', async () => {
		made = [];
		const api = '/api/v1';
		const { clientId, clientSecret } = await portal.createApp();

		await make(`post ${api}/workspaces`, [], { name: 'Beta' });
		await make(`patch ${api}/workspaces/{slug}`, ['beta'], { connectLink: false });
		const adminKey = await make(`post ${api}/admin-keys`, [], { name: 'ops' });
		await make(`delete ${api}/admin-keys/{id}`, [adminKey.id]);
		const keys = { clientId, clientSecret };
		await make(`put ${api}/workspaces/{slug}/app-keys`, ['beta'], keys);
		await make(`post ${api}/workspaces/{slug}/app-keys/verify`, ['beta']);
		const invoicing = { scopePreset: 'invoicing' };
		await make(`put ${api}/workspaces/{slug}/app-keys/scopes`, ['beta'], invoicing);
		await make(`post ${api}/workspaces/{slug}/connect`, ['beta']);
		const connectLinks = `${api}/workspaces/{slug}/connect-links`;
		const { id: madeLink } = await make(`post ${connectLinks}`, ['beta'], {});
		await make(`delete ${connectLinks}/{id}`, ['beta', madeLink]);
		const { id: keyId } = await make(`post ${api}/workspaces/{slug}/api-keys`, ['beta'], {
			name: 'n8n',
		});
		await make(`post ${api}/workspaces/{slug}/api-keys/{id}/rotate`, ['beta', keyId]);
		await make(`delete ${api}/workspaces/{slug}/api-keys/{id}`, ['beta', keyId]);

		const { connectionId } = acme;
		await make(`patch ${api}/connections/{id}`, [connectionId], { enabled: true });
		const { id: sync } = await make(`post ${api}/syncs`, [], {
			tenantId: acme.tenantId,
			entity: 'contact',
		});
		await make(`patch ${api}/syncs/{id}`, [sync], { everySeconds: 600 });
		await make(`post ${api}/syncs/{id}/run`, [sync], {});
		await make(`delete ${api}/syncs/{id}`, [sync]);
		const conflicting = await pushInConflict(portal, acme, (body) =>
			make(`post ${api}/pushes`, [], body),
		);
		const resolve = `post ${api}/pushes/{id}/items/{externalId}/resolve`;
		await make(resolve, [conflicting, 'one'], { use: 'xero' });
		await pushFinished(portal, acme, conflicting);
		await make(`post ${api}/pushes/{id}/retry`, [conflicting], {});
		await make(`post ${api}/pushes/{id}/undo`, [conflicting]);
		const mappings = `${api}/mappings/{tenantId}`;
		const { tenantId } = acme;
		const wish = { key: 'a', value: '200' };
		await make(`put ${mappings}/{kind}`, [tenantId, 'account'], { mappings: [wish] });
		await make(`put ${mappings}/{kind}/{key}`, [tenantId, 'account', 'a'], { value: '260' });
		await make(`delete ${mappings}/{kind}/{key}`, [tenantId, 'account', 'a']);
		await make(`post ${mappings}/import`, [tenantId], { mappings: [{ ...wish, kind: 'account' }] });
		await make(`post ${mappings}/copy`, [tenantId], { fromTenantId: tenantId });
		await make(`post ${mappings}/accounts`, [tenantId], {
			...{ code: '987', name: 'Made here', type: 'REVENUE' },
		});
		const link = [acme.tenantId, 'crm', 'tax_rate', 'vat'];
		const xeroId = 'OUTPUT2';
		await make(`put ${api}/links/{tenantId}/{system}/{entity}/{externalId}`, link, { xeroId });
		await make(`delete ${api}/links/{tenantId}/{system}/{entity}/{externalId}`, link);
		await make(`put ${api}/links`, [], {
			...{ tenantId: null, system: 'crm', entity: 'tax_rate', externalId: 'vat', xeroId },
		});
		await make(`post ${api}/links/import`, [], { links: [] });
		const migration = await make(`post ${api}/migrate`, [], { toTenantId: acme.tenantId });
		await eventually('the migration to end', async () => {
			const path = `${api}/migrate/${migration.id}`;
			const { body } = await portal.hub.call('GET', path, undefined, acme.apiKey);
			return body.status === 'finished';
		});
		await make(`post ${api}/migrate/{id}/revert`, [migration.id]);
		await make(`get ${api}/connections/{id}/token`, [connectionId]);
		await make(`get ${api}/connections/{id}/export`, [connectionId]);
		await make(`post ${api}/connections/{id}/reconnect`, [connectionId]);
		const { id: subscription } = await make(`post ${api}/subscriptions`, [], {
			url: `${receiver.url}/x`,
			events: ['*'],
		});
		await make(`post ${api}/subscriptions/{id}/rotate-secret`, [subscription]);
		await make(`post ${api}/subscriptions/{id}/move`, [subscription], { to: receiver.url });
		await portal.sandbox.seed(acme.tenantId, { contacts: 1, events: true });
		const delivery = await eventually('a delivery', async () => {
			const { items } = (await portal.hub.call('GET', `${api}/deliveries`, undefined, acme.apiKey))
				.body;
			return items[0]?.status === 'delivered' ? (items[0] as { id: string }) : undefined;
		});
		await make(`post ${api}/deliveries/{id}/replay`, [delivery.id]);
		const replay = await make(`post ${api}/replays`, [], {
			since: '2020-01-01T00:00:00Z',
			until: '2040-01-01T00:00:00Z',
		});
		await make(`delete ${api}/replays/{id}`, [replay.id]);
		const payload = await payloadPutAside(portal, acme);
		await make(`post ${api}/payloads/{id}/route`, [payload]);
		await make(`post ${api}/payloads/{id}/dismiss`, [payload]);
		const restored = await restoredAlert(portal);
		await make(`post ${api}/alerts/{id}/acknowledge`, [restored]);
		await make(`delete ${api}/subscriptions/{id}`, [subscription]);
		await make(`put ${api}/alert-channels`, [], { channels: [] });
		await make(`delete ${api}/connections/{id}`, [connectionId]);
		await make(`delete ${api}/workspaces/{slug}`, ['beta']);
		await make(`post ${api}/workspaces`, [], { name: 'Beta' });
		await make(`get ${api}/workspaces/{slug}/export`, ['beta']);
		await make(`post ${api}/workspaces/{slug}/offboarding`, ['beta'], { confirm: 'Beta' });

		const declared = new Map(
			hubCalls.map(({ method, path, audit }) => [`${method} ${path}`, audit]),
		);
		const audited = [...declared].filter(([, audit]) => audit !== undefined);
		expect(new Set(made.map(({ name }) => name))).toEqual(new Set(audited.map(([name]) => name)));
		const { html } = await (await portalOwner(portal)).get('/audit.jsonl');
		const entries = html
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as Partial<Entry>)
			// The last line says how the log ends.
			.filter((line): line is Entry => line.detail !== undefined)
			.map(({ action, workspace, detail }) => ({ action, workspace, call: detail['call'] }))
			// Its steps have entries of their own, before that of the whole.
			.filter(
				({ action, call }) => !call?.endsWith('/offboarding') || action === 'client.offboarded',
			);
		const last = entries.slice(-made.length - 1, -1);
		expect(last).toEqual(
			made.map(({ name, call, workspace }) => ({ action: declared.get(name), workspace, call })),
		);
	}, 60_000);
});

/** Both sides have changed one member of its record; answers the push's id. */
async function pushInConflict(
	portal: StartedPortal,
	acme: ProvisionedPortal,
	push: (body: unknown) => Promise<{ readonly id: string }>,
): Promise<string> {
	const wish = (email: string) => ({
		...{ tenantId: acme.tenantId, system: 'crm', entity: 'contact', policy: 'ask' },
		records: [{ externalId: 'one', fields: { Name: 'Both', EmailAddress: email } }],
	});
	const first = await pushFinished(portal, acme, (await push(wish('a@example.com'))).id);
	await portal.hub.call(
		'POST',
		`/api/v1/xero/${acme.tenantId}/api.xro/2.0/Contacts`,
		{ Contacts: [{ ContactID: first.items[0]?.xeroId, EmailAddress: 'x@example.com' }] },
		acme.apiKey,
	);
	const { id } = await push(wish('b@example.com'));
	await pushFinished(portal, acme, id);
	return id;
}

function pushFinished({ hub }: StartedPortal, { apiKey }: ProvisionedPortal, id: string) {
	return eventually('the end of a push', async () => {
		const { body } = await hub.call('GET', `/api/v1/pushes/${id}`, undefined, apiKey);
		const push = body as {
			readonly status: string;
			readonly items: readonly { readonly xeroId: string | null }[];
		};
		return push.status === 'finished' ? push : undefined;
	});
}

/** What is signed and cannot be read; answers its id. */
async function payloadPutAside(
	{ hub, url }: StartedPortal,
	{ webhookKey, apiKey }: ProvisionedPortal,
): Promise<string> {
	await postWebhook(`${url}/webhooks/xero/acme`, 'no JSON', signatureOf('no JSON', webhookKey));
	const { items } = (await hub.call('GET', '/api/v1/payloads', undefined, apiKey)).body;
	return items[0].id;
}

/** As `xero-hub restore` leaves it; answers the alert's id. */
async function restoredAlert({ hub }: StartedPortal): Promise<string> {
	const ledger = connectDatabase({ dataDir: hub.dataDir });
	await markRestored(ledger.db, { takenAt: undefined, lost: new Map() }, Date.now());
	const { id } = await ledger.db
		.selectFrom('alerts as a')
		.innerJoin('workspaces as w', 'w.id', 'a.workspace_id')
		.select('a.id')
		.where('w.slug', '=', 'acme')
		.where('a.resolved_at', 'is', null)
		.executeTakeFirstOrThrow();
	await ledger.close();
	return id;
}

interface Entry {
	readonly action: string;
	readonly workspace: string;
	readonly detail: Readonly<Record<string, string>>;
}
