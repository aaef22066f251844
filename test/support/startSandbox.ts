import { createSandbox, type SandboxOptions } from '../../hub-server/sandbox/createSandbox';
import { signingKeyOfRun } from './signingKeyOfRun';
import { sandboxClient, type SandboxClient } from './sandboxClient';

export interface StartedSandbox extends SandboxClient {
	close(): Promise<void>;
}

/** Taken while a sandbox signs with the key of the test run. */
let isRunKeyTaken = false;

/**
 * A sandbox on a free port of 127.0.0.1, with a client for its control interface. Making a key takes
 * longer than all else at its start, so it has that of the test run: not beside another sandbox, nor
 * where its state is kept, which must tell whose tokens are whose.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<StartedSandbox> {
	const takesRunKey = !isRunKeyTaken && options.dataDir === undefined;
	const signingKey = takesRunKey ? signingKeyOfRun() : undefined;
	if (takesRunKey) isRunKeyTaken = true;
	const free = () => {
		if (takesRunKey) isRunKeyTaken = false;
	};
	try {
		const sandbox = await createSandbox({ port: 0, signingKey, ...options });
		return { ...sandboxClient(sandbox.url), close: () => sandbox.close().finally(free) };
	} catch (error) {
		free();
		throw error;
	}
}
