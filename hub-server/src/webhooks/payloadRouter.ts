import { setTimeout as delay } from 'node:timers/promises';
import { startRunLoop, type Next } from '../work/runLoop';
import type { Inbox } from './inbox';
import type { Routed, RoutePayloads } from './routePayloads';

export interface PayloadRouterDeps {
	readonly route: RoutePayloads;
	readonly inbox: Pick<Inbox, 'isBusy'>;
	onRouted(routed: Routed): void;
	onFault(cause: unknown): void;
	/** Longest wait before looking at the inbox again. Default: 1,000. */
	readonly pollMs?: number;
	/** Milliseconds that no clock change moves. Default: `performance.now`. */
	readonly elapsed?: () => number;
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

/** At most; a round of long payloads takes fewer, and parts of them (`routePayloads`). */
const PAYLOADS_A_ROUND = 25;

/**
 * While payloads keep arriving they go first, and routing takes a round at this interval: a burst
 * costs latency, it neither delays Xero's answers nor stops deliveries.
 */
const ROUND_WHILE_BUSY_MS = 25;

/**
 * A round that took longer wrote hundreds of rows. What is left of such a backlog waits as long as the
 * round took, so that it has half of the ledger and others the other half; whatever arrives ends the rest.
 */
const LONG_ROUND_MS = 25;

export function startPayloadRouter(deps: PayloadRouterDeps): PayloadRouter {
	const { pollMs = 1_000, elapsed = () => performance.now() } = deps;
	let isLeftOver = false;
	let tookMs = 0;
	let endRest = () => {};

	async function rest(ms: number): Promise<void> {
		const rested = Promise.withResolvers<void>();
		const timer = setTimeout(rested.resolve, ms);
		endRest = rested.resolve;
		await rested.promise;
		clearTimeout(timer);
	}

	async function routeSome(): Promise<Next> {
		if (isLeftOver && tookMs > LONG_ROUND_MS) await rest(tookMs);
		else if (isLeftOver && deps.inbox.isBusy()) await delay(ROUND_WHILE_BUSY_MS);
		isLeftOver = false;
		const began = elapsed();
		const routed = await deps.route(PAYLOADS_A_ROUND);
		tookMs = elapsed() - began;
		if (routed.payloads + routed.newEvents > 0) deps.onRouted(routed);
		isLeftOver = routed.isMoreWaiting;
		return isLeftOver ? 'again' : 'rest';
	}

	const loop = startRunLoop({
		take: routeSome,
		restMs: () => pollMs,
		onFault: (cause) => deps.onFault(cause),
	});
	return {
		wake() {
			endRest();
			loop.ring();
		},
		settled: () => loop.settled(),
		stop() {
			endRest();
			return loop.stop();
		},
	};
}
