import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { eventually } from '../../support/eventually';
import { startHubProcess, type HubProcess } from '../../support/hubProcess';
import { formBrowser } from '../../support/portal/formBrowser';
import { provision } from '../../support/provision';
import { startReceiver, type Receiver } from '../../support/receiver';
import { startRedis } from '../../support/redis';
import { payloadOf, signatureOf, xeroEvent } from '../../support/signedWebhook';
import { temporaryFolder } from '../../support/temporaryFolder';

/** What the operator's guide promises. */
const LATEST_MS = 25_000;

/** Where nothing holds it up, a process ends at once; twice as long as a look at Redis takes. */
const PROMPT_MS = 5_000;

describe('a hub that is told to stop', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let receiver: Receiver;
	let hub: HubProcess;
	let sockets: Socket[];
	beforeEach(async () => {
		folder = temporaryFolder();
		sockets = [];
		// A workflow that takes the delivery and never answers.
		receiver = await startReceiver(() => undefined);
	});
	afterEach(async () => {
		for (const socket of sockets) socket.destroy();
		await hub.process.kill();
		await receiver.close();
		folder.remove();
	}, 60_000);

	const start = async (env: Record<string, string> = {}) => {
		hub = await startHubProcess({ dataDir: folder.path, env });
	};
	const signal = (name: NodeJS.Signals = 'SIGTERM') => process.kill(hub.process.pid, name);

	async function ends(): Promise<{ readonly code: number | NodeJS.Signals; readonly ms: number }> {
		const began = performance.now();
		const code = await hub.process.ended;
		return { code, ms: performance.now() - began };
	}

	async function open(text: string): Promise<Socket> {
		const socket = connect(Number(new URL(hub.url).port), '127.0.0.1');
		socket.on('error', () => undefined);
		sockets.push(socket);
		await once(socket, 'connect');
		socket.write(text);
		return socket;
	}

	/** POSTs one event after the other over one connection for as long as it is answered. */
	function keepSending(webhookUrl: string, webhookKey: string) {
		const agent = new Agent({ keepAlive: true, maxSockets: 1 });
		const answers: { status: number; connection: string | undefined; resourceId: string }[] = [];
		async function sendAll(): Promise<void> {
			for (;;) {
				const event = xeroEvent();
				const body = payloadOf(event);
				const sent = request(webhookUrl, {
					method: 'POST',
					agent,
					headers: { 'x-xero-signature': signatureOf(body, webhookKey) },
				});
				sent.end(body);
				const [response] = (await once(sent, 'response')) as [IncomingMessage];
				response.resume();
				answers.push({
					status: response.statusCode ?? 0,
					connection: response.headers.connection,
					resourceId: event.resourceId,
				});
			}
		}
		return { answers, ended: sendAll().catch(() => agent.destroy()) };
	}

	async function subscribe(apiKey: string): Promise<void> {
		const { status } = await hub.call(
			'POST',
			'/api/v1/subscriptions',
			{ url: `${receiver.url}/webhook/hangs`, events: ['*'] },
			apiKey,
		);
		expect(status).toBe(201);
	}

	/** Whoever makes a stop long: each alone did, and all at once do not. */
	async function holdUp() {
		const { webhookUrl, webhookKey, apiKey, slug } = await provision(hub, {
			n8nBaseUrls: [receiver.url],
		});
		await subscribe(apiKey);
		const sender = keepSending(webhookUrl, webhookKey);
		await receiver.until(1);
		await open('GET /healthz HTTP/1.1\r\nHost: x\r\nX-Half');
		await open('POST /api/v1/workspaces HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
		await open(
			`POST /webhooks/xero/${slug} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"events"`,
		);
		await openStream(slug);
		return { sender, apiKey };
	}

	/** The activity page of somebody who is signed in. */
	async function openStream(slug: string): Promise<void> {
		const link = /http:\/\/localhost:\d+\/join\/[\w-]+/.exec(hub.process.log())?.[0] ?? '';
		const owner = formBrowser(new URL(link).origin);
		const { pathname } = new URL(link);
		const person = { name: 'Olga', email: 'olga@example.com', password: 'a garden of six lamps' };
		await owner.submit(await owner.get(pathname), pathname, person);
		const cookie = [...owner.cookies].map((pair) => pair.join('=')).join('; ');
		const socket = await open(
			`GET /w/${slug}/activity/stream HTTP/1.1\r\nHost: ${new URL(link).host}\r\nCookie: ${cookie}\r\n\r\n`,
		);
		const [head] = await once(socket, 'data');
		expect(String(head)).toContain('text/event-stream');
	}

	/** The newest hundred of what was answered with 200 are there: a page of the list has two hundred. */
	async function untilKept(
		answers: readonly { readonly status: number; readonly resourceId: string }[],
		apiKey: string,
	): Promise<void> {
		const newest = answers
			.filter(({ status }) => status === 200)
			.slice(-100)
			.map(({ resourceId }) => resourceId);
		expect(newest.length).toBeGreaterThan(0);
		await eventually('the events that were answered for', async () => {
			const { items } = (await hub.call('GET', '/api/v1/events?limit=200', undefined, apiKey)).body;
			const kept = new Set((items as { resourceId: string }[]).map((one) => one.resourceId));
			return newest.every((id) => kept.has(id)) ? true : undefined;
		});
	}

	it('ends within 25 s with code 0, whoever holds it up, and keeps all that it answered for', async () => {
		await start();
		const { sender, apiKey } = await holdUp();

		signal();
		const { code, ms } = await ends();
		await sender.ended;

		expect([code, ms < LATEST_MS]).toEqual([0, true]);
		expect(sender.answers.at(-1)?.connection).toBe('close');
		await start();
		await untilKept(sender.answers, apiKey);
	}, 120_000);

	it('hurries when it is told twice, and loses nothing by it', async () => {
		await start();
		const { sender, apiKey } = await holdUp();

		signal();
		await new Promise((resolve) => setImmediate(resolve));
		signal('SIGINT');
		const { code, ms } = await ends();
		await sender.ended;

		expect([code, ms < PROMPT_MS]).toEqual([0, true]);
		await start();
		await untilKept(sender.answers, apiKey);
		const deliveries = (
			await hub.call('GET', '/api/v1/deliveries?status=pending', undefined, apiKey)
		).body.items;
		expect(deliveries.length).toBeGreaterThan(0);
	}, 120_000);

	it('ends at once where nothing holds it up, idle keep-alive connections included', async () => {
		await start();
		const idle = await open('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
		await once(idle, 'data');

		signal();
		const { code, ms } = await ends();

		expect([code, ms < PROMPT_MS]).toEqual([0, true]);
	}, 60_000);

	it.each(['frozen', 'killed'])(
		'ends at once although its Redis is %s',
		async (how) => {
			const redis = await startRedis();
			await start({ REDIS_URL: redis.url });
			await eventually('Redis to be there', async () => {
				const { redis: state } = (await hub.call('GET', '/readyz')).body;
				return state === 'up' ? true : undefined;
			});
			if (how === 'frozen') redis.freeze();
			else await redis.kill();

			signal();
			const { code, ms } = await ends();
			if (how === 'frozen') redis.thaw();
			await redis.kill();

			expect([code, ms < PROMPT_MS]).toEqual([0, true]);
		},
		60_000,
	);
});
