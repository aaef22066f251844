import { once } from 'node:events';
import {
	createServer,
	request as httpRequest,
	type IncomingMessage,
	type RequestListener,
} from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { request } from 'undici';
import { startXeroSide, type XeroSide } from '../../connect/xeroSide';

const MB = 1024 * 1024;

describe('the API proxy, before the sandbox', () => {
	let hub: XeroSide;
	let tenantId: string;
	beforeEach(async () => {
		hub = await startXeroSide('sqlite');
		({ tenantId } = await hub.connect());
		await hub.sandbox.forgetRequests();
	});
	afterEach(async () => {
		expect(hub.faults).toEqual([]);
		await hub.close();
	});

	const call = (path: string, init: RequestInit = {}, tenant = tenantId) =>
		fetch(`${hub.url}/xero/${tenant}/${path}`, {
			...init,
			headers: { accept: 'application/json', ...init.headers },
		});
	const problemOf = async (answer: Response) => ({
		status: answer.status,
		...((await answer.json()) as { code: string; detail: string }),
	});

	it('reads with query and hands on limits and status', async () => {
		const answer = await call(
			'api.xro/2.0/Contacts?page=1&pageSize=2&where=Name.Contains(%22a%22)',
		);

		expect(answer.status).toBe(200);
		expect(answer.headers.get('x-minlimit-remaining')).toMatch(/^\d+$/);
		expect(((await answer.json()) as { Contacts: unknown[] }).Contacts.length).toBeGreaterThan(0);
		expect(await hub.sandbox.requests()).toEqual([
			expect.objectContaining({
				path: '/api.xro/2.0/Contacts',
				query: { page: '1', pageSize: '2', where: 'Name.Contains("a")' },
				tenantId,
			}),
		]);
	});

	it('writes, with the idempotency key of the caller', async () => {
		const answer = await call('api.xro/2.0/Contacts?summarizeErrors=false', {
			method: 'PUT',
			headers: { 'content-type': 'application/json', 'idempotency-key': 'k-1' },
			body: JSON.stringify({ Contacts: [{ Name: 'Čačak & Søn' }] }),
		});

		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({ Contacts: [{ Name: 'Čačak & Søn' }] });
		expect(await hub.sandbox.requests()).toEqual([
			expect.objectContaining({ method: 'PUT', idempotencyKey: 'k-1', elements: 1 }),
		]);
	});

	it("hands on Xero's refusal of a body as it is", async () => {
		const answer = await call('api.xro/2.0/Contacts', {
			method: 'PUT',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ Contacts: [{}] }),
		});

		expect(answer.status).toBe(400);
		expect(await answer.json()).toMatchObject({ Type: 'ValidationException' });
	});

	it('heals a token that ended early with one more try, the body included', async () => {
		await hub.sandbox.setFaults({ expireTokens: true });

		const answer = await call('api.xro/2.0/Contacts', {
			method: 'PUT',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ Contacts: [{ Name: 'Written once' }] }),
		});

		expect(answer.status).toBe(200);
		const calls = await hub.sandbox.requests();
		expect(calls.map(({ path, status }) => [path, status])).toEqual([
			['/api.xro/2.0/Contacts', 401],
			['/connect/token', 200],
			['/api.xro/2.0/Contacts', 200],
		]);
	});

	it('names the way back when Xero ended the consent', async () => {
		const grant = await hub.db.selectFrom('grants').select('id').executeTakeFirstOrThrow();
		const other = await hub.sandbox.authorise(hub.app);
		await hub.identity.revoke(
			{ clientId: hub.app.clientId, clientSecret: hub.app.clientSecret ?? '' },
			other.refresh_token ?? '',
		);
		hub.advance(30 * 60_000);

		expect(await problemOf(await call('api.xro/2.0/Contacts'))).toMatchObject({
			status: 409,
			code: 'reauth_required',
			detail: expect.stringContaining('/w/acme/organisations'),
		});
		await expect(hub.vault.accessToken(grant.id)).rejects.toMatchObject({
			code: 'reauth_required',
		});
	});

	it("refuses an organisation that is another workspace's, and one nobody connected", async () => {
		const theirs = await call('api.xro/2.0/Contacts', {
			headers: { 'x-test-workspace': 'neighbour' },
		});
		const nobodys = await call('api.xro/2.0/Contacts', {}, 'b5c1c0d8-0000-4000-8000-000000000000');

		expect(await problemOf(theirs)).toMatchObject({ status: 404, code: 'not_found' });
		expect(await problemOf(nobodys)).toMatchObject({ status: 404, code: 'not_found' });
		expect(await hub.sandbox.requests()).toEqual([]);
	});

	it('refuses a disabled organisation', async () => {
		const { id } = (await hub.connections.findTenant(hub.workspace.id, tenantId))!;
		await hub.connections.setEnabled(hub.workspace.id, id, false);

		expect(await problemOf(await call('api.xro/2.0/Contacts'))).toMatchObject({
			status: 403,
			code: 'connection_disabled',
		});
	});

	it('finds the organisation whatever the case of its id', async () => {
		const answer = await call('api.xro/2.0/Organisation', {}, tenantId.toUpperCase());

		expect(answer.status).toBe(200);
	});

	it.each(['connections', 'api.xro/2.0/..%2f..%2fconnections', 'api.xro/2.0/%2e%2e/x'])(
		'refuses to go to %s',
		async (path) => {
			const { statusCode } = await request(`${hub.url}/xero/${tenantId}/${path}`);

			expect([400, 404]).toContain(statusCode);
			expect(await hub.sandbox.requests()).toEqual([]);
		},
	);
});

describe.each([false, true])('where the token lacks the scope (misspelt: %s)', (misspelt) => {
	it('hands on what Xero says, without asking for a token that would lack it too', async () => {
		const hub = await startXeroSide('sqlite', { scopes: ['accounting.invoices'] });
		const { tenantId } = await hub.connect();
		await hub.sandbox.setFaults({ misspellInsufficientScope: misspelt });
		await hub.sandbox.forgetRequests();

		const answer = await fetch(`${hub.url}/xero/${tenantId}/api.xro/2.0/Contacts`);

		expect(answer.status).toBe(401);
		expect(await answer.json()).toMatchObject({ Detail: 'AuthorizationUnsuccessful' });
		expect((await hub.sandbox.requests()).map(({ path }) => path)).toEqual([
			'/api.xro/2.0/Contacts',
		]);
		await hub.close();
	});
});

describe('the API proxy, byte by byte', () => {
	let hub: XeroSide;
	let tenantId: string;
	let answerWith: RequestListener;
	let seen: { readonly message: IncomingMessage; readonly body: Buffer }[];
	const upstream = createServer((message, response) => answerWith(message, response));

	beforeAll(async () => {
		upstream.listen(0, '127.0.0.1');
		await once(upstream, 'listening');
	});
	afterAll(() => {
		upstream.closeAllConnections();
		upstream.close();
	});

	beforeEach(async () => {
		seen = [];
		answerWith = (_message, response) => response.end();
		const apiUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
		hub = await startXeroSide('sqlite', { apiUrl, timeoutMs: 200 });
		tenantId = 'c2cc9b6e-9458-4c7d-93cc-f02b81b0594f';
		const tokens = await hub.sandbox.authorise(hub.app);
		await hub.vault.store({
			workspaceId: hub.workspace.id,
			clientId: hub.app.clientId,
			xeroUserId: 'user-1',
			tokens: {
				accessToken: tokens.access_token,
				refreshToken: tokens.refresh_token,
				scope: tokens.scope,
				expiresAt: Date.now() + 3_600_000,
			},
			organisations: [{ id: 'x1', tenantId, tenantName: 'Demo', tenantType: 'ORGANISATION' }],
		});
	});
	afterEach(async () => {
		expect(hub.faults).toEqual([]);
		await hub.close();
	});

	const record =
		(answer: RequestListener): RequestListener =>
		async (message, response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of message) chunks.push(chunk as Buffer);
			seen.push({ message, body: Buffer.concat(chunks) });
			answer(message, response);
		};
	const address = (path = 'api.xro/2.0/Invoices') => `${hub.url}/xero/${tenantId}/${path}`;

	it('hands on the body, and of the headers those that are about the message', async () => {
		answerWith = record((_message, response) => response.end());
		const body = Buffer.from([0, 255, 1, 254, 10]);

		const call = httpRequest(address('files.xro/1.0/Files?a=1&a=%2F'), {
			method: 'POST',
			headers: {
				authorization: 'Bearer xhk_of_the_hub',
				cookie: 'session=1',
				connection: 'close, x-for-the-hop',
				'x-for-the-hop': '1',
				'x-forwarded-for': '10.0.0.1',
				'x-http-method-override': 'DELETE',
				'xero-tenant-id': 'another',
				'content-type': 'application/octet-stream',
				'idempotency-key': 'k-1',
				'if-modified-since': '2026-11-01T00:00:00',
				'content-length': body.length,
			},
		});
		call.end(body);
		await once(call, 'response');

		const [{ message, body: received } = { message: undefined, body: undefined }] = seen;
		expect(message?.method).toBe('POST');
		expect(message?.url).toBe('/files.xro/1.0/Files?a=1&a=%2F');
		expect(received).toEqual(body);
		const headers = { ...message?.headers };
		expect(headers).toEqual({
			host: expect.stringContaining('127.0.0.1'),
			connection: 'keep-alive',
			authorization: expect.stringMatching(/^Bearer eyJ/),
			'xero-tenant-id': tenantId,
			'content-length': '5',
			'content-type': 'application/octet-stream',
			'idempotency-key': 'k-1',
			'if-modified-since': '2026-11-01T00:00:00',
		});
	});

	it('hands on a compressed answer as it came', async () => {
		const zipped = gzipSync('{"Invoices":[]}');
		answerWith = (_message, response) => {
			response
				.writeHead(200, {
					'content-type': 'application/json',
					'content-encoding': 'gzip',
					'content-length': zipped.length,
					'xero-correlation-id': 'c-1',
					'set-cookie': 'tracking=1',
					'strict-transport-security': 'max-age=1',
					'content-security-policy': "script-src 'unsafe-inline'",
					'access-control-allow-origin': '*',
					'cross-origin-resource-policy': 'cross-origin',
					'clear-site-data': '"*"',
				})
				.end(zipped);
		};

		const answer = await request(address());

		const bytes = Buffer.from(await answer.body.arrayBuffer());
		expect(answer.headers).toMatchObject({
			'content-encoding': 'gzip',
			'content-length': String(zipped.length),
			'xero-correlation-id': 'c-1',
		});
		expect(answer.headers).not.toHaveProperty('set-cookie');
		expect(answer.headers).not.toHaveProperty('strict-transport-security');
		expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
		expect(answer.headers).not.toHaveProperty('clear-site-data');
		expect(answer.headers).not.toHaveProperty('content-security-policy');
		expect(answer.headers).not.toHaveProperty('cross-origin-resource-policy');
		expect(gunzipSync(bytes).toString()).toBe('{"Invoices":[]}');
	});

	it.each([204, 304, 307, 404, 500, 503])('hands on a %i', async (status) => {
		answerWith = (_message, response) => {
			response.writeHead(status, { location: 'https://elsewhere.example/', 'retry-after': '7' });
			response.end();
		};

		const answer = await request(address());
		await answer.body.dump();

		expect(answer.statusCode).toBe(status);
		expect(answer.headers['retry-after']).toBe('7');
	});

	it("fails at once on Xero's daily limit, and asks again when it is full", async () => {
		let calls = 0;
		answerWith = (_message, response) => {
			calls += 1;
			if (calls === 1)
				response.writeHead(429, { 'retry-after': '7200', 'x-rate-limit-problem': 'Day' });
			response.end('as Xero says');
		};

		const first = await request(address());
		const second = await request(address());

		expect(first.statusCode).toBe(429);
		expect(first.headers).toMatchObject({ 'retry-after': '7200', 'x-rate-limit-problem': 'Day' });
		expect(await first.body.text()).toBe('as Xero says');
		expect(second.statusCode).toBe(429);
		expect(second.headers).toMatchObject({ 'retry-after': '7200', 'x-rate-limit-problem': 'day' });
		expect(await second.body.json()).toMatchObject({
			code: 'xero_rate_limited',
			detail: expect.stringMatching(/daily limit.*in 2 h 0 min/),
		});
		expect(calls).toBe(1);

		hub.advance(7_200_000);
		expect((await request(address())).statusCode).toBe(200);
	});

	it('sends a large body on while it still arrives', async () => {
		let finish = () => {};
		const rest = new Promise<void>((resolve) => (finish = resolve));
		answerWith = (message, response) => {
			message.once('data', finish);
			message.resume();
			message.once('end', () => response.end());
		};
		const half = Buffer.alloc(512 * 1024, 1);
		async function* body() {
			yield half;
			await rest;
			yield half;
		}

		const answer = await request(address(), {
			method: 'POST',
			headers: { 'content-length': String(MB) },
			body: Readable.from(body()),
		});

		expect(answer.statusCode).toBe(200);
		await answer.body.dump();
	});

	it('sends a large body again, whole, with a new token', async () => {
		let calls = 0;
		answerWith = record((_message, response) => {
			calls += 1;
			response.writeHead(calls === 1 ? 401 : 200).end();
		});
		const body = Buffer.from(Array.from({ length: MB }, (_, index) => index % 251));

		const answer = await request(address(), { method: 'POST', body });
		await answer.body.dump();

		expect(answer.statusCode).toBe(200);
		expect(seen.map((call) => call.body.equals(body))).toEqual([true, true]);
		expect(seen[1]?.message.headers['content-length']).toBe(String(MB));
	});

	it('sends a large body again, whole, though Xero refused before it had all arrived', async () => {
		let calls = 0;
		answerWith = (message, response) => {
			calls += 1;
			if (calls === 1) response.writeHead(401).end();
			else record((_message, second) => second.end())(message, response);
		};
		const body = Buffer.from(Array.from({ length: 5 * MB }, (_, index) => index % 251));

		const answer = await request(address(), { method: 'POST', body });
		await answer.body.dump();

		expect(answer.statusCode).toBe(200);
		expect(seen[0]?.body.equals(body)).toBe(true);
	});

	it('streams: the first bytes arrive while Xero still sends', async () => {
		let finish = () => {};
		answerWith = (_message, response) => {
			response.write('first');
			finish = () => response.end('last');
		};

		const { body } = await request(address());
		const chunks = body[Symbol.asyncIterator]();
		const first = String((await chunks.next()).value);
		finish();

		expect(first).toBe('first');
		expect(String((await chunks.next()).value)).toBe('last');
	});

	it('ends the call to Xero when the caller goes away', async () => {
		let reached = () => {};
		const arrived = new Promise<void>((resolve) => (reached = resolve));
		let left = () => {};
		const ended = new Promise<void>((resolve) => (left = resolve));
		answerWith = (message) => {
			message.socket.once('close', left);
			reached();
		};
		const { hostname, port, pathname } = new URL(address());
		const socket = connect(Number(port), hostname);
		socket.write(`GET ${pathname} HTTP/1.1\r\nHost: hub\r\n\r\n`);
		await arrived;

		socket.destroy();

		await ended;
	});

	it('takes 10 MB and not one byte more, told or untold', async () => {
		answerWith = record((_message, response) => response.end());

		const exact = await request(address(), { method: 'POST', body: Buffer.alloc(10 * MB) });
		await exact.body.dump();
		const told = await request(address(), { method: 'POST', body: Buffer.alloc(10 * MB + 1) });
		const untold = await request(address(), {
			method: 'POST',
			body: Readable.from(Array.from({ length: 11 }, () => Buffer.alloc(MB))),
		});

		expect(exact.statusCode).toBe(200);
		expect(seen.map(({ body }) => body.length)).toEqual([10 * MB]);
		for (const refused of [told, untold]) {
			expect(refused.statusCode).toBe(413);
			expect(await refused.body.json()).toMatchObject({ code: 'body_too_large' });
		}
	});

	it('says when Xero is silent, and that a write may have happened', async () => {
		answerWith = () => {};

		const answer = await request(address(), { method: 'POST', body: 'x' });

		expect(answer.statusCode).toBe(504);
		expect(await answer.body.json()).toMatchObject({
			code: 'xero_timeout',
			detail: expect.stringContaining('Idempotency-Key'),
		});
	});

	it('says when the connection breaks before an answer', async () => {
		answerWith = (message) => message.socket.destroy();

		const answer = await request(address());

		expect(answer.statusCode).toBe(502);
		expect(await answer.body.json()).toMatchObject({
			code: 'xero_connection_failed',
			detail: expect.stringContaining('may have been carried out'),
		});
	});

	it('breaks the answer off when Xero does, instead of ending it as if it were whole', async () => {
		answerWith = (message, response) => {
			response.writeHead(200, { 'content-length': 100 });
			response.write('half', () => message.socket.destroy());
		};

		const { body } = await request(address());

		await expect(body.text()).rejects.toThrow();
	});

	it.each([
		['gzip', gzipSync],
		['br', brotliCompressSync],
		['deflate', deflateSync],
	])(
		'asks for no new token when a 401 that %s compressed says that the scope is missing',
		async (encoding, compress) => {
			const refusal = '{"Title":"Unauthorized","Detail":"AuthorizationUnsuccessful"}';
			answerWith = record((_message, response) => {
				response.writeHead(401, { 'content-encoding': encoding }).end(compress(refusal));
			});

			const answer = await fetch(address());

			expect(answer.status).toBe(401);
			expect(await answer.text()).toBe(refusal);
			expect(seen).toHaveLength(1);
		},
	);

	it('hands on the second 401 when a new token is refused as well', async () => {
		let calls = 0;
		answerWith = (_message, response) => {
			calls += 1;
			response.writeHead(401, { 'content-type': 'application/json' }).end('{"Detail":"x"}');
		};

		const answer = await request(address());

		expect(answer.statusCode).toBe(401);
		expect(await answer.body.json()).toEqual({ Detail: 'x' });
		expect(calls).toBe(2);
	});
});

it('the API proxy says when nothing was sent because Xero cannot be reached', async () => {
	const closed = createServer();
	closed.listen(0, '127.0.0.1');
	await once(closed, 'listening');
	const apiUrl = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
	await new Promise((done) => closed.close(done));
	const hub = await startXeroSide('sqlite', { apiUrl });
	const tokens = await hub.sandbox.authorise(hub.app);
	await hub.vault.store({
		workspaceId: hub.workspace.id,
		clientId: hub.app.clientId,
		xeroUserId: 'user-1',
		tokens: {
			accessToken: tokens.access_token,
			refreshToken: undefined,
			scope: '',
			expiresAt: Date.now() + 3_600_000,
		},
		organisations: [{ id: 'x1', tenantId: 't1', tenantName: 'Demo', tenantType: 'ORGANISATION' }],
	});

	const answer = await fetch(`${hub.url}/xero/t1/api.xro/2.0/Invoices`);

	expect(answer.status).toBe(502);
	expect(await answer.json()).toMatchObject({
		code: 'xero_connection_failed',
		detail: expect.stringContaining('nothing was sent'),
	});
	await hub.close();
});

describe('a body that comes too slowly', () => {
	let hub: XeroSide;
	let tenantId: string;
	beforeEach(async () => {
		hub = await startXeroSide('sqlite', { longestUploadMs: 100 });
		({ tenantId } = await hub.connect());
		await hub.sandbox.forgetRequests();
	});
	afterEach(() => hub.close());

	it.each([
		['that is read first', { 'content-length': '1000' }],
		['that goes on while it arrives', { 'content-length': '1000000' }],
		['whose length was not told', { 'transfer-encoding': 'chunked' }],
	])('is given up, one %s', async (_which, headers) => {
		const upload = httpRequest(`${hub.url}/xero/${tenantId}/api.xro/2.0/Invoices`, {
			method: 'PUT',
			headers,
		});
		upload.on('error', () => {});
		upload.write('{"Invoices": [');

		const [answer] = (await once(upload, 'response')) as [IncomingMessage];
		const problem = JSON.parse((await answer.toArray()).join('')) as object;
		upload.destroy();

		expect(answer.statusCode).toBe(408);
		expect(answer.headers.connection).toBe('close');
		expect(problem).toMatchObject({ code: 'upload_too_slow' });
		expect(await hub.sandbox.requests()).toEqual([]);
	});
});
