import type { ClaimedDelivery, DeliveryLedger } from './deliveryLedger';

export interface DispatcherDeps {
	readonly ledger: DeliveryLedger;
	/** Attempts one delivery and writes down what came of it; must not throw for a failed POST. */
	attempt(delivery: ClaimedDelivery): Promise<void>;
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
	let lastLook = performance.now();
	let stopping = false;
	let ring = () => {};
	let rung = false;

	async function run(delivery: ClaimedDelivery): Promise<void> {
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

	async function claimAndRun(): Promise<number> {
		const free = options.concurrency - running.size;
		if (free <= 0) return 0;
		const saturated = [...inFlight]
			.filter(([, count]) => count >= options.perSubscription)
			.map(([id]) => id);
		const claimed = await deps.ledger.claim({
			limit: free,
			perSubscription: options.perSubscription,
			except: saturated,
			leaseMs: options.leaseMs,
		});
		lastLook = performance.now();
		for (const delivery of claimed) {
			const task = run(delivery).finally(() => {
				running.delete(task);
				wake();
			});
			running.add(task);
		}
		return claimed.length;
	}

	/** Sleeps until the next delivery is due, the doorbell rings, or `pollMs` is over. */
	async function rest(): Promise<void> {
		if (rung) return;
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, options.pollMs);
			ring = () => {
				clearTimeout(timer);
				resolve();
			};
		});
		ring = () => {};
	}

	function wake(): void {
		rung = true;
		ring();
	}

	async function loop(): Promise<void> {
		while (!stopping) {
			rung = false;
			try {
				if ((await claimAndRun()) > 0) continue;
			} catch (cause) {
				deps.onFault(cause);
			}
			if (!stopping) await rest();
		}
		await Promise.all(running);
	}

	const ended = loop();
	return {
		wake,
		silentMs: () => performance.now() - lastLook,
		async stop() {
			stopping = true;
			wake();
			await ended;
		},
	};
}
