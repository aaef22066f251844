import { createSandbox } from '../../sandbox/createSandbox';
import { loadSandboxConfig } from '../../sandbox/loadSandboxConfig';
import { printLine } from './printLine';
import { untilStopSignal } from './untilStopSignal';

/** The local Xero, until it is told to stop. */
export async function runSandbox(env: NodeJS.ProcessEnv): Promise<void> {
	const sandbox = await createSandbox(loadSandboxConfig(env));
	printLine(`The sandbox listens on ${sandbox.url}`);
	await untilStopSignal();
	await sandbox.close();
}
