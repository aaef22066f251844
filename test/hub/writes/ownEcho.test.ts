import { eventually } from '../../support/eventually';
import { ENGINES } from '../../support/freshLedger';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { startReceiver, type Receiver } from '../../support/receiver';

interface Sync {
	readonly id: string;
	readonly entity: string;
	readonly baselineAt: string | null;
}

/** The hub against the sandbox, which shares nothing with it. */
describe.each(ENGINES)('a workflow that writes what it is triggered by, on %s', (engine) => {
	let portal: StartedPortal;
	let receiver: Receiver;
	let acme: ProvisionedPortal;
	beforeAll(async () => {
		[portal, receiver] = await Promise.all([
			startPortal({ engine, autoConsent: 'first', env: { HUB_SYNC: 'on' } }),
			startReceiver(),
		]);
		acme = await provisionPortal(portal, [receiver.url]);
		for (const [path, filter] of [
			['guarded', { causedByOthersOnly: true }],
			['plain', undefined],
		] as const) {
			await call('POST', '/subscriptions', {
				url: `${receiver.url}/${path}`,
				events: ['contact.created', 'contact.updated', 'item.created', 'item.updated'],
				hydrate: true,
				filter,
			});
		}
	}, 60_000);
	afterAll(async () => {
		await portal.close();
		await receiver.close();
	});

	const call = (method: string, path: string, body?: unknown) =>
		portal.hub.call(method, `/api/v1${path}`, body, acme.apiKey);
	/** As the node does it. */
	async function write(method: string, path: string, body: unknown) {
		const answer = await fetch(`${portal.url}/api/v1/xero/${acme.tenantId}/api.xro/2.0/${path}`, {
			method,
			headers: {
				authorization: `Bearer ${acme.apiKey}`,
				accept: 'application/json',
				'content-type': 'application/json',
				'xero-hub-cause': 'w1/Write%20%2F%20it',
			},
			body: JSON.stringify(body),
		});
		return (await answer.json()) as Record<string, readonly Record<string, unknown>[]>;
	}
	/** As a person in Xero does it. */
	async function edit(path: string, body: unknown) {
		const { accessToken } = (await call('GET', `/connections/${acme.connectionId}/token`)).body;
		const tokens = { access_token: accessToken as string };
		await portal.sandbox.call(tokens, acme.tenantId, 'POST', `/api.xro/2.0/${path}`, body);
	}
	const got = (path: string, resourceId: unknown) =>
		receiver.received
			.filter((one) => one.path === `/${path}`)
			.map(({ body }) => JSON.parse(body))
			.filter(({ resource }) => resource.id === resourceId);
	const until = (path: string, resourceId: unknown, count: number) =>
		eventually(`${count} for ${path}`, async () => {
			const all = got(path, resourceId);
			return all.length >= count ? all : undefined;
		});

	it('is not told of its own writes, by the webhook, and is of a person’s edit', async () => {
		const { Contacts } = await write('PUT', 'Contacts', { Contacts: [{ Name: 'Echo Ltd' }] });
		const id = Contacts![0]!['ContactID'];
		const [echo] = await until('plain', id, 1);
		await edit(`Contacts/${String(id)}`, { Contacts: [{ Name: 'Edited Ltd' }] });

		const [edited, ...more] = await until('guarded', id, 1);

		expect(echo).toMatchObject({
			type: 'contact.created',
			causedBy: { workflow: 'w1', node: 'Write / it' },
		});
		expect(edited).toMatchObject({ record: { Name: 'Edited Ltd' } });
		expect(edited).not.toHaveProperty('causedBy');
		expect(more).toEqual([]);
	}, 60_000);

	it('is not told of them by a sync either, and is of a person’s edit', async () => {
		const sync = await eventually('the baseline of items', async () => {
			const { items } = (await call('GET', '/syncs?limit=100')).body as { items: readonly Sync[] };
			return items.find(({ entity, baselineAt }) => entity === 'item' && baselineAt !== null);
		});
		const run = async () => {
			await eventually(
				'a turn',
				async () => (await call('POST', `/syncs/${sync.id}/run`, {})).status === 202 || undefined,
			);
		};
		const { Items } = await write('PUT', 'Items', { Items: [{ Code: 'ECHO', Name: 'Echo' }] });
		const id = Items![0]!['ItemID'];
		await run();
		const [echo] = await until('plain', id, 1);
		await edit(`Items/${String(id)}`, { Items: [{ Code: 'ECHO', Name: 'Edited' }] });
		await run();

		const [edited, ...more] = await until('guarded', id, 1);

		expect(echo).toMatchObject({
			type: 'item.created',
			source: 'sync',
			causedBy: { workflow: 'w1' },
		});
		expect(edited).toMatchObject({ type: 'item.updated', changed: ['Name'] });
		expect(more).toEqual([]);
	}, 60_000);

	it('tells Xero nothing of who asked', async () => {
		await portal.sandbox.forgetRequests();
		await write('POST', 'Contacts', { Contacts: [{ Name: 'Quiet' }] });

		expect(JSON.stringify(await portal.sandbox.requests())).not.toContain('w1');
	});
});
