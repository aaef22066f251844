import { startSandboxProcess } from '../../support/sandboxProcess';
import { startCountingProxy, type CountingProxy } from './countingProxy';
import { startHubCluster, type HubCluster } from './hubCluster';
import { movedClock } from './movedClock';

/** A minute of Xero's takes so many of our milliseconds, in the sandbox and for the hubs. */
const WINDOW_MS = 12_000;

describe("Xero's limits over three hub processes on one PostgreSQL", () => {
	let cluster: HubCluster;
	let proxy: CountingProxy;

	beforeAll(async () => {
		const sandbox = await startSandboxProcess();
		proxy = await startCountingProxy(sandbox.url);
		const { nodeArgs, env } = movedClock({ speed: 60_000 / WINDOW_MS });
		cluster = await startHubCluster(3, {
			sandbox,
			nodeArgs,
			env: { ...env, XERO_API_URL: proxy.url },
		});
	}, 120_000);
	afterAll(async () => {
		await cluster.stop();
		proxy.close();
	}, 60_000);

	it('hold for many callers at once: each gets its answer, none a 429, five at a time', async () => {
		const [busy = '', quiet = ''] = cluster.workspace.connections.map(({ tenantId }) => tenantId);
		await cluster.sandbox.setLimits({ minute: 60, concurrent: 5, windowMs: WINDOW_MS });
		// Longer than hubs on a busy machine take to hand out five turns, so that all five are under way at once.
		await cluster.sandbox.setFaults({ latencyMs: 250 });
		await cluster.sandbox.forgetRequests();
		const began = Date.now();
		const ask = async (hub: HubCluster['hubs'][number], tenantId: string) => {
			const path = `/api/v1/xero/${tenantId}/api.xro/2.0/Organisation`;
			const { status, body } = await hub.call('GET', path, undefined, cluster.workspace.apiKey);
			return { status, tenantId, answered: body.Organisations?.[0]?.OrganisationID };
		};

		const answers = await Promise.all(
			cluster.hubs.flatMap((hub) => [
				...Array.from({ length: 28 }, () => ask(hub, busy)),
				...Array.from({ length: 10 }, () => ask(hub, quiet)),
			]),
		);

		expect(answers).toHaveLength(114);
		expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
		expect(answers.filter(({ tenantId, answered }) => answered !== tenantId)).toEqual([]);
		// 84 calls do not fit into one minute of 60, so the limits were in force.
		expect(Date.now() - began).toBeGreaterThan(WINDOW_MS * 0.9);
		expect(proxy.most.get(busy)).toBe(5);
		expect(proxy.most.get(quiet)).toBeLessThanOrEqual(5);
		const counted = (await cluster.sandbox.requests()).filter(({ status }) => status === 200);
		expect(counted).toHaveLength(114);
	}, 90_000);
});
