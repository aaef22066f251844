import { freePort } from './freePort';
import { XERO_HUB } from './hubProcess';
import { nodeBinary } from './nodeBinary';
import type { StartedProcess } from './processes';
import { startProcess } from './processes';
import { sandboxClient, type SandboxClient } from './sandboxClient';

export interface SandboxProcess extends SandboxClient {
	readonly process: StartedProcess;
}

/** The settings of a hub whose Xero is the sandbox at `url`. */
export function xeroIsSandbox(url: string): Record<string, string> {
	return { XERO_LOGIN_URL: url, XERO_IDENTITY_URL: url, XERO_API_URL: url };
}

/** `xero-hub sandbox` as a process of its own, in memory; its users consent to every organisation at once. */
export async function startSandboxProcess(port?: number): Promise<SandboxProcess> {
	port ??= await freePort();
	const url = `http://127.0.0.1:${port}`;
	const sandbox = startProcess({
		name: 'xero-hub sandbox',
		command: nodeBinary,
		args: [XERO_HUB, 'sandbox'],
		env: { SANDBOX_PORT: String(port), SANDBOX_AUTO_CONSENT: 'all' },
	});
	await sandbox.untilServing(`${url}/_sandbox/state`);
	return { ...sandboxClient(url), process: sandbox };
}
