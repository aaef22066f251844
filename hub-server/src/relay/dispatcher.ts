import { startRunLoop, type Next } from '../work/runLoop';
import type { DeliveryLedger } from './deliveryLedger';
import type { DueDelivery } from './DueDelivery';

export interface DispatcherDeps {
	readonly ledger: DeliveryLedger;
	/** Attempts one delivery and writes down what came of it; must not throw for a failed POST. */
	attempt(delivery: DueDelivery): Promise<void>;
	/** Told of what should not happen (the database is away); the loop goes on. */
	onFault(cause: unknown): void;
	readonly options?: Partial<DispatcherOptions>;
}

export interface DispatcherOptions {
	/** Deliveries in flight in this process. */
	readonly concurrency: number;
	/** In flight to one subscription. */
	readonly perSubscription: number;
	/** Longest wait before looking at the schedule again, in milliseconds. */
	readonly pollMs: number;
	/** Longer than a delivery's timeout, so that no lease ends under a running attempt. */
	readonly leaseMs: number;
}

const DEFAULTS: DispatcherOptions = {
	concurrency: 32,
	perSubscription: 8,
	pollMs: 1_000,
	leaseMs: 60_000,
};

/** Takes due deliveries from the ledger and attempts them until stopped. */
export interface DeliveryDispatcher {
	/** The doorbell: something may be due. Losing a ring costs at most `pollMs`. */
	wake(): void;
	/** Milliseconds since the schedule was last read without a fault. */
	silentMs(): number;
	/** Claims nothing more and waits for what is in flight. */
	stop(): Promise<void>;
}

export function startDispatcher(deps: DispatcherDeps): DeliveryDispatcher {
	const options = { ...DEFAULTS, ...deps.options };
	const inFlight = new Map<string, number>();
	const running = new Set<Promise<void>>();

	async function run(delivery: DueDelivery): Promise<void> {
		const { id } = delivery.subscription;
		inFlight.set(id, (inFlight.get(id) ?? 0) + 1);
		try {
			await deps.attempt(delivery);
		} catch (cause) {
			deps.onFault(cause);
		} finally {
			const left = (inFlight.get(id) ?? 1) - 1;
			if (left > 0) inFlight.set(id, left);
			else inFlight.delete(id);
		}
	}

	async function claimAndRun(): Promise<Next> {
		const free = options.concurrency - running.size;
		if (free <= 0) return 'rest';
		const saturated = [...inFlight]
			.filter(([, count]) => count >= options.perSubscription)
			.map(([id]) => id);
		const claimed = await deps.ledger.claim({
			limit: free,
			perSubscription: options.perSubscription,
			except: saturated,
			leaseMs: options.leaseMs,
		});
		for (const delivery of claimed) {
			const task = run(delivery).finally(() => {
				running.delete(task);
				loop.ring();
			});
			running.add(task);
		}
		return claimed.length > 0 ? 'again' : 'rest';
	}

	const loop = startRunLoop({
		take: claimAndRun,
		restMs: () => options.pollMs,
		onFault: (cause) => deps.onFault(cause),
	});
	return {
		wake: () => loop.ring(),
		silentMs: () => loop.silentMs(),
		async stop() {
			await loop.stop();
			await Promise.all(running);
		},
	};
}
