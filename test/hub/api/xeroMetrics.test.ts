import { connectedTestHub, type ConnectedTestHub } from '../../support/connectedTestHub';

describe('what /metrics counts of Xero', () => {
	let hub: ConnectedTestHub;
	beforeEach(async () => {
		hub = await connectedTestHub({ HUB_SYNC: 'off' });
	});
	afterEach(() => hub.close());

	async function metric(line: string): Promise<number> {
		const { body } = await hub.t.call('GET', '/metrics', undefined, null);
		const found = String(body)
			.split('\n')
			.find((one) => one.startsWith(`${line} `));
		return Number(found?.slice(line.length));
	}
	const calls = (outcome: string, api = 'accounting') =>
		metric(`xero_hub_xero_calls_total{api="${api}",outcome="${outcome}"}`);
	const tenantId = () => hub.connections[0]?.tenantId ?? '';
	const read = (path = 'Organisation') =>
		hub.call('GET', `/xero/${tenantId()}/api.xro/2.0/${path}`);

	it('is every call by what became of it, also of those that were sent again', async () => {
		const before = await calls('ok');
		await read();
		await hub.sandbox.setFaults({ status: { path: '/api.xro', status: 503, body: '{}' } });
		await read();
		await read('Contacts/11111111-1111-4111-8111-111111111111');

		expect(await calls('ok')).toBe(before + 1);
		expect(await calls('failed')).toBe(1);
		expect(await calls('refused')).toBe(1);
		expect(await calls('ok', 'connections')).toBeGreaterThan(0);
	});

	it('is each limit that Xero refused by, and what is left of the day', async () => {
		await read();
		const left = await metric('xero_hub_fewest_day_calls_left');
		await hub.sandbox.setLimits({ day: 1 });
		await read();
		await read();

		expect(left).toBeGreaterThan(0);
		expect(await calls('rate_limited')).toBe(1);
		expect(await metric('xero_hub_xero_limited_total{limit="day"}')).toBe(1);
		expect(await metric('xero_hub_organisations_without_day_calls')).toBe(1);
		expect(await metric('xero_hub_fewest_day_calls_left')).toBe(0);
	});
});
