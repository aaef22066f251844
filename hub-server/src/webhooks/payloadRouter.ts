import type { EventLedger, Routed } from './eventLedger';
import type { Inbox } from './inbox';

export interface PayloadRouterDeps {
	readonly ledger: EventLedger;
	readonly inbox: Pick<Inbox, 'isBusy'>;
	onRouted(routed: Routed): void;
	onFault(cause: unknown): void;
	/** Longest wait before looking at the inbox again. Default: 1,000. */
	readonly pollMs?: number;
}

/** Turns what is in the inbox into events and deliveries, right after Xero has its answer. */
export interface PayloadRouter {
	/** Something was put into the inbox. Losing a ring costs at most `pollMs`. */
	wake(): void;
	/** Resolves once everything that was in the inbox when asked is routed, or routing failed. */
	settled(): Promise<void>;
	/** Ends after the round under way; what is left is routed at the next start. */
	stop(): Promise<void>;
}

/** So few that answers to Xero wait a few milliseconds at most behind one round. */
const PAYLOADS_A_ROUND = 25;

/**
 * While payloads keep arriving they go first, and routing takes a round at this interval: a burst
 * costs latency, it neither delays Xero's answers nor stops deliveries.
 */
const ROUND_WHILE_BUSY_MS = 25;

export function startPayloadRouter(deps: PayloadRouterDeps): PayloadRouter {
	const pollMs = deps.pollMs ?? 1_000;
	let stopping = false;
	let rung = true;
	let ring = () => {};
	let waiters: Array<() => void> = [];

	async function pause(ms: number): Promise<void> {
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, ms);
			ring = () => {
				clearTimeout(timer);
				resolve();
			};
		});
		ring = () => {};
	}

	async function routeAll(): Promise<void> {
		for (;;) {
			const routed = await deps.ledger.route(PAYLOADS_A_ROUND);
			if (routed.payloads > 0) deps.onRouted(routed);
			if (routed.payloads < PAYLOADS_A_ROUND || stopping) return;
			await new Promise((resolve) => setImmediate(resolve));
			if (deps.inbox.isBusy()) {
				await new Promise((resolve) => setTimeout(resolve, ROUND_WHILE_BUSY_MS));
			}
		}
	}

	async function loop(): Promise<void> {
		do {
			rung = false;
			const served = waiters;
			waiters = [];
			try {
				await routeAll();
			} catch (cause) {
				deps.onFault(cause);
			}
			for (const resolve of served) resolve();
			if (!rung && !stopping) await pause(pollMs);
		} while (!stopping);
	}

	const ended = loop();

	function wake(): void {
		rung = true;
		ring();
	}

	return {
		wake,
		settled: () =>
			new Promise((resolve) => {
				waiters.push(resolve);
				wake();
			}),
		async stop() {
			stopping = true;
			wake();
			await ended;
			for (const resolve of waiters) resolve();
		},
	};
}
