import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { baseUrl } from './baseUrl';
import type { Config } from './Config';
import { QUOTA_NAMES, USUAL_QUOTAS, type HubQuotas, type QuotaName } from './quotas';

const KEY_BYTES = 32;

/** What is between the commas. */
const list = z
	.string()
	.default('')
	.transform((text) =>
		text
			.split(',')
			.map((one) => one.trim())
			.filter((one) => one !== ''),
	);

const REDIS_SHAPE = 'must look like redis://user:password@host:6379/1, or rediss:// for TLS';

/**
 * At least two: Xero sends for 24 hours what it takes for undelivered, and an event that the hub still
 * knows is not told twice.
 */
function days(usual: number) {
	return z.coerce
		.number('must be a number of days')
		.int('must be a whole number of days')
		.min(2, 'must be 2 days at least')
		.max(36_500, 'must be 36500 days at most')
		.default(usual);
}

function quota(name: QuotaName) {
	return z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(0, 'must not be below 0')
		.default(USUAL_QUOTAS[name]);
}

const ROLES = ['all', 'ingest', 'dispatch', 'sync', 'portal'] as const;

/** An empty variable is an unset one: compose files and systemd units write them so. */
const PARK_HOURS = 'must be a number of hours, 8,760 at most';

const Environment = z.object({
	HUB_HOST: z.string().default('127.0.0.1'),
	HUB_PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(8787),
	HUB_PUBLIC_URL: baseUrl()
		.refine(
			(url) => !URL.canParse(url) || new URL(url).pathname === '/',
			'must be a host without a path, such as https://hub.example.com: pages and cookies need one of their own',
		)
		.optional(),
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
	HUB_ALLOWED_TARGETS: list.pipe(z.array(baseUrl())),
	HUB_TRUSTED_PROXIES: list.pipe(
		z.array(
			z.string().refine(isNetwork, 'must be addresses or networks such as 10.0.0.5,172.16.0.0/12'),
		),
	),
	HUB_ROLES: list
		.transform((roles) => (roles.length === 0 ? ['all'] : roles))
		.pipe(z.array(z.enum(ROLES, `must be all, or some of ${ROLES.slice(1).join(', ')}`))),
	HUB_SYNC: z.enum(['on', 'off'], 'must be on or off').default('on'),
	HUB_RECORDS: z.enum(['full', 'hashes'], 'must be full or hashes').default('full'),
	REDIS_URL: z
		.url({ protocol: /^rediss?$/, error: REDIS_SHAPE })
		.refine(isPlainRedis, REDIS_SHAPE)
		.optional(),
	HUB_PARK_HOURS: z.coerce
		.number({ error: PARK_HOURS })
		.positive(PARK_HOURS)
		.max(24 * 365, PARK_HOURS)
		.default(96),
	HUB_KEEP_PAYLOAD_DAYS: days(30),
	HUB_KEEP_EVENT_DAYS: days(90),
	HUB_QUOTA_SUBSCRIPTIONS: quota('subscriptions'),
	HUB_QUOTA_ORGANISATIONS: quota('organisations'),
	HUB_QUOTA_REPLAYS: quota('replays'),
	HUB_QUOTA_STREAMS: quota('streams'),
	HUB_QUOTA_SYNCS: quota('syncs'),
	HUB_QUOTA_LINKS: quota('links'),
	HUB_QUOTA_UPLOAD_BYTES: quota('uploadBytes'),
	HUB_QUOTA_SAVED_ITEMS: quota('savedItems'),
	HUB_QUOTA_MAPPINGS: quota('mappings'),
	HUB_QUOTA_PUSHES: quota('pushes'),
	HUB_QUOTA_PUSHED_RECORDS: quota('pushedRecords'),
	HUB_QUOTA_KEPT_EVENTS: quota('keptEvents'),
	HUB_QUOTA_KEPT_BYTES: quota('keptBytes'),
	HUB_QUOTA_PLANS: z.string().default('{}').transform(parsePlans),
	HUB_ALERT_WEBHOOK: z
		.url({ protocol: /^https?$/, error: 'must be an http or https URL' })
		.optional(),
	HUB_ALERT_WEBHOOK_SECRET: z
		.string()
		.regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'must be whsec_ and base64 of 24 bytes at least')
		.optional(),
	HUB_SMTP_URL: z
		.url({ protocol: /^smtps?$/, error: 'must look like smtp://user:password@host:587' })
		.optional(),
	HUB_SMTP_FROM: z.email('must be an address such as hub@example.com').optional(),
	HUB_OIDC_ISSUER: z
		.url({ protocol: /^https?$/, error: 'must look like https://login.example.com' })
		.optional(),
	HUB_OIDC_CLIENT_ID: z.string().optional(),
	HUB_OIDC_CLIENT_SECRET: z.string().optional(),
	HUB_OIDC_SCOPES: z.string().default('openid email profile'),
	HUB_OIDC_GROUPS: z.string().default('groups'),
	HUB_OIDC_ROLES: z.string().default('{}').transform(parseRoles),
	HUB_OIDC_WORKSPACE_ROLES: z.string().default('{}').transform(parseWorkspaceRoles),
	HUB_OIDC_NAME: z.string().max(40).default('your organisation'),
	HUB_PASSWORD_SIGN_IN: z.enum(['on', 'off'], 'must be on or off').default('on'),
	HUB_REQUIRE_SECOND_FACTOR: z.enum(['on', 'off'], 'must be on or off').default('off'),
	LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
	HUB_LOG_FORMAT: z
		.enum(['auto', 'pretty', 'json'], 'must be auto, pretty or json')
		.default('auto'),
	XERO_LOGIN_URL: baseUrl().default('https://login.xero.com'),
	XERO_IDENTITY_URL: baseUrl().default('https://identity.xero.com'),
	XERO_API_URL: baseUrl().default('https://api.xero.com'),
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
	const parsed = Environment.refine(keepsEventsAsLong, EVENTS_TOO_SHORT)
		.refine(isWholeOidc, OIDC_NOT_WHOLE)
		.refine(someWayIn, NO_WAY_IN)
		.safeParse(set);
	if (!parsed.success) {
		throw new InvalidConfigError(
			parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`),
		);
	}

	const value = parsed.data;
	const isAll = value.HUB_ROLES.includes('all');
	const publicUrl = value.HUB_PUBLIC_URL ?? `http://localhost:${value.HUB_PORT}`;
	return {
		host: value.HUB_HOST,
		port: value.HUB_PORT,
		publicUrl,
		dataDir: value.HUB_DATA_DIR,
		databaseUrl: value.DATABASE_URL,
		redisUrl: value.REDIS_URL,
		encryptionKeys: value.HUB_ENCRYPTION_KEYS,
		adminKey: value.HUB_ADMIN_KEY,
		allowedTargets: value.HUB_ALLOWED_TARGETS,
		trustedProxies: value.HUB_TRUSTED_PROXIES,
		parkHours: value.HUB_PARK_HOURS,
		logLevel: value.LOG_LEVEL,
		logFormat: value.HUB_LOG_FORMAT,
		xero: {
			login: value.XERO_LOGIN_URL,
			identity: value.XERO_IDENTITY_URL,
			api: value.XERO_API_URL,
		},
		keepDays: { payloads: value.HUB_KEEP_PAYLOAD_DAYS, events: value.HUB_KEEP_EVENT_DAYS },
		sync:
			value.HUB_SYNC === 'off'
				? undefined
				: {
						runs: isAll || value.HUB_ROLES.includes('sync'),
						keepsRecords: value.HUB_RECORDS === 'full',
					},
		quotas: {
			usual: {
				subscriptions: value.HUB_QUOTA_SUBSCRIPTIONS,
				organisations: value.HUB_QUOTA_ORGANISATIONS,
				replays: value.HUB_QUOTA_REPLAYS,
				streams: value.HUB_QUOTA_STREAMS,
				syncs: value.HUB_QUOTA_SYNCS,
				links: value.HUB_QUOTA_LINKS,
				uploadBytes: value.HUB_QUOTA_UPLOAD_BYTES,
				savedItems: value.HUB_QUOTA_SAVED_ITEMS,
				mappings: value.HUB_QUOTA_MAPPINGS,
				pushes: value.HUB_QUOTA_PUSHES,
				pushedRecords: value.HUB_QUOTA_PUSHED_RECORDS,
				keptEvents: value.HUB_QUOTA_KEPT_EVENTS,
				keptBytes: value.HUB_QUOTA_KEPT_BYTES,
			},
			plans: value.HUB_QUOTA_PLANS,
		},
		alertWebhook:
			value.HUB_ALERT_WEBHOOK === undefined
				? undefined
				: { url: value.HUB_ALERT_WEBHOOK, secret: value.HUB_ALERT_WEBHOOK_SECRET },
		smtp:
			value.HUB_SMTP_URL === undefined
				? undefined
				: {
						url: value.HUB_SMTP_URL,
						from: value.HUB_SMTP_FROM ?? `xero-hub@${new URL(publicUrl).hostname}`,
					},
		takesPasswords: value.HUB_PASSWORD_SIGN_IN === 'on',
		oidc:
			value.HUB_OIDC_ISSUER === undefined
				? undefined
				: {
						issuer: value.HUB_OIDC_ISSUER,
						clientId: value.HUB_OIDC_CLIENT_ID ?? '',
						clientSecret: value.HUB_OIDC_CLIENT_SECRET ?? '',
						scopes: value.HUB_OIDC_SCOPES,
						groupsClaim: value.HUB_OIDC_GROUPS,
						roles: value.HUB_OIDC_ROLES,
						workspaceRoles: value.HUB_OIDC_WORKSPACE_ROLES,
						name: value.HUB_OIDC_NAME,
					},
		requiresSecondFactor: value.HUB_REQUIRE_SECOND_FACTOR === 'on',
		warnings: [
			...(isAll
				? []
				: ['HUB_ROLES leaves out sync only: every process of this version does all the rest.']),
		],
	};
}

/** An event's payload and attempts say how it came and went: they end before it or with it. */
function keepsEventsAsLong(value: z.output<typeof Environment>): boolean {
	return value.HUB_KEEP_EVENT_DAYS >= value.HUB_KEEP_PAYLOAD_DAYS;
}

const EVENTS_TOO_SHORT = {
	path: ['HUB_KEEP_EVENT_DAYS'],
	error: 'must not be shorter than HUB_KEEP_PAYLOAD_DAYS (30 unless it is set)',
};

function isWholeOidc(value: z.output<typeof Environment>): boolean {
	const { HUB_OIDC_ISSUER, HUB_OIDC_CLIENT_ID, HUB_OIDC_CLIENT_SECRET } = value;
	const letsIn = value.HUB_OIDC_ROLES.size + value.HUB_OIDC_WORKSPACE_ROLES.size > 0;
	const isAsked = HUB_OIDC_CLIENT_ID !== undefined && HUB_OIDC_CLIENT_SECRET !== undefined;
	return HUB_OIDC_ISSUER === undefined || (isAsked && letsIn);
}

const OIDC_NOT_WHOLE = {
	path: ['HUB_OIDC_ISSUER'],
	error:
		'needs HUB_OIDC_CLIENT_ID, HUB_OIDC_CLIENT_SECRET, and HUB_OIDC_ROLES or HUB_OIDC_WORKSPACE_ROLES',
};

function someWayIn(value: z.output<typeof Environment>): boolean {
	return value.HUB_PASSWORD_SIGN_IN === 'on' || value.HUB_OIDC_ISSUER !== undefined;
}

const NO_WAY_IN = {
	path: ['HUB_PASSWORD_SIGN_IN'],
	error: 'may be off only with HUB_OIDC_ISSUER, or nobody could sign in',
};

/** ioredis would take options after a `?`, as text where it needs numbers. */
function isPlainRedis(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { hostname, pathname, search, hash } = new URL(url);
	return hostname !== '' && /^\/?\d*$/.test(pathname) && search === '' && hash === '';
}

/** The whole internet is no network of proxies: whoever asks could then say where from. */
function isNetwork(text: string): boolean {
	const [address = '', bits] = text.split('/', 2);
	const isWhole = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
	return isWhole && (bits === undefined || (ipaddr.isValidCIDR(text) && Number(bits) > 0));
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

const Plans = z.record(
	z.string().regex(/^[\w-]{1,64}$/),
	z.partialRecord(z.enum(QUOTA_NAMES), z.number().int().min(0)),
);

function parsePlans(text: string, context: z.RefinementCtx): HubQuotas['plans'] {
	const parsed = Plans.safeParse(parseJson(text));
	if (parsed.success) return parsed.data;
	context.addIssue({
		code: 'custom',
		message:
			'must be JSON such as {"small": {"subscriptions": 20}}, its quotas being ' +
			`${QUOTA_NAMES.join(', ')}, each a whole number`,
	});
	return z.NEVER;
}

const Roles = z.record(z.string(), z.enum(['owner', 'connector', 'viewer']));

function parseRoles(text: string, context: z.RefinementCtx) {
	const parsed = Roles.safeParse(parseJson(text));
	if (parsed.success) return new Map(Object.entries(parsed.data));
	context.addIssue({
		code: 'custom',
		message:
			'must be JSON such as {"xero-admins": "owner", "finance": "viewer"}: group, then owner, connector or viewer',
	});
	return z.NEVER;
}

const WorkspaceRoles = z.record(
	z.string(),
	z.record(z.string().regex(/^[a-z0-9-]+$/), z.enum(['connector', 'viewer'])),
);

function parseWorkspaceRoles(text: string, context: z.RefinementCtx) {
	const parsed = WorkspaceRoles.safeParse(parseJson(text));
	if (parsed.success) {
		const groups = Object.entries(parsed.data);
		return new Map(groups.map(([group, roles]) => [group, new Map(Object.entries(roles))]));
	}
	context.addIssue({
		code: 'custom',
		message:
			'must be JSON such as {"acme-books": {"acme": "connector"}}: group, then the slug of a workspace, then connector or viewer',
	});
	return z.NEVER;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
