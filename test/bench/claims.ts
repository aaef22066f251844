import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from '../../hub-server/src/database/engine';
import { createDeliveryLedger } from '../../hub-server/src/relay/deliveryLedger';
import { startDispatcher } from '../../hub-server/src/relay/dispatcher';
import { createAttemptDelivery } from '../../hub-server/src/relay/attemptDelivery';
import { insertDeliveries } from '../../hub-server/src/events/insertDeliveries';
import { newId } from '../../hub-server/src/database/newId';
import { createKeyRing } from '../../hub-server/src/secrets/keyRing';
import { createSubscriptionSecrets } from '../../hub-server/src/subscriptions/subscriptionSecrets';
import { createSubscriptionStore } from '../../hub-server/src/subscriptions/subscriptionStore';
import { createWorkspaceStore } from '../../hub-server/src/workspaces/workspaceStore';
import { Agent } from 'undici';
import { fillDeliveries } from '../support/fillDeliveries';
import { freshLedger } from '../support/freshLedger';
import { openSharedServices } from '../support/sharedServices';

const ENGINES: readonly Engine[] = ['sqlite', 'postgres'];

const ROUNDS = 41;

/** One delivery at a time to the quick endpoint, so that its latency is its own. */
const TOLD = 60;

/** What a claim costs by what waits, and what a backlog at one endpoint costs another. */
export async function benchClaims(print: (line: string) => void): Promise<void> {
	const stopServices = await openSharedServices();
	try {
		for (const engine of ENGINES) await benchEngine(engine, print);
	} finally {
		await stopServices();
	}
}

async function benchEngine(engine: Engine, print: (line: string) => void): Promise<void> {
	const small = await timeClaims(engine, 10_000);
	const large = await timeClaims(engine, 1_000_000);
	print(`Claim of 8 of one subscription on ${engine}, median of ${ROUNDS}`);
	print(`  10,000 waiting      ${small.toFixed(2)} ms`);
	print(`  1,000,000 waiting   ${large.toFixed(2)} ms   (aim < 5 ms)`);
	print(`  ratio               ${(large / small).toFixed(2)} ×   (aim ≤ 2)`);

	const alone = await timeDeliveries(engine, 0);
	const beside = await timeDeliveries(engine, 100_000);
	print(`Event to POST at one endpoint on ${engine}, ${TOLD} events`);
	print(`  alone                         p50 ${alone.p50} ms   p99 ${alone.p99} ms`);
	print(`  beside 100,000 at another     p50 ${beside.p50} ms   p99 ${beside.p99} ms`);
	print(`  aim: p99 ≤ ${2 * alone.p99 + 250} ms; the other got ${beside.others} meanwhile`);
}

async function openBench(engine: Engine) {
	const { database, close } = await freshLedger(engine);
	const { db } = database;
	const now = Date.now;
	const secrets = createSubscriptionSecrets(createKeyRing([{ id: 'k', key: Buffer.alloc(32, 7) }]));
	const subscriptions = createSubscriptionStore({ db, secrets, now, parkMs: 0 });
	const workspaces = createWorkspaceStore({ db, now });
	const ledger = createDeliveryLedger({ db, engine, now });
	const subscribe = async (name: string, url: string) => {
		const { id: workspaceId } = await workspaces.create({ name });
		const saved = await subscriptions.subscribe(workspaceId, { url, events: ['*'] });
		if (saved.kind !== 'saved') throw new Error('Nothing without a key is elsewhere.');
		return { workspaceId, subscriptionId: saved.subscription.id };
	};
	return { db, secrets, ledger, subscribe, now, close };
}

/** @returns milliseconds */
async function timeClaims(engine: Engine, waiting: number): Promise<number> {
	const { db, ledger, subscribe, now, close } = await openBench(engine);
	try {
		const target = await subscribe('one', 'https://n8n.example.com/one');
		await fillDeliveries(db, { ...target, count: waiting, nextAt: now() - 1_000 });
		const nothing = { held: () => 0, lastServed: () => 0 };
		const times: number[] = [];
		for (let round = 0; round < ROUNDS; round += 1) {
			const start = performance.now();
			const claimed = await ledger.claim({
				free: 512,
				limit: 32,
				perQueue: 8,
				inFlight: nothing,
				leaseMs: 600_000,
			});
			times.push(performance.now() - start);
			if (claimed.length !== 8) throw new Error(`${claimed.length} were claimed`);
		}
		return percentile(times, 0.5);
	} finally {
		await close();
	}
}

interface Latencies {
	readonly p50: number;
	readonly p99: number;
	/** POSTs that the other endpoint got meanwhile. */
	readonly others: number;
}

async function timeDeliveries(engine: Engine, backlog: number): Promise<Latencies> {
	const { db, secrets, ledger, subscribe, now, close } = await openBench(engine);
	let told: () => void = () => {};
	let others = 0;
	const quick = await listen(() => told());
	const busy = await listen(() => (others += 1));
	const agent = new Agent();
	const faults: unknown[] = [];
	try {
		const target = await subscribe('quick', quick.url);
		const other = await subscribe('busy', busy.url);
		if (backlog > 0) await fillDeliveries(db, { ...other, count: backlog, nextAt: now() - 1_000 });
		await fillDeliveries(db, { ...target, count: 1, nextAt: now() + 86_400_000 });
		const event = await db
			.selectFrom('events')
			.select('id')
			.where('workspace_id', '=', target.workspaceId)
			.executeTakeFirstOrThrow();
		const dispatcher = startDispatcher({
			ledger,
			attempt: createAttemptDelivery({
				ledger,
				secrets,
				targets: { dispatcherFor: async () => agent },
				now,
				random: Math.random,
			}),
			onFault: (cause) => faults.push(cause),
		});
		const times: number[] = [];
		for (let count = 0; count < TOLD; count += 1) {
			const got = new Promise<void>((resolve) => (told = resolve));
			const start = performance.now();
			await db.transaction().execute((tx) =>
				insertDeliveries(
					tx,
					[
						{
							id: newId(now()),
							...target,
							eventId: event.id,
							replayOf: event.id,
							plan: { kind: 'due', named: { type: 'contact.updated', classified: true } },
						},
					],
					now(),
				),
			);
			dispatcher.wake();
			await got;
			times.push(performance.now() - start);
		}
		await dispatcher.stop();
		if (faults.length > 0) throw faults[0];
		const rounded = (share: number) => Math.round(percentile(times, share));
		return { p50: rounded(0.5), p99: rounded(0.99), others };
	} finally {
		await agent.destroy();
		quick.server.closeAllConnections();
		busy.server.closeAllConnections();
		quick.server.close();
		busy.server.close();
		await close();
	}
}

async function listen(onPost: () => void): Promise<{ server: Server; url: string }> {
	const server = createServer((request, response) => {
		request.resume().on('end', () => {
			response.end();
			onPost();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
}
