import { z } from 'zod';
import type { Config } from './Config';

const KEY_BYTES = 32;

const httpUrl = z
	.url({ protocol: /^https?$/, error: 'must be an http or https URL' })
	.transform((url) => url.replace(/\/+$/, ''));

/** An empty variable is an unset one: compose files and systemd units write them so. */
const Environment = z.object({
	HUB_HOST: z.string().default('127.0.0.1'),
	HUB_PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(8787),
	HUB_PUBLIC_URL: httpUrl.optional(),
	HUB_DATA_DIR: z.string().default('./data'),
	DATABASE_URL: z
		.url({
			protocol: /^postgres(ql)?$/,
			error: 'must look like postgres://user:password@host/name',
		})
		.optional(),
	HUB_ENCRYPTION_KEYS: z.string().transform(parseKeys).optional(),
	HUB_ADMIN_KEY: z
		.string()
		.regex(/^xha_[\w-]{20,}$/, 'must start with xha_ and have at least 20 more letters and digits')
		.optional(),
	HUB_ALLOWED_TARGETS: z
		.string()
		.default('')
		.transform((list) =>
			list
				.split(',')
				.map((url) => url.trim())
				.filter((url) => url !== ''),
		)
		.pipe(z.array(httpUrl)),
	LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
	XERO_LOGIN_URL: httpUrl.default('https://login.xero.com'),
	XERO_IDENTITY_URL: httpUrl.default('https://identity.xero.com'),
	XERO_API_URL: httpUrl.default('https://api.xero.com'),
});

/** Every fault of the environment, one a line, with the variable's name and never its value. */
export class InvalidConfigError extends Error {
	constructor(readonly faults: readonly string[]) {
		super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
		this.name = 'InvalidConfigError';
	}
}

/**
 * Reads the whole configuration at start.
 *
 * @throws InvalidConfigError with every fault at once
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
	const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
	const parsed = Environment.safeParse(set);
	if (!parsed.success) {
		throw new InvalidConfigError(
			parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`),
		);
	}

	const value = parsed.data;
	return {
		host: value.HUB_HOST,
		port: value.HUB_PORT,
		publicUrl: value.HUB_PUBLIC_URL ?? `http://localhost:${value.HUB_PORT}`,
		dataDir: value.HUB_DATA_DIR,
		databaseUrl: value.DATABASE_URL,
		encryptionKeys: value.HUB_ENCRYPTION_KEYS,
		adminKey: value.HUB_ADMIN_KEY,
		allowedTargets: value.HUB_ALLOWED_TARGETS,
		logLevel: value.LOG_LEVEL,
		xero: {
			login: value.XERO_LOGIN_URL,
			identity: value.XERO_IDENTITY_URL,
			api: value.XERO_API_URL,
		},
	};
}

function parseKeys(text: string, context: z.RefinementCtx) {
	const keys = text.split(',').map((pair) => {
		const [id = '', base64 = ''] = pair.trim().split(':', 2);
		return { id, key: Buffer.from(base64, 'base64') };
	});
	const wellFormed = keys.every(({ id, key }) => /^[\w-]+$/.test(id) && key.length === KEY_BYTES);
	const ids = new Set(keys.map(({ id }) => id));
	if (!wellFormed || ids.size !== keys.length) {
		context.addIssue({
			code: 'custom',
			message:
				'must be id:base64 pairs separated by commas, each id once, each key 32 bytes ' +
				'(make one with: openssl rand -base64 32)',
		});
		return z.NEVER;
	}
	return keys;
}
