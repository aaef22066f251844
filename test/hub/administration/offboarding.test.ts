import { gunzipSync } from 'node:zlib';
import { connectDatabase } from '../../../hub-server/src/database/openDatabase';
import type { ExportLine } from '../../../hub-server/src/administration/clientExport';
import { AGAIN_MS } from '../../../hub-server/src/retention/purgeRecords';
import { eventually } from '../../support/eventually';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';
import { whereTextIsKept } from '../../support/whereTextIsKept';

interface OffboardingBody {
	readonly status: string;
	readonly atXero: string | null;
	readonly error: string | null;
	readonly code?: string;
	readonly detail?: string;
}

describe('a client who leaves', () => {
	let portal: StartedPortal;
	let receiver: Receiver;
	let acme: ProvisionedPortal;
	let name: string;
	let aheadMs: number;

	beforeEach(async () => {
		aheadMs = 0;
		[portal, receiver] = await Promise.all([
			startPortal({ autoConsent: 'all', now: () => Date.now() + aheadMs }),
			startReceiver((_request, response) => response.end()),
		]);
		acme = await provisionPortal(portal, [receiver.url]);
		name = (await connections()).find(({ tenantId }) => tenantId === acme.tenantId)!.tenantName;
	}, 60_000);
	afterEach(async () => {
		await portal.close();
		await receiver.close();
	});

	const call = async (method: string, path: string, body?: unknown, key?: string | null) => {
		const reply = await portal.hub.call(method, `/api/v1${path}`, body, key);
		return { status: reply.status, body: reply.body as OffboardingBody };
	};
	const connections = async () =>
		(await portal.hub.call('GET', '/api/v1/connections', undefined, acme.apiKey)).body
			.items as readonly { tenantId: string; tenantName: string; enabled: boolean }[];
	const offboard = (wish: object = {}) =>
		call('POST', '/workspaces/acme/offboarding', {
			...{ tenantId: acme.tenantId, confirm: name },
			...wish,
		});
	const look = async (tenantId?: string) =>
		(
			await portal.hub.call(
				'GET',
				`/api/v1/workspaces/acme/offboarding${tenantId === undefined ? '' : `?tenantId=${tenantId}`}`,
			)
		).body;
	async function exported(tenantId?: string): Promise<readonly ExportLine[]> {
		const query = tenantId === undefined ? '' : `?tenantId=${tenantId}`;
		const answer = await fetch(`${portal.url}/api/v1/workspaces/acme/export${query}`, {
			headers: { authorization: `Bearer ${portal.hub.adminKey}` },
		});
		expect(answer.status).toBe(200);
		return gunzipSync(Buffer.from(await answer.arrayBuffer()))
			.toString()
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as ExportLine);
	}
	const atXero = async () =>
		(await portal.sandbox.requests()).filter(
			({ method, path }) => method === 'DELETE' && path.startsWith('/connections/'),
		);
	async function withLedger<Value>(use: (db: Ledger['db']) => Promise<Value>): Promise<Value> {
		const ledger = connectDatabase({ dataDir: portal.hub.dataDir });
		try {
			return await use(ledger.db);
		} finally {
			await ledger.close();
		}
	}
	/** What webhooks tell of the client, delivered to the workflow. */
	async function fill(): Promise<void> {
		await portal.hub.call(
			'POST',
			'/api/v1/subscriptions',
			{ url: `${receiver.url}/secret-path`, events: ['*'], tenantIds: [acme.tenantId] },
			acme.apiKey,
		);
		await portal.sandbox.seed(acme.tenantId, { contacts: 3, events: true });
		await eventually('three events delivered', async () =>
			receiver.received.length >= 3 ? true : undefined,
		);
	}
	const actions = async () =>
		withLedger(async (db) =>
			(await db.selectFrom('audit_log').select('action').orderBy('seq').execute()).map(
				({ action }) => action,
			),
		);

	it('is shown first what will go', async () => {
		await fill();

		expect(await look(acme.tenantId)).toEqual({
			tenantId: acme.tenantId,
			name,
			organisations: [{ tenantId: acme.tenantId, name }],
			workflows: { ending: 1, changed: 0 },
			isExported: false,
			last: null,
		});
		expect((await look()).organisations).toHaveLength(3);
	});

	it('gets everything that is held, line by line, and no secret', async () => {
		await fill();

		const lines = await exported(acme.tenantId);

		expect(lines[0]).toMatchObject({
			kind: 'export',
			workspace: { slug: 'acme' },
			organisations: [{ tenantId: acme.tenantId, tenantName: name }],
		});
		expect(lines.at(-1)).toEqual({
			kind: 'end',
			counts: { organisation: 1, subscription: 1, event: 3 },
		});
		expect(lines.filter(({ kind }) => kind === 'event')).toHaveLength(3);
		const text = JSON.stringify(lines);
		for (const secret of [acme.webhookKey, acme.apiKey, 'secret-path', 'whsec_']) {
			expect(text).not.toContain(secret);
		}
		expect((await exported()).find(({ kind }) => kind === 'workspace')).toMatchObject({
			appKeys: { clientId: acme.clientId },
		});
	});

	it('gets what was agreed with other systems, and what was pushed', async () => {
		const tenantId = acme.tenantId;
		const pushed = await portal.hub.call(
			'POST',
			'/api/v1/pushes',
			{
				...{ tenantId, system: 'crm', entity: 'contact' },
				records: [1, 2, 3].map((n) => ({ externalId: `c${n}`, fields: { Name: `Person ${n}` } })),
			},
			acme.apiKey,
		);
		await eventually('the push', async () => {
			const path = `/api/v1/pushes/${pushed.body.id}`;
			const { body } = await portal.hub.call('GET', path, undefined, acme.apiKey);
			return body.status === 'finished' ? true : undefined;
		});

		const lines = await exported(tenantId);

		const of = (kind: string) => lines.filter((one) => one.kind === kind);
		expect(
			of('link')
				.map(({ externalId }) => externalId)
				.sort(),
		).toEqual(['c1', 'c2', 'c3']);
		expect(of('push')).toHaveLength(1);
		expect(of('pushed_record')).toHaveLength(3);
		expect(of('pushed_record')[0]).toMatchObject({
			...{ pushId: pushed.body.id, state: 'synced', fields: { Name: 'Person 1' } },
		});
		expect(of('write').length).toBeGreaterThan(0);
		expect(lines.at(-1)?.['counts']).toMatchObject({ link: 3, push: 1, pushed_record: 3 });
	});

	it('leaves nothing behind but the audit log', async () => {
		await fill();
		await exported(acme.tenantId);

		const { status, body } = await offboard();
		await eventually('the end of the purge', async () =>
			(await look(acme.tenantId)).last.status === 'finished' ? true : undefined,
		);

		expect([status, body.atXero]).toEqual([200, 'gone']);
		expect(await atXero()).toHaveLength(1);
		expect((await connections()).map(({ tenantId }) => tenantId)).not.toContain(acme.tenantId);
		await withLedger(async (db) => {
			expect(new Set(await whereTextIsKept(db, acme.tenantId))).toEqual(
				// What still has to be done once more, and that it was done.
				new Set(['record_purges.tenant_id', 'offboardings.tenant_id']),
			);
			expect(await db.selectFrom('subscriptions').select('id').execute()).toEqual([]);
			expect(await db.selectFrom('deliveries').select('id').execute()).toEqual([]);
		});
		expect(await actions()).toEqual(
			expect.arrayContaining(['client.exported', 'offboarding.started', 'client.offboarded']),
		);
		aheadMs = AGAIN_MS + 1000;
	}, 60_000);

	it('goes on as before for the others of the workspace', async () => {
		const others = (await connections()).filter(({ tenantId }) => tenantId !== acme.tenantId);
		const tenantIds = [acme.tenantId, others[0]!.tenantId];
		for (const wish of [{ tenantIds }, {}]) {
			const url = `${receiver.url}/${Object.keys(wish).length}`;
			const body = { url, events: ['*'], ...wish };
			await portal.hub.call('POST', '/api/v1/subscriptions', body, acme.apiKey);
		}

		await offboard({ withoutExport: true });

		const { items } = (
			await portal.hub.call('GET', '/api/v1/subscriptions', undefined, acme.apiKey)
		).body as { items: readonly { tenantIds: readonly string[] }[] };
		expect(items.map((wish) => wish.tenantIds).sort()).toEqual([[], [others[0]!.tenantId]]);
		expect((await connections()).map(({ tenantId }) => tenantId).sort()).toEqual(
			others.map(({ tenantId }) => tenantId).sort(),
		);
	});

	it('is not deleted before an export was read to its end, unless nobody wants one', async () => {
		const refused = await offboard();
		await fetch(`${portal.url}/api/v1/workspaces/acme/export?tenantId=${acme.tenantId}`, {
			headers: { authorization: `Bearer ${portal.hub.adminKey}` },
			method: 'HEAD',
		});
		const stillRefused = await offboard();
		await exported(acme.tenantId);
		aheadMs = 25 * 3600_000;
		const tooOld = await offboard();

		for (const { status, body } of [refused, stillRefused, tooOld]) {
			expect([status, body.code]).toEqual([409, 'export_first']);
		}
		expect(await atXero()).toEqual([]);
		expect((await offboard({ withoutExport: true })).status).toBe(200);
	});

	it.each([['another name'], ['']])(
		'is not deleted where %j was typed for its name',
		async (typed) => {
			const { status, body } = await offboard({ confirm: typed, withoutExport: true });

			expect(status).toBe(400);
			expect(body.detail).toContain(name);
			expect(await connections()).toHaveLength(3);
		},
	);

	it('is off-boarded once by two calls at once, and by a third later', async () => {
		const wish = { withoutExport: true };

		const both = await Promise.all([offboard(wish), offboard(wish)]);
		const later = await offboard(wish);

		expect([...both, later].map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(await atXero()).toHaveLength(1);
		const done = (await actions()).filter((action) => action === 'client.offboarded');
		expect(done).toHaveLength(1);
	});

	it('stays whole, and switched off, while Xero is away; a later call goes on without a new export', async () => {
		await fill();
		await exported(acme.tenantId);
		await portal.sandbox.setFaults({ status: { path: '/connections', status: 503, times: 20 } });

		const failed = await offboard();
		const held = (await connections()).find(({ tenantId }) => tenantId === acme.tenantId);
		const standing = await look(acme.tenantId);
		await portal.sandbox.setFaults({});
		aheadMs = 26 * 3600_000;
		const again = await offboard();

		expect(failed.status).toBeGreaterThanOrEqual(500);
		expect(held?.enabled).toBe(false);
		expect(standing.last).toMatchObject({ status: 'begun', error: expect.stringMatching(/Xero/) });
		expect([again.status, again.body.atXero, again.body.error]).toEqual([200, 'gone', null]);
	}, 60_000);

	it('can be deleted here although Xero is away', async () => {
		await portal.sandbox.setFaults({ status: { path: '/connections', status: 503, times: 20 } });

		const { status, body } = await offboard({ withoutExport: true, leaveAtXero: true });

		expect([status, body.atXero]).toEqual([200, 'left']);
		expect((await connections()).map(({ tenantId }) => tenantId)).not.toContain(acme.tenantId);
	}, 60_000);

	it('can be connected again, and be off-boarded again with an export of its own', async () => {
		await exported(acme.tenantId);
		await offboard();
		const { authorizeUrl } = (await portal.hub.call('POST', '/api/v1/workspaces/acme/connect'))
			.body;
		await fetch(authorizeUrl);

		const refused = await offboard();
		const done = await offboard({ withoutExport: true });

		expect(refused.body.code).toBe('export_first');
		expect(done.status).toBe(200);
		expect(await atXero()).toHaveLength(2);
	});

	it('takes the whole workspace along where all of it was a client’s', async () => {
		await fill();
		await exported();

		const { status, body } = await call('POST', '/workspaces/acme/offboarding', {
			confirm: '  Acme ',
		});
		const again = await call('POST', '/workspaces/acme/offboarding', { confirm: 'Acme' });

		expect([status, body.atXero]).toEqual([200, 'gone']);
		expect([again.status, again.body.atXero]).toEqual([200, 'gone']);
		expect(await atXero()).toHaveLength(3);
		expect((await call('GET', '/workspaces/acme')).status).toBe(404);
		expect((await call('GET', '/connections', undefined, acme.apiKey)).status).toBe(401);
	});

	it('is nobody’s but the operator’s to off-board', async () => {
		await portal.hub.call('POST', '/api/v1/workspaces', { name: 'Stranger' });
		const { key } = (
			await portal.hub.call('POST', '/api/v1/workspaces/stranger/api-keys', { name: 'x' })
		).body;

		for (const shown of [acme.apiKey, key as string]) {
			for (const [method, path] of [
				['GET', '/workspaces/acme/offboarding'],
				['GET', '/workspaces/acme/export'],
				['POST', '/workspaces/acme/offboarding'],
			] as const) {
				const body = method === 'POST' ? { confirm: 'Acme', withoutExport: true } : undefined;
				expect((await call(method, path, body, shown)).status).toBe(403);
			}
		}
		expect(
			(await call('POST', '/workspaces/acme/offboarding', { confirm: 'Acme' }, null)).status,
		).toBe(401);
		expect(await connections()).toHaveLength(3);
	});

	it('is not found where it never was', async () => {
		const tenantId = '99999999-9999-4999-8999-999999999999';

		expect((await offboard({ tenantId })).status).toBe(404);
		expect((await call('POST', '/workspaces/nobody/offboarding', { confirm: 'x' })).status).toBe(
			404,
		);
	});
});

type Ledger = ReturnType<typeof connectDatabase>;
