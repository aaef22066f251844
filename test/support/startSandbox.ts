import { createSandbox, type SandboxOptions } from '../../hub-server/sandbox/createSandbox';
import { sandboxClient, type SandboxClient } from './sandboxClient';

export interface StartedSandbox extends SandboxClient {
	close(): Promise<void>;
}

/** A sandbox on a free port of 127.0.0.1, with a client for its control interface. */
export async function startSandbox(options: SandboxOptions = {}): Promise<StartedSandbox> {
	const sandbox = await createSandbox({ port: 0, ...options });
	return { ...sandboxClient(sandbox.url), close: () => sandbox.close() };
}
