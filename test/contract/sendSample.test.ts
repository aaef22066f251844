import { createServer } from 'node:http';
import type { SubscriptionRequest } from '../../hub-server/protocol';
import { receiptFor, verifyRelay } from '../../hub-server/protocol';
import { createSendSample } from '../../hub-server/src/relay/sendSample';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import { Agent } from 'undici';
import { OTHER_TENANT } from './ledgerFixture';
import { syncFixture, type SyncFixture } from './syncFixture';

const HOUR = 3600_000;

describe.each(ENGINES)('what a listener for a test event is sent, on %s', (engine) => {
	let f: SyncFixture;
	let n8n: Awaited<ReturnType<typeof listener>>;
	let agent: Agent;
	beforeEach(async () => {
		[f, n8n] = await Promise.all([syncFixture(engine), listener()]);
		agent = new Agent();
	});
	afterEach(async () => {
		await agent.close();
		await n8n.close();
		await f.close();
	});

	/** Answers as the trigger does, from the try on with which it knows its secret. */
	async function listener() {
		const bodies: Record<string, unknown>[] = [];
		let secret: string | undefined;
		let refusals = 0;
		const server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const body = Buffer.concat(chunks);
				if (refusals > 0 || secret === undefined) {
					refusals -= 1;
					return response.writeHead(503).end('no_subscription_secret');
				}
				const verdict = verifyRelay(request.headers, body, secret, f.now() / 1000);
				if (!verdict.ok) return response.writeHead(401).end();
				bodies.push(JSON.parse(body.toString()) as Record<string, unknown>);
				return response.writeHead(200, { 'webhook-receipt': receiptFor(secret, verdict.id) }).end();
			});
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		const { port } = server.address() as { port: number };
		return {
			bodies,
			url: `http://127.0.0.1:${port}/webhook-test/one`,
			knows(next: string, after = 0) {
				secret = next;
				refusals = after;
			},
			close: () => new Promise((done) => server.close(done)),
		};
	}
	const waits: number[] = [];
	beforeEach(() => waits.splice(0));
	async function sample(
		kind: 'latest' | 'example',
		wish: Partial<SubscriptionRequest> & Pick<SubscriptionRequest, 'events'>,
		refusals = 0,
	) {
		const one = await f.subscribe(wish.events, {
			...{ url: n8n.url, mode: 'test', requireReceipt: true },
			...wish,
		});
		n8n.knows(one.secret, refusals);
		const send = createSendSample({
			...{ db: f.db, known: f.known, subscriptions: f.subscriptions, now: f.now },
			targets: { dispatcherFor: () => Promise.resolve(agent) },
			apiUrl: 'https://api.xero.com',
			rest: async (ms) => waits.push(ms),
		});
		await send(f.workspace, one, kind);
		return n8n.bodies;
	}
	/** Invoice 1 was paid, and then invoice 2 was changed. */
	async function history() {
		const put = (number: number, members: object) => {
			const id = guid(number);
			const invoice = { InvoiceID: id, Type: 'ACCREC', Status: 'AUTHORISED', Total: 100 };
			f.xero.put('Invoices', { id, updatedAt: f.now(), members: { ...invoice, ...members } });
		};
		put(1, {});
		put(2, {});
		await f.stream('invoice');
		await f.runDue();
		f.advance(HOUR);
		put(1, { Status: 'PAID' });
		await f.runDue();
		f.advance(HOUR);
		put(2, { Reference: 'Changed', Total: 900 });
		await f.runDue();
	}

	it('is the latest that it asks for, with the record as the hub knows it, and says so', async () => {
		await history();

		const [body] = await sample('latest', { events: ['invoice.paid'], hydrate: true });

		expect(body).toMatchObject({
			...{ type: 'invoice.paid', sample: 'latest', source: 'replay' },
			types: ['invoice.paid', 'invoice.updated'],
			resource: { id: guid(1) },
			record: { InvoiceID: guid(1), Status: 'PAID' },
			tenant: { name: 'Demo' },
		});
	});

	it('fits the filter', async () => {
		await history();

		const [body] = await sample('latest', {
			events: ['invoice.updated'],
			filter: { maxTotal: 500 },
		});

		expect(body).toMatchObject({ resource: { id: guid(1) }, sample: 'latest' });
	});

	it.each([
		['of that type', { events: ['contact.updated'] }],
		['of that organisation', { events: ['invoice.paid'], tenantIds: [OTHER_TENANT] }],
	])('is an example where there is none %s', async (_, wish) => {
		await history();

		const bodies = await sample('latest', wish);

		expect(bodies).toMatchObject([{ type: wish.events[0], sample: 'example' }]);
	});

	it('is an example where that was asked for', async () => {
		await history();

		expect(await sample('example', { events: ['invoice.paid'] })).toMatchObject([
			{ type: 'invoice.paid', sample: 'example' },
		]);
	});

	it('comes once n8n knows its secret, and once', async () => {
		const bodies = await sample('example', { events: ['invoice.paid'] }, 2);

		expect(bodies).toHaveLength(1);
		expect(waits).toEqual([300, 700, 1_500]);
	});

	it('is given up after some tries', async () => {
		expect(await sample('example', { events: ['invoice.paid'] }, 100)).toEqual([]);
		expect(waits).toHaveLength(5);
	});

	it('leaves nothing in the ledger', async () => {
		const other = await f.subscribe(['*'], { url: 'https://n8n.example.com/published' });
		await history();
		const before = await f.handed(other.id);

		await sample('latest', { events: ['invoice.paid'] });

		expect(await f.handed(other.id)).toEqual(before);
		expect(await f.told()).toHaveLength(2);
	});
});
