import type { Books } from './Books';

/** All that the sandbox remembers. */
export interface World {
	/** What `POST /_sandbox/clock` added to the real time, in milliseconds. */
	clockOffsetMs: number;
	readonly signingKey: { readonly id: string; readonly privatePem: string };
	readonly organisations: Map<string, Organisation>;
	readonly apps: Map<string, XeroApp>;
	readonly users: Map<string, User>;
	/** By connection id. */
	readonly connections: Map<string, Connection>;
	/** By {@link grantKey}. */
	readonly grants: Map<string, Grant>;
	readonly codes: Map<string, AuthorizationCode>;
	readonly refreshTokens: Map<string, RefreshToken>;
	/** Access tokens that end before their `exp` claim: `jti` → that moment in milliseconds. */
	readonly accessTokens: Map<string, number>;
	/** By client id. */
	readonly webhooks: Map<string, WebhookSettings>;
}

export interface Organisation {
	readonly tenantId: string;
	readonly name: string;
	readonly country: Country;
	readonly baseCurrency: string;
	readonly createdMs: number;
	/** No document on or before this day may be made or changed; midnight UTC in milliseconds. */
	readonly periodLockDateMs: number | undefined;
	/** The same, set at the end of a financial year. */
	readonly endOfYearLockDateMs: number | undefined;
	readonly fields: Readonly<Record<string, unknown>>;
	readonly books: Books;
}

export type Country = 'NZ' | 'AU' | 'GB' | 'US';

export interface XeroApp {
	readonly clientId: string;
	/** Undefined: a PKCE app. */
	readonly clientSecret: string | undefined;
	readonly webhookKey: string;
	readonly name: string;
	readonly redirectUris: readonly string[];
	/** Scopes the app may ask for; undefined: all that its kind may. */
	readonly scopes: readonly string[] | undefined;
	readonly tier: Tier;
	/** Made before 2 March 2026: may still ask for the broad scopes. */
	readonly legacyScopes: boolean;
	/** Approved by Xero for the Bank Feeds API. */
	readonly bankFeeds: boolean;
	/** Set for a Custom Connection: the one organisation that `client_credentials` reaches. */
	readonly customConnectionTenantId: string | undefined;
}

export const TIERS = ['starter', 'core', 'plus', 'advanced', 'enterprise'] as const;
export type Tier = (typeof TIERS)[number];

export interface User {
	readonly id: string;
	readonly email: string;
	readonly firstName: string;
	readonly lastName: string;
}

export interface Connection {
	readonly id: string;
	readonly clientId: string;
	readonly userId: string;
	readonly tenantId: string;
	readonly authEventId: string;
	readonly createdMs: number;
	readonly updatedMs: number;
	/** False once disconnected; kept because a reconnection takes up the same id. */
	readonly active: boolean;
}

/** One user's consent to one app. Scopes add up over consents. */
export interface Grant {
	readonly clientId: string;
	readonly userId: string;
	readonly scopes: readonly string[];
}

export interface AuthorizationCode {
	readonly clientId: string;
	readonly userId: string;
	readonly redirectUri: string;
	readonly scopes: readonly string[];
	readonly authEventId: string;
	readonly codeChallenge: string | undefined;
	readonly nonce: string | undefined;
	readonly issuedMs: number;
}

export interface RefreshToken {
	readonly clientId: string;
	readonly userId: string;
	readonly scopes: readonly string[];
	readonly authEventId: string;
	readonly authTimeMs: number;
	readonly issuedMs: number;
	/** When a newer token took its place; it still works for the grace period after that. */
	readonly supersededMs: number | undefined;
}

export interface WebhookSettings {
	readonly deliveryUrl: string;
	readonly categories: readonly string[];
	readonly status: WebhookStatus;
	/** Number of the last event put into a payload. */
	readonly sequence: number;
	/** Events not yet delivered, oldest first. */
	readonly pending: WebhookEvent[];
	/** First failure of the payload being retried, in milliseconds. */
	readonly failingSinceMs: number | undefined;
}

export type WebhookStatus = 'none' | 'failed' | 'ok' | 'retry' | 'disabled';

/** As it stands in the payload. */
export interface WebhookEvent {
	readonly resourceUrl: string;
	readonly resourceId: string;
	readonly tenantId: string;
	readonly tenantType: string;
	readonly eventCategory: string;
	readonly eventType: string;
	readonly eventDateUtc: string;
	readonly data?: Readonly<Record<string, unknown>>;
}

export function grantKey(clientId: string, userId: string): string {
	return `${clientId} ${userId}`;
}
