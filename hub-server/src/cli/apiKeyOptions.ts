import { NewApiKey } from '../administration/workspaceRequests';
import { InvalidRequestError } from '../errors/requestErrors';
import { parseRequest } from '../http/parseRequest';
import type { AdminKeyView } from '../workspaces/adminKeyStore';
import type { ApiKeyView, ApiKeyWish } from '../workspaces/apiKeyStore';
import type { Connection } from '../xero/connections/connectionRows';

export interface ApiKeyOptions {
	readonly name: string;
	/** With commas. */
	readonly scopes?: string;
	/** Ids or names, with commas. */
	readonly organisations?: string;
	/** A day. */
	readonly expires?: string;
}

/**
 * @param connections of the workspace
 * @throws InvalidRequestError where no organisation has that name
 */
export function readApiKeyOptions(
	{ name, scopes, organisations, expires }: ApiKeyOptions,
	connections: readonly Pick<Connection, 'tenantId' | 'tenantName'>[],
): ApiKeyWish {
	return parseRequest(NewApiKey, {
		name,
		scopes: scopes === undefined ? undefined : listed(scopes),
		tenantIds: listed(organisations ?? '').map((one) => tenantOf(one, connections)),
		expiresAt: expires,
	});
}

/** A line for a person, and for `cut`. */
export function describeApiKey(key: ApiKeyView): string {
	const scopes = key.isOld ? 'everything (made before keys had scopes)' : key.scopes.join(',');
	const organisations = key.tenantIds?.join(',') ?? 'all organisations';
	return [key.id, key.name, stateOf(key), scopes, organisations, ...lifeOf(key)].join('\t');
}

/** A line for a person, and for `cut`. */
export function describeAdminKey(key: AdminKeyView): string {
	const maker = key.madeBy === null ? [] : [`made by ${key.madeBy}`];
	return [key.id, key.name, stateOf(key), ...lifeOf(key), ...maker].join('\t');
}

function stateOf({ revokedAt, isExpired }: Pick<AdminKeyView, 'revokedAt' | 'isExpired'>): string {
	return revokedAt !== null ? 'revoked' : isExpired ? 'expired' : 'live';
}

function lifeOf({
	expiresAt,
	lastUsedAt,
}: Pick<AdminKeyView, 'expiresAt' | 'lastUsedAt'>): readonly string[] {
	return [
		expiresAt === null ? 'never expires' : `expires ${expiresAt}`,
		lastUsedAt === null ? 'never used' : `last used ${lastUsedAt}`,
	];
}

function listed(text: string): string[] {
	return text
		.split(',')
		.map((one) => one.trim())
		.filter((one) => one !== '');
}

function tenantOf(
	text: string,
	connections: readonly Pick<Connection, 'tenantId' | 'tenantName'>[],
): string {
	const named = connections.filter(
		({ tenantId, tenantName }) => tenantId === text.toLowerCase() || tenantName === text,
	);
	const [one, another] = named;
	if (one === undefined || another !== undefined) {
		const why = one === undefined ? 'No' : 'More than one';
		throw new InvalidRequestError(
			`${why} organisation of the workspace is called “${text}”. Name it by its id; names stand as Xero has them.`,
		);
	}
	return one.tenantId;
}
