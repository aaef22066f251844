import { startRunLoop, type Next } from '../work/runLoop';
import type { DeliveryLedger } from './deliveryLedger';
import type { DueDelivery } from './DueDelivery';
import { createSlots, type SlotHolder } from './slots';

export interface DispatcherDeps {
	readonly ledger: Pick<DeliveryLedger, 'claim'>;
	/** Attempts one delivery and writes down what came of it; must not throw for a failed POST. */
	attempt(delivery: DueDelivery): Promise<void>;
	/** Told of what should not happen (the database is away); the loop goes on. */
	onFault(cause: unknown): void;
	readonly options?: Partial<DispatcherOptions>;
}

export interface DispatcherOptions {
	/** Deliveries in flight in this process: waiting on a socket is cheap. */
	readonly concurrency: number;
	/** In flight to one subscription. */
	readonly perSubscription: number;
	/** Taken at a time, so that what is taken was chosen knowing what is in flight. */
	readonly batch: number;
	/**
	 * Of what is in flight, shared as slots are: a workspace gets nothing more while it holds as much as is
	 * free. One batch may go beyond, and a workspace that holds nothing gets one delivery even then.
	 */
	readonly maxBytes: number;
	/** Longest wait before looking at the schedule again, in milliseconds. */
	readonly pollMs: number;
	/** Longer than a delivery's timeout, so that no lease ends under a running attempt. */
	readonly leaseMs: number;
}

const DEFAULTS: DispatcherOptions = {
	concurrency: 512,
	perSubscription: 8,
	batch: 32,
	maxBytes: 64 * 1024 * 1024,
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
	const slots = createSlots();
	const running = new Set<Promise<void>>();
	const held = new Map<string, HeldDelivery>();

	async function run(delivery: DueDelivery): Promise<void> {
		const holder = holderOf(delivery);
		slots.take(holder);
		try {
			await deps.attempt(delivery);
		} catch (cause) {
			deps.onFault(cause);
		} finally {
			slots.giveBack(holder);
			held.delete(delivery.id);
		}
	}

	/** A receiver that is slow to take what is large holds up none but its own workspace. */
	function mostNow(workspaceId: string): number {
		const own = slots.bytes(workspaceId);
		if (own < options.maxBytes - slots.bytes()) return options.batch;
		return own === 0 ? 1 : 0;
	}

	async function claimAndRun(): Promise<Next> {
		const free = options.concurrency - slots.count();
		if (free <= 0) return 'rest';
		const claimed = await deps.ledger.claim({
			free,
			limit: options.batch,
			perQueue: options.perSubscription,
			inFlight: slots,
			mostNow,
			leaseMs: options.leaseMs,
		});
		for (const one of claimed) {
			// A clock that was set ahead ends every lease. What is in flight here goes on under the new one.
			const inFlight = held.get(one.id);
			if (inFlight !== undefined) {
				inFlight.leaseId = one.leaseId;
				continue;
			}
			const delivery: HeldDelivery = { ...one };
			held.set(delivery.id, delivery);
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

/** Whoever attempts it reads the lease when it is done. */
interface HeldDelivery extends Omit<DueDelivery, 'leaseId'> {
	leaseId: string;
}

function holderOf({ workspace, subscription, bytes }: DueDelivery): SlotHolder {
	return { workspaceId: workspace.id, queueId: subscription.id, bytes };
}
