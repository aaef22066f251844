import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { request } from 'undici';
import { createTargetGuard, type ResolveHost } from '../../../hub-server/src/relay/targetGuard';
import { TargetNotAllowedError } from '../../../hub-server/src/errors/targetErrors';

const names: Record<string, string[]> = {
	'hooks.example.com': ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'],
	'rebound.example.com': ['127.0.0.1'],
	'half.example.com': ['93.184.216.34', '10.0.0.7'],
	'mapped.example.com': ['::ffff:10.0.0.7'],
	localhost: ['127.0.0.1', '::1'],
	'localhost.': ['127.0.0.1'],
	n8n: ['172.18.0.3'],
	'metadata.google.internal': ['169.254.169.254'],
	'metadata.google.internal.': ['169.254.169.254'],
};

const resolve: ResolveHost = async (hostname) => {
	const found = names[hostname];
	if (found === undefined) throw new Error(`getaddrinfo ENOTFOUND ${hostname}`);
	return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
};

const closers: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closers.splice(0).reverse()) await close();
});

function guardWith(allowed: readonly string[], resolver = resolve) {
	const guard = createTargetGuard({ allowedBaseUrls: async () => allowed, resolve: resolver });
	closers.push(() => guard.close());
	return guard;
}

async function listen(server: Server): Promise<string> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	closers.push(
		() => server.closeAllConnections(),
		() => server.close(),
	);
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a delivery URL', () => {
	it.each([
		'https://hooks.example.com/webhook/1',
		'https://hooks.example.com:8443/webhook/1?a=1#top',
		'https://93.184.216.34/',
		'https://[2606:2800:220:1:248:1893:25c8:1946]/',
	])('may be %s', async (url) => {
		await expect(guardWith([]).checkUrl('w1', url)).resolves.toBeUndefined();
	});

	it.each([
		// Every spelling of a private address that a URL parser or resolver understands.
		'https://127.0.0.1/',
		'https://127.1/',
		'https://0/',
		'https://0.0.0.0/',
		'https://0x7f000001/',
		'https://2130706433/',
		'https://0177.0.0.1/',
		'https://127.0.0.1./',
		'https://127。0。0。1/',
		'https://１２７.０.０.１/',
		'https://[::]/',
		'https://[::1]/',
		'https://[::127.0.0.1]/',
		'https://[::ffff:127.0.0.1]/',
		'https://[::ffff:7f00:1]/',
		'https://[::ffff:0:127.0.0.1]/',
		'https://[64:ff9b::7f00:1]/',
		'https://[64:ff9b:1::7f00:1]/',
		'https://[2002:7f00:1::]/',
		'https://[2001:0:7f00:1::]/',
		'https://[fd00:ec2::254]/',
		'https://[fe80::1]/',
		'https://[fec0::1]/',
		'https://[ff02::1]/',
		'https://[2001:db8::1]/',
		'https://[3fff::1]/',
		'https://[5f00::1]/',
		'https://[4000::1]/',
		'https://10.1.2.3/',
		'https://172.16.0.1/',
		'https://192.168.1.1/',
		'https://100.64.0.1/',
		'https://100.100.100.200/',
		'https://169.254.169.254/latest/meta-data/',
		'https://168.63.129.16/',
		'https://192.0.0.192/',
		'https://192.88.99.1/',
		'https://198.18.0.1/',
		'https://203.0.113.1/',
		'https://224.0.0.1/',
		'https://240.0.0.1/',
		'https://255.255.255.255/',
		// Names that lead there.
		'https://localhost/',
		'https://localhost./',
		'https://n8n/',
		'https://metadata.google.internal/',
		'https://metadata.google.internal./',
		'https://rebound.example.com/',
		'https://half.example.com/',
		'https://mapped.example.com/',
		'https://nowhere.example.com/',
		// Tricks with the other parts.
		'https://hooks.example.com@127.0.0.1/',
		'https://127.0.0.1#@hooks.example.com/',
		'https://127.0.0.1\\@hooks.example.com/',
		'https://user:password@hooks.example.com/',
		'https://user@hooks.example.com/',
		// Not https.
		'http://hooks.example.com/',
		'http://93.184.216.34/',
		'gopher://hooks.example.com/',
		'file:///etc/passwd',
		'unix:/var/run/docker.sock',
		'ftp://hooks.example.com/',
		'javascript:alert(1)',
		'//hooks.example.com/',
		'hooks.example.com',
		'',
	])('may not be %s', async (url) => {
		await expect(guardWith([]).checkUrl('w1', url)).rejects.toThrow(TargetNotAllowedError);
	});

	it('is refused with what to do about it', async () => {
		await expect(guardWith([]).checkUrl('w1', 'http://n8n:5678/webhook/1')).rejects.toMatchObject({
			code: 'target_not_allowed',
			status: 400,
			message: expect.stringContaining('n8n base URLs'),
		});
	});
});

describe('a base URL that the operator listed', () => {
	it.each([
		['http://n8n:5678', 'http://n8n:5678/webhook/1'],
		['http://n8n:5678/', 'http://N8N:5678/'],
		['http://127.0.0.1:5678', 'http://127.1:5678/webhook/1'],
		['https://n8n', 'https://n8n:443/webhook/1'],
		['https://10.0.0.7/hooks', 'https://10.0.0.7/hooks'],
		['https://10.0.0.7/hooks/', 'https://10.0.0.7/hooks/1?x=%2f'],
	])('%s covers %s', async (base, url) => {
		await expect(guardWith([base]).checkUrl('w1', url)).resolves.toBeUndefined();
	});

	it.each([
		['http://n8n:5678', 'http://n8n:5679/webhook/1'],
		['http://n8n:5678', 'http://n8n/webhook/1'],
		['http://n8n:5678', 'https://n8n:5678/webhook/1'],
		['http://n8n:5678', 'http://user@n8n:5678/webhook/1'],
		['https://10.0.0.7/hooks', 'https://10.0.0.7/hooks-admin'],
		['https://10.0.0.7/hooks', 'https://10.0.0.7/hooks/../admin'],
		['https://10.0.0.7/hooks', 'https://10.0.0.7/hooks/%2e%2e/admin'],
		['https://10.0.0.7/hooks', 'https://10.0.0.7/hooks/..%2fadmin'],
		['https://10.0.0.7/hooks', 'https://10.0.0.7/hooks/..\\admin'],
		['https://10.0.0.7/hooks', 'https://10.0.0.7/hooks/..;/admin'],
		['https://10.0.0.7/hooks', 'https://10.0.0.7/hooks/..;x=1/admin'],
		['https://10.0.0.7/hooks', 'https://10.0.0.7/'],
		['not a url', 'https://10.0.0.7/'],
	])('%s does not cover %s', async (base, url) => {
		await expect(guardWith([base]).checkUrl('w1', url)).rejects.toThrow(TargetNotAllowedError);
	});

	it("is asked of the workspace at hand, not of its neighbour's", async () => {
		const guard = createTargetGuard({
			allowedBaseUrls: async (workspaceId) => (workspaceId === 'w1' ? ['http://n8n:5678'] : []),
			resolve,
		});
		closers.push(() => guard.close());

		await expect(guard.checkUrl('w1', 'http://n8n:5678/x')).resolves.toBeUndefined();
		await expect(guard.checkUrl('w2', 'http://n8n:5678/x')).rejects.toThrow(TargetNotAllowedError);
	});
});

describe('sending', () => {
	it('reaches a private server under a listed base URL, over one kept connection', async () => {
		let connections = 0;
		const server = createServer((incoming, response) => incoming.pipe(response));
		server.on('connection', () => (connections += 1));
		const base = await listen(server);
		const guard = guardWith([base]);

		for (const body of ['one', 'two']) {
			const url = `${base}/webhook`;
			const dispatcher = await guard.dispatcherFor('w1', url);
			const answer = await request(url, { method: 'POST', body, dispatcher });
			expect(await answer.body.text()).toBe(body);
			// The connection is free again one turn after the body's end.
			await nextTurn();
		}

		expect(connections).toBe(1);
	});

	it('is refused once the base URL is no longer listed', async () => {
		const allowed = ['http://n8n:5678'];
		const guard = guardWith(allowed);
		await guard.dispatcherFor('w1', 'http://n8n:5678/x');

		allowed.pop();

		await expect(guard.dispatcherFor('w1', 'http://n8n:5678/x')).rejects.toThrow(
			TargetNotAllowedError,
		);
	});

	it('follows no redirect', async () => {
		const paths: (string | undefined)[] = [];
		const server = createServer((incoming, response) => {
			paths.push(incoming.url);
			response.writeHead(307, { location: '/elsewhere' }).end();
		});
		const base = await listen(server);
		const url = `${base}/webhook`;
		const dispatcher = await guardWith([base]).dispatcherFor('w1', url);

		const answer = await request(url, { method: 'POST', body: 'x', dispatcher });

		expect(answer.statusCode).toBe(307);
		expect(paths).toEqual(['/webhook']);
	});

	it('opens no connection for a name that rebinds to a private address after the check', async () => {
		let connections = 0;
		const victim = createTcpServer(() => (connections += 1));
		victim.listen(0, '127.0.0.1');
		await once(victim, 'listening');
		closers.push(() => victim.close());
		const answers = ['93.184.216.34', '127.0.0.1'];
		const guard = guardWith([], async () => [{ address: answers.shift() ?? '', family: 4 }]);
		const url = `https://rebinds.example.com:${(victim.address() as AddressInfo).port}/`;
		await guard.checkUrl('w1', url);

		const dispatcher = await guard.dispatcherFor('w1', url);

		await expect(request(url, { dispatcher })).rejects.toThrow(TargetNotAllowedError);
		expect(answers).toEqual([]);
		expect(connections).toBe(0);
	});

	it('refuses an address that needs no resolver', async () => {
		const dispatcher = await guardWith([]).dispatcherFor('w1', 'https://hooks.example.com/');

		await expect(request('https://127.0.0.1:9/', { dispatcher })).rejects.toThrow(
			TargetNotAllowedError,
		);
		await expect(request('https://[::1]:9/', { dispatcher })).rejects.toThrow(
			TargetNotAllowedError,
		);
	});
});

describe('what a workspace may reach', () => {
	const url = 'http://n8n:5678/webhook/one';

	it('is asked once a second however many deliveries go out, and anew after that', async () => {
		const clock = { ms: 0 };
		let allowed = ['http://n8n:5678'];
		let asked = 0;
		const guard = createTargetGuard({
			async allowedBaseUrls() {
				asked += 1;
				return allowed;
			},
			uptime: () => clock.ms,
		});
		closers.push(() => guard.close());

		for (let count = 0; count < 100; count += 1) await guard.dispatcherFor('w1', url);
		allowed = [];
		clock.ms = 1_000;

		await expect(guard.dispatcherFor('w1', url)).rejects.toThrow(TargetNotAllowedError);
		expect(asked).toBe(2);
	});

	it('is known at once where an address was added, and of another workspace never', async () => {
		let allowed: readonly string[] = [];
		const guard = createTargetGuard({
			allowedBaseUrls: async (workspaceId) => (workspaceId === 'w1' ? allowed : []),
			uptime: () => 0,
		});
		closers.push(() => guard.close());
		await expect(guard.dispatcherFor('w1', url)).rejects.toThrow(TargetNotAllowedError);

		allowed = ['http://n8n:5678'];

		await expect(guard.dispatcherFor('w1', url)).resolves.toBeDefined();
		await expect(guard.dispatcherFor('w2', url)).rejects.toThrow(TargetNotAllowedError);
	});
});
