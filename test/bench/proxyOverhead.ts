import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { startHubProcess } from '../support/hubProcess';
import { provisionWorkspace } from '../support/provisionWorkspace';
import { startSandboxProcess, xeroIsSandbox } from '../support/sandboxProcess';

/** As far away as Xero may be. */
const LATENCY_MS = 100;

const CALLS = 200;

/** Both servers have been up for a while, as in real life. */
const WARM_UP_CALLS = 500;

/**
 * What the hub's proxy adds to a call, against the same call made directly: one after the other by
 * turns, so that whatever else the machine does meets both.
 */
export async function benchProxyOverhead(print: (line: string) => void): Promise<void> {
	const dataDir = mkdtempSync(join(tmpdir(), 'xero-hub-bench-'));
	const sandbox = await startSandboxProcess();
	const hub = await startHubProcess({ dataDir, env: xeroIsSandbox(sandbox.url) });
	try {
		const { apiKey, connections } = await provisionWorkspace(hub, sandbox, []);
		const [{ id, tenantId } = { id: '', tenantId: '' }] = connections;
		const { body } = await hub.call('GET', `/api/v1/connections/${id}/token`, undefined, apiKey);
		await sandbox.setLimits({ minute: 1_000_000, day: 1_000_000, appMinute: 1_000_000 });
		const path = 'api.xro/2.0/Contacts?page=1&pageSize=50';
		const dispatcher = new Agent({ connections: 1 });
		const timed = async (url: string, token: string) => {
			const startedAt = performance.now();
			const answer = await request(url, {
				dispatcher,
				headers: {
					authorization: `Bearer ${token}`,
					'xero-tenant-id': tenantId,
					accept: 'application/json',
				},
			});
			await answer.body.arrayBuffer();
			if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}`);
			return performance.now() - startedAt;
		};
		const direct = () => timed(`${sandbox.url}/${path}`, String(body.accessToken));
		const proxied = () => timed(`${hub.url}/api/v1/xero/${tenantId}/${path}`, apiKey);

		for (let call = 0; call < WARM_UP_CALLS; call += 1) await Promise.all([direct(), proxied()]);
		await sandbox.setFaults({ latencyMs: LATENCY_MS });
		const times = { direct: [] as number[], proxied: [] as number[] };
		for (let call = 0; call < CALLS; call += 1) {
			times.direct.push(await direct());
			times.proxied.push(await proxied());
		}
		const [one, other] = [medianOf(times.direct), medianOf(times.proxied)];
		print(`Calls to Xero ${LATENCY_MS} ms away, ${CALLS} each way by turns, median`);
		print(`  direct                           ${one.toFixed(1)} ms`);
		print(`  through the hub                  ${other.toFixed(1)} ms`);
		print(`  the hub adds                     ${(other - one).toFixed(2)} ms   (aim < 3 ms)`);
		await dispatcher.close();
	} finally {
		await hub.process.stop();
		await sandbox.process.stop();
		rmSync(dataDir, { recursive: true, force: true });
	}
}

function medianOf(times: readonly number[]): number {
	return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
