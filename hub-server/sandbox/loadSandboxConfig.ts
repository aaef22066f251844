import { z } from 'zod';
import type { SandboxOptions } from './createSandbox';

/** An empty variable counts as unset. */
const unsetWhenEmpty = (value: unknown): unknown => (value === '' ? undefined : value);

const Environment = z.object({
	SANDBOX_HOST: z.preprocess(unsetWhenEmpty, z.string().default('127.0.0.1')),
	SANDBOX_PORT: z.preprocess(
		unsetWhenEmpty,
		z.coerce.number().int().min(0).max(65_535).default(8790),
	),
	SANDBOX_DATA_DIR: z.preprocess(unsetWhenEmpty, z.string().optional()),
	SANDBOX_AUTO_CONSENT: z.preprocess(unsetWhenEmpty, z.enum(['first', 'all']).optional()),
});

/**
 * Reads the sandbox's configuration.
 *
 * @throws Error that lists every fault at once
 */
export function loadSandboxConfig(env: NodeJS.ProcessEnv): SandboxOptions {
	const parsed = Environment.safeParse(env);
	if (!parsed.success) {
		throw new Error(`Invalid sandbox configuration\n${z.prettifyError(parsed.error)}`);
	}
	return {
		host: parsed.data.SANDBOX_HOST,
		port: parsed.data.SANDBOX_PORT,
		dataDir: parsed.data.SANDBOX_DATA_DIR,
		autoConsent: parsed.data.SANDBOX_AUTO_CONSENT,
	};
}
