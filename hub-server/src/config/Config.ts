import type { HubQuotas } from './quotas';

/** The hub's configuration, read once at start by `loadConfig`. */
export interface Config {
	readonly host: string;
	readonly port: number;
	/** Without a trailing slash. Xero allows `https://…` and `http://localhost…` only. */
	readonly publicUrl: string;
	readonly dataDir: string;
	readonly databaseUrl?: string | undefined;
	/** `redis://` or `rediss://`, with nothing after the database number. */
	readonly redisUrl?: string | undefined;
	/** First encrypts; absent: a key file in `dataDir`. */
	readonly encryptionKeys?: ReadonlyArray<EncryptionKey> | undefined;
	readonly adminKey?: string | undefined;
	/** Base URLs to which deliveries may go although they are private or not https. */
	readonly allowedTargets: readonly string[];
	/** Addresses and networks of the proxies whose `X-Forwarded-For` is believed. */
	readonly trustedProxies: readonly string[];
	/** How long the queue of an unpublished trigger is kept. */
	readonly parkHours: number;
	readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
	/** `auto`: for people on a terminal, JSON elsewhere. */
	readonly logFormat: 'auto' | 'pretty' | 'json';
	readonly xero: XeroUrls;
	/** How long what is finished is kept, in days. */
	readonly keepDays: { readonly payloads: number; readonly events: number };
	/** Absent: this hub has no sync. */
	readonly sync?: SyncConfig | undefined;
	/** What a workspace may have; `quotasOf` puts usual, plan and own together. */
	readonly quotas: HubQuotas;
	/** Where the operator is told of every workspace's alerts. */
	readonly alertWebhook?: { readonly url: string; readonly secret: string | undefined } | undefined;
	/** Sends the alerts that go out by e-mail. */
	readonly smtp?: { readonly url: string; readonly from: string } | undefined;
	/** Whether people may sign in to the portal by password. */
	readonly takesPasswords: boolean;
	/** Who says who people are; absent: the hub alone. */
	readonly oidc?: OidcConfig | undefined;
	/** Whether everybody who signs in to the portal must have a second factor. */
	readonly requiresSecondFactor: boolean;
	/** What was set and does nothing, as sentences without values. */
	readonly warnings: readonly string[];
}

export interface SyncConfig {
	/** Whether this process runs streams; it answers calls about them in any case. */
	readonly runs: boolean;
	/** Whether copies of records are kept, or their hashes only. */
	readonly keepsRecords: boolean;
}

/** A provider of OpenID Connect. */
export interface OidcConfig {
	/** As the provider spells it: it is compared with what the provider says. */
	readonly issuer: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** Space separated. */
	readonly scopes: string;
	/** The claim that lists a person's groups. */
	readonly groupsClaim: string;
	/** Group → what its people may do. */
	readonly roles: ReadonlyMap<string, 'owner' | 'connector' | 'viewer'>;
	/** Group → slug of a workspace → what its people may do there. */
	readonly workspaceRoles: ReadonlyMap<string, ReadonlyMap<string, 'connector' | 'viewer'>>;
	/** What people call it. */
	readonly name: string;
}

export interface EncryptionKey {
	readonly id: string;
	/** 32 bytes. */
	readonly key: Buffer;
}

/** Xero's hosts, without a trailing slash; all three are the sandbox's address when it is used. */
export interface XeroUrls {
	readonly login: string;
	readonly identity: string;
	readonly api: string;
}
