import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createXeroIdentity } from '../../../../hub-server/src/xero/identity/xeroIdentity';
import { type SandboxApp } from '../../../support/sandboxClient';
import { startSandbox, type StartedSandbox } from '../../../support/startSandbox';

const credentialsOf = ({ clientId, clientSecret }: SandboxApp) => ({
	clientId,
	clientSecret: clientSecret ?? '',
});

const CHALLENGE = { 'www-authenticate': 'Basic' };
const CLIENT_REFUSED = '{"error":"invalid_client"}';

describe("Xero's identity server", () => {
	let now: number;
	let sandbox: StartedSandbox;
	let app: SandboxApp;
	let identity: ReturnType<typeof createXeroIdentity>;

	beforeEach(async () => {
		now = Date.now();
		sandbox = await startSandbox({ now: () => now });
		app = await sandbox.createApp();
		identity = createXeroIdentity({
			urls: { login: sandbox.url, identity: sandbox.url },
			clock: () => now,
		});
	});
	afterEach(() => sandbox.close());

	const refreshToken = async () => (await sandbox.authorise(app)).refresh_token ?? '';

	it('trades a refresh token for a new pair', async () => {
		const old = await refreshToken();

		const outcome = await identity.refresh(credentialsOf(app), old);

		expect(outcome).toEqual({
			kind: 'tokens',
			tokens: {
				accessToken: expect.stringMatching(/^eyJ/),
				refreshToken: expect.not.stringMatching(old),
				scope: expect.stringContaining('accounting.invoices'),
				expiresAt: now + 1_800_000,
			},
		});
	});

	it('does not lose a new pair to clocks that run apart', async () => {
		const token = await refreshToken();
		await sandbox.advanceClock(24 * 3600);

		expect(await identity.refresh(credentialsOf(app), token)).toMatchObject({ kind: 'tokens' });
	});

	it('tells a used-up refresh token from wrong app keys', async () => {
		const wrong = { clientId: app.clientId, clientSecret: 'wrong' };

		expect(await identity.refresh(credentialsOf(app), 'unknown')).toEqual({
			kind: 'invalid_grant',
		});
		expect(await identity.refresh(wrong, await refreshToken())).toEqual({ kind: 'invalid_client' });
	});

	it('gets tokens for the app itself, and passes on why not', async () => {
		const { organisations } = await sandbox.state();
		const custom = await sandbox.createApp({
			type: 'custom',
			tenantId: organisations[0]!.tenantId,
			scopes: ['accounting.contacts'],
		});

		expect(
			await identity.clientCredentials(credentialsOf(custom), ['accounting.contacts']),
		).toMatchObject({ kind: 'tokens', tokens: { refreshToken: undefined } });
		expect(await identity.clientCredentials(credentialsOf(custom), ['bankfeeds'])).toEqual({
			kind: 'refused',
			reason: 'invalid_scope: Client credentials scope validation failed',
		});
	});

	it("ends the user's consent", async () => {
		const token = await refreshToken();

		expect(await identity.revoke(credentialsOf(app), token)).toEqual({ kind: 'revoked' });

		expect(await identity.refresh(credentialsOf(app), token)).toEqual({ kind: 'invalid_grant' });
	});

	it.each([503, 500, 429, 403])('does not take a %i for a refusal of the token', async (status) => {
		await sandbox.setFaults({ status: { path: '/connect/token', status } });

		expect(await identity.refresh(credentialsOf(app), 'any')).toEqual({
			kind: 'unreachable',
			reason: `Xero's identity server answered ${status}`,
		});
	});

	it('does not take a broken connection for a refusal, and the old token still works', async () => {
		const token = await refreshToken();
		await sandbox.setFaults({ dropAfterCommit: { path: '/connect/token' } });

		expect(await identity.refresh(credentialsOf(app), token)).toMatchObject({
			kind: 'unreachable',
		});
		expect(await identity.refresh(credentialsOf(app), token)).toMatchObject({ kind: 'tokens' });
	});
});

describe('a token request', () => {
	async function answering(listener: RequestListener, timeoutMs?: number) {
		const server = createServer(listener);
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		return {
			identity: createXeroIdentity({
				urls: { login: url, identity: url },
				clock: Date.now,
				timeoutMs,
			}),
			async [Symbol.asyncDispose]() {
				server.closeAllConnections();
				await new Promise((closed) => server.close(closed));
			},
		};
	}

	it.each([
		// What Xero issues must look the same to a server that does not decode.
		['plain-id_1.2~3', 'Aa0-_.~!*()', 'plain-id_1.2~3:Aa0-_.~!*()'],
		['id', 'a:b c+d/é%&=', 'id:a%3Ab+c%2Bd%2F%C3%A9%25%26%3D'],
	])('carries the id and secret %s, %s in Basic', async (clientId, clientSecret, pair) => {
		let authorization: string | undefined;
		await using server = await answering((request, response) => {
			authorization = request.headers.authorization;
			response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"x"}');
		});

		await server.identity.refresh({ clientId, clientSecret }, 'token');

		expect(authorization).toBe(`Basic ${Buffer.from(pair).toString('base64')}`);
	});

	it.each([
		['a 401 with a challenge, as proxies say it', 401, '', CHALLENGE, 'unreachable'],
		['a 401 with a challenge and the error', 401, CLIENT_REFUSED, CHALLENGE, 'invalid_client'],
		['a page under a 401', 401, '<html>Sign in</html>', {}, 'unreachable'],
		['a page under a 403', 403, '<html>Blocked</html>', {}, 'unreachable'],
		['JSON under a 403 that is no refusal', 403, '{"message":"blocked"}', {}, 'unreachable'],
		['a 429', 429, '', {}, 'unreachable'],
		['temporarily_unavailable', 400, '{"error":"temporarily_unavailable"}', {}, 'unreachable'],
		['server_error', 400, '{"error":"server_error"}', {}, 'unreachable'],
		['another refusal', 400, '{"error":"invalid_scope"}', {}, 'refused'],
		['a 401 with the error', 401, CLIENT_REFUSED, {}, 'invalid_client'],
		['unauthorized_client', 400, '{"error":"unauthorized_client"}', {}, 'invalid_client'],
		[
			'invalid_grant with a description',
			400,
			'{"error":"invalid_grant","error_description":"x"}',
			{},
			'invalid_grant',
		],
		['an error body under a 500', 500, '{"error":"invalid_grant"}', {}, 'unreachable'],
		['a page under a 200', 200, '<html>secret-token</html>', {}, 'unreachable'],
		['a 200 without a token', 200, '{"token_type":"Bearer"}', {}, 'unreachable'],
		['a redirect', 302, '', { location: '/elsewhere' }, 'unreachable'],
	])('reads %s', async (_case, status, body, headers, kind) => {
		await using server = await answering((_request, response) => {
			response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
		});

		const outcome = await server.identity.refresh({ clientId: 'a', clientSecret: 'b' }, 'token');

		expect(outcome.kind).toBe(kind);
		expect(JSON.stringify(outcome)).not.toContain('secret-token');
	});

	it.each([
		['ahead of', 12 * 60],
		['behind', -12 * 60],
	])(
		"says how far the clock is %s Xero's when an id token is of another time",
		async (_, ahead) => {
			const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');
			await using server = await answering((request, response) => {
				const issuedAt = Math.floor(Date.now() / 1000) - ahead;
				const times = { iat: issuedAt, nbf: issuedAt, exp: issuedAt + 300 };
				const claims = { ...times, iss: `http://${request.headers.host}`, aud: 'a', sub: 's' };
				const idToken = [part({ alg: 'RS256' }), part({ ...claims, nonce: 'n' }), part({})].join(
					'.',
				);
				response
					.writeHead(200, { 'content-type': 'application/json' })
					.end(JSON.stringify({ access_token: 't', token_type: 'Bearer', id_token: idToken }));
			});

			const outcome = await server.identity.exchangeCode(
				{ clientId: 'a', clientSecret: 'b' },
				{ code: 'c', redirectUri: 'http://localhost/cb', codeVerifier: 'v'.repeat(43), nonce: 'n' },
			);

			expect(outcome).toEqual({ kind: 'clock_off', aheadMs: expect.any(Number) });
			const { aheadMs } = outcome as { readonly aheadMs: number };
			expect(Math.round(aheadMs / 60_000)).toBe(ahead / 60);
		},
	);

	it('is given up when no answer comes', async () => {
		await using server = await answering(() => {}, 50);

		expect(await server.identity.refresh({ clientId: 'a', clientSecret: 'b' }, 'token')).toEqual({
			kind: 'unreachable',
			reason: "Xero's identity server did not answer in time",
		});
	});

	it('says so when nothing listens', async () => {
		const server = await answering(() => {});
		await server[Symbol.asyncDispose]();

		expect(await server.identity.refresh({ clientId: 'a', clientSecret: 'b' }, 'token')).toEqual({
			kind: 'unreachable',
			reason: "Xero's identity server could not be reached (ECONNREFUSED)",
		});
	});
});
