import { createHash } from 'node:crypto';
import { generateSigningKey } from '../tokens/accessToken';
import { randomGuid, seededRandom } from '../world/random';
import type { User, World, XeroApp } from '../world/World';
import { createOrganisation } from './createOrganisation';

/** The sandbox as it is at first: three organisations, one user, one app. */
export function createWorld(nowMs: number, signingKey = generateSigningKey('sandbox-1')): World {
	const organisations = [
		createOrganisation(
			{
				name: 'Demo Company (NZ)',
				country: 'NZ',
				contacts: 32,
				invoices: 64,
				creditNotes: 6,
				isDemoCompany: true,
			},
			nowMs,
		),
		createOrganisation(
			{ name: 'Bayside Café Pty Ltd', country: 'AU', contacts: 30, invoices: 60, creditNotes: 6 },
			nowMs,
		),
		createOrganisation(
			{
				name: 'Thornbury & Daughters Ltd',
				country: 'GB',
				contacts: 30,
				invoices: 60,
				creditNotes: 6,
			},
			nowMs,
		),
	];
	const user: User = {
		id: randomGuid(seededRandom('the sandbox user')),
		email: 'owner@sandbox.example',
		firstName: 'Sandbox',
		lastName: 'Owner',
	};
	return {
		clockOffsetMs: 0,
		signingKey,
		organisations: new Map(
			organisations.map((organisation) => [organisation.tenantId, organisation]),
		),
		apps: new Map([[FIRST_APP.clientId, FIRST_APP]]),
		users: new Map([[user.id, user]]),
		connections: new Map(),
		grants: new Map(),
		codes: new Map(),
		refreshTokens: new Map(),
		accessTokens: new Map(),
		webhooks: new Map(),
	};
}

/** Always the same, so that it can be written into a configuration once. */
const FIRST_APP: XeroApp = {
	clientId: digest('client id').slice(0, 32).toUpperCase(),
	clientSecret: Buffer.from(digest('client secret'), 'hex').toString('base64url'),
	webhookKey: Buffer.from(digest('webhook key').repeat(2), 'hex').toString('base64'),
	name: 'Sandbox App',
	redirectUris: [
		'http://localhost:8787/oauth/callback',
		'http://localhost:5678/rest/oauth2-credential/callback',
	],
	scopes: undefined,
	tier: 'starter',
	legacyScopes: false,
	bankFeeds: true,
	customConnectionTenantId: undefined,
};

function digest(text: string): string {
	return createHash('sha256').update(`the sandbox's first app: ${text}`).digest('hex');
}
