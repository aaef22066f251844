import { createSandbox } from '../../sandbox/createSandbox';
import { loadSandboxConfig } from '../../sandbox/loadSandboxConfig';
import { isPortTaken, portTaken } from './portTaken';
import type { Terminal } from './Terminal';
import { untilStopSignal } from './untilStopSignal';

/** The local Xero, until it is told to stop. */
export async function runSandbox(env: NodeJS.ProcessEnv, terminal: Terminal): Promise<void> {
	const options = loadSandboxConfig(env);
	const sandbox = await createSandbox(options).catch((cause: unknown) => {
		throw isPortTaken(cause) ? portTaken('SANDBOX_PORT', cause) : cause;
	});
	terminal.say(`The sandbox listens on ${sandbox.url}`);
	terminal.answer({ url: sandbox.url });
	await untilStopSignal();
	await sandbox.close();
}
