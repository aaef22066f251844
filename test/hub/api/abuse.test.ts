import { request } from 'undici';
import { startReceiver } from '../../support/receiver';
import { startTestHub, type TestHub } from '../../support/startTestHub';

/** Ways to write an address inside the operator's own network, or in the cloud's. */
const INSIDE = [
	'http://127.0.0.1/',
	'https://127.1/',
	'https://0/',
	'https://0x7f000001/',
	'https://2130706433/',
	'https://0177.0.0.1/',
	'https://[::]/',
	'https://[::1]/',
	'https://[::ffff:127.0.0.1]/',
	'https://[::ffff:7f00:1]/',
	'https://[64:ff9b::7f00:1]/',
	'https://[2002:7f00:1::]/',
	'https://100.64.0.1/',
	'https://169.254.169.254/latest/meta-data/',
	'https://[fd00:ec2::254]/',
	'https://100.100.100.200/',
	'https://192.0.0.192/',
	'https://10.0.0.1/',
	'https://192.168.1.1/',
	'https://metadata.google.internal/',
	'https://localhost/',
	'https://localhost./',
	'https://１２７.０.０.１/',
	'https://n8n.example.com@127.0.0.1/',
	'https://127.0.0.1#@n8n.example.com/',
	'https:\\\\127.0.0.1\\',
	'gopher://127.0.0.1/',
	'file:///etc/passwd',
	'http://unix:/var/run/docker.sock:/',
];

describe('a running hub, abused', () => {
	let t: TestHub;
	let key: string;
	beforeAll(async () => {
		t = await startTestHub();
		await t.call('POST', '/api/v1/workspaces', { name: 'Acme' });
		({ key } = (await t.call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'n8n' })).body);
	});
	afterAll(() => t.close());

	const subscribe = (url: string) =>
		t.call('POST', '/api/v1/subscriptions', { url, events: ['*'] }, key);

	it.each(INSIDE)('does not deliver to %s', async (url) => {
		const { status, body } = await subscribe(url);

		expect(status).toBeGreaterThanOrEqual(400);
		expect(status).toBeLessThan(500);
		expect(body.code).toMatch(/^(target_not_allowed|invalid_request)$/);
	});

	it.each([301, 302, 303, 307, 308])(
		'follows no %i from an allowed n8n to where it may not go',
		async (status) => {
			const inside = await startReceiver();
			const n8n = await startReceiver((_request, response) => {
				response.writeHead(status, { location: `${inside.url}/stolen` }).end();
			});
			await t.call('PATCH', '/api/v1/workspaces/acme', { n8nBaseUrls: [n8n.url] });
			const { id } = (await subscribe(`${n8n.url}/webhook/one`)).body;

			const { body } = await t.call('POST', `/api/v1/subscriptions/${id}/test`, undefined, key);

			expect(body).toMatchObject({ delivered: false, statusCode: status });
			expect(n8n.received).toHaveLength(1);
			expect(inside.received).toEqual([]);
			await Promise.all([n8n.close(), inside.close()]);
		},
	);

	it.each(['HEAD', 'OPTIONS', 'PROPFIND', 'TRACE'])('passes no %s on to Xero', async (method) => {
		const at = `${t.hub.url}/api/v1/xero/4ac8ec60-4b1e-4d9a-9b0a-8d8a1f4d5c11/api.xro/2.0/Invoices`;

		const { statusCode, headers, body } = await request(at, {
			method: method,
			headers: { authorization: `Bearer ${key}` },
		});
		await body.dump();

		expect(statusCode).toBe(405);
		expect(headers['allow']).toBe('GET, POST, PUT, PATCH, DELETE');
	});

	it('stops listening to whoever tries keys, and to nobody else', async () => {
		const guesses = await Promise.all(
			Array.from({ length: 30 }, (_, n) =>
				t.call('GET', '/api/v1/workspace', undefined, `xhk_guess-${n}`),
			),
		);

		const statuses = guesses.map(({ status }) => status);
		expect(new Set(statuses)).toEqual(new Set([401, 429]));
		const refused = guesses.find(({ status }) => status === 429);
		expect(refused?.headers.get('retry-after')).toMatch(/^[1-5]$/);
		expect(refused?.body).toMatchObject({ code: 'rate_limited' });
		expect((await t.call('GET', '/api/v1/workspace', undefined, key)).status).toBe(200);
	});

	it.each([
		['POST', '/api/v1/subscriptions', 1_100_000, 413],
		['POST', '/api/v1/replays', 1_100_000, 413],
		[
			'PUT',
			'/api/v1/xero/11111111-1111-4111-8111-111111111111/api.xro/2.0/Invoices',
			10_500_000,
			413,
		],
	])('takes no %s %s of %i bytes', async (method, path, bytes, expected) => {
		const { status } = await t.call(method, path, `{"pad":"${'x'.repeat(bytes)}"}`, key);

		expect(status).toBe(expected);
	});
});
