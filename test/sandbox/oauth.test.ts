import { createHash } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { basic, USUAL_SCOPES, type SandboxApp } from '../support/sandboxClient';
import { answerOf } from './connectedSandbox';
import { startCheckedSandbox } from './checkedSandbox';

const REDIRECT = 'http://localhost:8787/oauth/callback';
const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-x';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

let sandbox: Awaited<ReturnType<typeof startCheckedSandbox>>;
let app: SandboxApp;

beforeEach(async () => {
	sandbox = await startCheckedSandbox();
	app = await sandbox.createApp();
});
afterEach(() => sandbox.close());

function authorizeUrl(changes: Record<string, string | undefined> = {}): string {
	const query = {
		response_type: 'code',
		client_id: app.clientId,
		redirect_uri: REDIRECT,
		scope: USUAL_SCOPES.join(' '),
		state: 'xyz',
		...changes,
	};
	const given = Object.entries(query).filter(
		(entry): entry is [string, string] => entry[1] !== undefined,
	);
	return `${sandbox.url}/identity/connect/authorize?${new URLSearchParams(given)}`;
}

async function openPage(changes?: Record<string, string | undefined>) {
	return answerOf(await fetch(authorizeUrl(changes), { redirect: 'manual' }));
}

async function press(
	action: 'approve' | 'cancel',
	changes: Record<string, string | undefined> = {},
) {
	const tenantId = (await sandbox.state()).organisations[0]?.tenantId as string;
	const response = await fetch(`${sandbox.url}/identity/connect/authorize`, {
		method: 'POST',
		redirect: 'manual',
		body: new URLSearchParams([
			...new URL(authorizeUrl(changes)).searchParams,
			['tenantId', tenantId],
			['action', action],
		]),
	});
	return { response, location: new URL(response.headers.get('location') ?? 'about:blank') };
}

async function token(body: Record<string, string>, authorization: string | undefined = basic(app)) {
	const response = await fetch(`${sandbox.url}/connect/token`, {
		method: 'POST',
		headers: authorization === undefined ? {} : { authorization },
		body: new URLSearchParams(body),
	});
	return answerOf(response);
}

async function freshCode(changes?: Record<string, string | undefined>): Promise<string> {
	return (await press('approve', changes)).location.searchParams.get('code') as string;
}

const exchange = (code: string, more: Record<string, string> = {}) =>
	token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...more });

const refresh = (refreshToken: string) =>
	token({ grant_type: 'refresh_token', refresh_token: refreshToken });

describe('the authorize page', () => {
	it('lists the organisations and offers to allow or cancel', async () => {
		const page = await openPage();

		expect(page.status).toBe(200);
		expect(page.text).toContain('Demo Company (NZ)');
		expect(page.text).toContain('Allow access');
		expect(page.text).toContain('Cancel');
	});

	it('sends the user back with a code and the state when allowed', async () => {
		const { location } = await press('approve');

		expect(`${location.origin}${location.pathname}`).toBe(REDIRECT);
		expect(location.searchParams.get('state')).toBe('xyz');
		expect(location.searchParams.get('code')).toMatch(/^\w{43}$/);
	});

	it('sends the user back with access_denied and the state when cancelled', async () => {
		const { location } = await press('cancel');

		expect(Object.fromEntries(location.searchParams)).toEqual({
			error: 'access_denied',
			state: 'xyz',
		});
	});

	it.each([
		['an unknown client', { client_id: 'nobody' }, 'Error: unauthorized_client'],
		['an empty client', { client_id: '' }, 'Error: unauthorized_client'],
		[
			'an unregistered redirect_uri',
			{ redirect_uri: 'https://evil.example/' },
			'Invalid redirect_uri',
		],
		['no redirect_uri', { redirect_uri: undefined }, 'Invalid redirect_uri'],
		['an unknown scope', { scope: 'accounting.everything' }, 'Invalid scope for client'],
		[
			'a broad scope for a new app',
			{ scope: 'accounting.transactions' },
			'Invalid scope for client',
		],
		['no scope', { scope: '' }, 'Error: invalid_scope'],
		[
			'a plain code challenge',
			{ code_challenge: CHALLENGE, code_challenge_method: 'plain' },
			'code challenge required',
		],
	])('shows the fault of %s on its own page and never redirects', async (_case, changes, text) => {
		const page = await openPage(changes);

		expect(page.status).toBe(400);
		expect(page.headers.get('location')).toBeNull();
		expect(page.text).toContain(text);
	});

	it('grants the broad scopes to an app from before they were replaced', async () => {
		app = await sandbox.createApp({ legacyScopes: true });

		expect((await openPage({ scope: 'offline_access accounting.transactions' })).status).toBe(200);
	});

	it('refuses to register http://127.0.0.1 as a redirect URI', async () => {
		await expect(sandbox.createApp({ redirectUris: ['http://127.0.0.1:8787/cb'] })).rejects.toThrow(
			'http://127.0.0.1 is not allowed',
		);
	});

	it('shows the connection limit of a Starter app at its sixth organisation', async () => {
		for (const name of ['Four', 'Five', 'Six']) await sandbox.createOrganisation({ name });
		const { organisations } = await sandbox.state();
		await sandbox.authorise(app, {
			organisations: organisations.slice(0, 5).map(({ tenantId }) => tenantId),
		});

		const sixth = sandbox.authorise(app, { organisations: ['Six'] });

		await expect(sixth).rejects.toThrow('has reached their Xero connection limit');
	});

	it('connects several organisations in one consent for an app with Bulk Connections', async () => {
		app = await sandbox.createApp({ tier: 'advanced' });

		expect((await openPage()).text).toContain('type="checkbox"');
		expect((await openPage({ acr_values: 'bulk_connect:false' })).text).toContain('type="radio"');
	});
});

describe('the exchange of a code', () => {
	it('gives a token set whose access token any JWT library verifies', async () => {
		const { json } = await exchange(await freshCode());

		const jwks = (await (
			await fetch(`${sandbox.url}/.well-known/openid-configuration/jwks`)
		).json()) as JSONWebKeySet;
		const { payload } = await jwtVerify(json['access_token'], createLocalJWKSet(jwks), {
			issuer: sandbox.url,
			audience: 'https://identity.xero.com/resources',
		});
		expect(json).toMatchObject({
			expires_in: 1800,
			token_type: 'Bearer',
			scope: USUAL_SCOPES.join(' '),
		});
		expect(payload['scope']).toEqual(USUAL_SCOPES);
		expect((payload.exp as number) - (payload.nbf as number)).toBe(1800);
		for (const claim of [
			'client_id',
			'sub',
			'auth_time',
			'xero_userid',
			'global_session_id',
			'jti',
			'authentication_event_id',
		]) {
			expect(payload).toHaveProperty(claim);
		}
	});

	it('gives an id token only with openid, a refresh token only with offline_access', async () => {
		const { json } = await exchange(await freshCode({ scope: 'accounting.contacts' }));

		expect(json).not.toHaveProperty('id_token');
		expect(json).not.toHaveProperty('refresh_token');
	});

	it('takes a code once', async () => {
		const code = await freshCode();
		await exchange(code);

		expect(await exchange(code)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
	});

	it('takes a code for five minutes', async () => {
		const code = await freshCode();
		await sandbox.advanceClock(300);

		expect((await exchange(code)).json).toEqual({ error: 'invalid_grant' });
	});

	it('wants the same redirect_uri again', async () => {
		expect(
			(await exchange(await freshCode(), { redirect_uri: 'http://localhost:1/other' })).json,
		).toEqual({ error: 'invalid_grant' });
	});

	it.each([
		['a wrong secret', () => basic({ ...app, clientSecret: 'wrong' })],
		['no authentication', () => ''],
		['an unknown client', () => basic({ clientId: 'nobody', clientSecret: 'x' })],
	])('refuses %s with invalid_client', async (_case, authorization) => {
		const answer = await token(
			{ grant_type: 'authorization_code', code: await freshCode() },
			authorization(),
		);

		expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_client' } });
	});

	it('refuses other grants', async () => {
		expect((await token({ grant_type: 'password' })).json).toEqual({
			error: 'unsupported_grant_type',
		});
	});

	describe('with PKCE', () => {
		const challenged = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };

		it('takes the verifier of the challenge', async () => {
			expect(
				(await exchange(await freshCode(challenged), { code_verifier: VERIFIER })).status,
			).toBe(200);
		});

		it.each([
			['another verifier', { code_verifier: VERIFIER.replace('a', 'b') }],
			['no verifier', {}],
		])('refuses %s', async (_case, more: Record<string, string>) => {
			expect((await exchange(await freshCode(challenged), more)).json).toEqual({
				error: 'invalid_grant',
			});
		});

		it('needs no secret for a PKCE app, and a challenge always', async () => {
			app = await sandbox.createApp({ type: 'pkce' });

			expect((await openPage()).text).toContain('code challenge required');
			const code = await freshCode(challenged);
			const answer = await token(
				{
					grant_type: 'authorization_code',
					client_id: app.clientId,
					code,
					redirect_uri: REDIRECT,
					code_verifier: VERIFIER,
				},
				'',
			);
			expect(answer.status).toBe(200);
		});
	});
});

describe('a refresh', () => {
	it('gives new tokens each time', async () => {
		const first = await exchange(await freshCode());
		const second = await refresh(first.json['refresh_token']);

		expect(second.status).toBe(200);
		expect(second.json['access_token']).not.toBe(first.json['access_token']);
		expect(second.json['refresh_token']).not.toBe(first.json['refresh_token']);
	});

	it('works again with a superseded token for thirty minutes, and not longer', async () => {
		const { json } = await exchange(await freshCode());
		await refresh(json['refresh_token']);
		await sandbox.advanceClock(30 * 60 - 1);
		expect((await refresh(json['refresh_token'])).status).toBe(200);

		await sandbox.advanceClock(1);

		expect(await refresh(json['refresh_token'])).toMatchObject({
			status: 400,
			json: { error: 'invalid_grant' },
		});
	});

	it('refuses a superseded token at once when the grace is switched off', async () => {
		await sandbox.setFaults({ refreshGraceSeconds: 0 });
		const { json } = await exchange(await freshCode());
		await refresh(json['refresh_token']);

		expect((await refresh(json['refresh_token'])).json).toEqual({ error: 'invalid_grant' });
	});

	it('refuses a token not used for sixty days', async () => {
		const { json } = await exchange(await freshCode());
		await sandbox.advanceClock(60 * 86_400);

		expect((await refresh(json['refresh_token'])).json).toEqual({ error: 'invalid_grant' });
	});

	it("refuses another app's token", async () => {
		const { json } = await exchange(await freshCode());
		app = await sandbox.createApp();

		expect((await refresh(json['refresh_token'])).json).toEqual({ error: 'invalid_grant' });
	});
});

describe('an app that acts for itself', () => {
	it('reaches its one organisation as a Custom Connection, without a tenant header', async () => {
		app = await sandbox.createApp({ type: 'custom' });
		const answer = await token({ grant_type: 'client_credentials', scope: 'accounting.settings' });
		const tokens = { access_token: answer.json.access_token };

		expect(Object.keys(answer.json).sort()).toEqual([
			'access_token',
			'expires_in',
			'scope',
			'token_type',
		]);
		const connections = await answerOf(
			await sandbox.call(tokens, undefined, 'GET', '/connections'),
		);
		expect(connections.json).toHaveLength(1);
		expect((await sandbox.call(tokens, undefined, 'GET', '/api.xro/2.0/Organisation')).status).toBe(
			200,
		);
	});

	it("lists and deletes the app's connections with app.connections", async () => {
		await sandbox.authorise(app);
		const { json } = await token({ grant_type: 'client_credentials', scope: 'app.connections' });
		const tokens = { access_token: json.access_token };
		const [connection] = (
			await answerOf(await sandbox.call(tokens, undefined, 'GET', '/connections'))
		).json as unknown as { id: string }[];

		expect(
			(await sandbox.call(tokens, undefined, 'DELETE', `/connections/${connection?.id}`)).status,
		).toBe(204);
	});

	it('may not ask for the scopes of a user', async () => {
		const answer = await token({ grant_type: 'client_credentials', scope: 'accounting.contacts' });

		expect(answer).toMatchObject({
			status: 400,
			json: {
				error: 'invalid_scope',
				error_description: 'Client credentials scope validation failed',
			},
		});
	});
});

describe('connections', () => {
	it('tells with authEventId which organisation the last consent was for', async () => {
		const { organisations } = await sandbox.state();
		await sandbox.authorise(app);
		const tokens = await sandbox.authorise(app, {
			organisations: [organisations[1]?.tenantId as string],
		});
		const claims = JSON.parse(
			Buffer.from(tokens.access_token.split('.')[1] as string, 'base64url').toString(),
		);

		const all = await answerOf(await sandbox.call(tokens, undefined, 'GET', '/connections'));
		const chosen = await answerOf(
			await sandbox.call(
				tokens,
				undefined,
				'GET',
				`/connections?authEventId=${claims.authentication_event_id}`,
			),
		);

		expect(all.json).toHaveLength(2);
		expect(chosen.json).toMatchObject([{ tenantId: organisations[1]?.tenantId }]);
		expect([...all.headers.keys()].filter((name) => name.endsWith('-remaining'))).toEqual([
			'x-appminlimit-remaining',
		]);
	});

	it('keeps the id of a connection that is made again, and shows when', async () => {
		const tokens = await sandbox.authorise(app);
		const list = async () =>
			(await answerOf(await sandbox.call(tokens, undefined, 'GET', '/connections')))
				.json as unknown as { id: string; createdDateUtc: string; updatedDateUtc: string }[];
		const [before] = await list();
		expect(
			(await sandbox.call(tokens, undefined, 'DELETE', `/connections/${before?.id}`)).status,
		).toBe(204);
		expect(await list()).toEqual([]);
		await sandbox.advanceClock(10);
		await sandbox.authorise(app);

		const [after] = await list();

		expect(after?.id).toBe(before?.id);
		expect(after?.createdDateUtc).toBe(before?.createdDateUtc);
		expect(after?.updatedDateUtc).not.toBe(before?.updatedDateUtc);
	});

	it('does not know a connection by its tenant id', async () => {
		const tokens = await sandbox.authorise(app);
		const { organisations } = await sandbox.state();

		expect(
			(
				await sandbox.call(
					tokens,
					undefined,
					'DELETE',
					`/connections/${organisations[0]?.tenantId}`,
				)
			).status,
		).toBe(404);
	});

	it('adds the scopes of every consent up', async () => {
		await sandbox.authorise(app, { scopes: ['offline_access', 'accounting.contacts'] });
		const tokens = await sandbox.authorise(app, {
			scopes: ['offline_access', 'accounting.settings'],
		});

		expect(tokens.scope.split(' ').sort()).toEqual([
			'accounting.contacts',
			'accounting.settings',
			'offline_access',
		]);
	});
});

describe('revocation', () => {
	it("removes all of the user's connections and tokens", async () => {
		const { organisations } = await sandbox.state();
		const tokens = await sandbox.authorise(app, {
			organisations: organisations.map(({ tenantId }) => tenantId),
		});
		const other = await sandbox.authorise(app, { loginHint: 'someone@else.example' });

		const revoked = await fetch(`${sandbox.url}/connect/revocation`, {
			method: 'POST',
			headers: { authorization: basic(app) },
			body: new URLSearchParams({ token: tokens.refresh_token as string }),
		});

		expect([revoked.status, await revoked.text()]).toEqual([200, '']);
		expect((await refresh(tokens.refresh_token as string)).json).toEqual({
			error: 'invalid_grant',
		});
		expect(await (await sandbox.call(tokens, undefined, 'GET', '/connections')).json()).toEqual([]);
		expect((await refresh(other.refresh_token as string)).status).toBe(200);
	});
});

it('publishes its addresses, its issuer switchable', async () => {
	const read = async () => (await fetch(`${sandbox.url}/.well-known/openid-configuration`)).json();
	expect(await read()).toMatchObject({
		issuer: sandbox.url,
		authorization_endpoint: `${sandbox.url}/identity/connect/authorize`,
		token_endpoint: `${sandbox.url}/connect/token`,
	});

	await sandbox.setFaults({ issuer: 'https://identity.xero.com' });

	expect(await read()).toMatchObject({ issuer: 'https://identity.xero.com' });
});

it('tells who the user is', async () => {
	const tokens = await sandbox.authorise(app);
	const info = await (await sandbox.call(tokens, undefined, 'GET', '/connect/userinfo')).json();

	expect(info).toMatchObject({
		email: 'owner@sandbox.example',
		given_name: 'Sandbox',
		family_name: 'Owner',
	});
});

it.each([
	['first', 1],
	['all', 3],
] as const)('consents by itself with SANDBOX_AUTO_CONSENT=%s', async (autoConsent, count) => {
	await sandbox.close();
	sandbox = await startCheckedSandbox({ autoConsent });
	app = await sandbox.createApp();

	expect((await openPage()).status).toBe(302);
	const tokens = await sandbox.authorise(app);

	expect(await (await sandbox.call(tokens, undefined, 'GET', '/connections')).json()).toHaveLength(
		count,
	);
});
