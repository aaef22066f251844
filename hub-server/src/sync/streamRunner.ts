import { createSlots } from '../relay/slots';
import { startRunLoop, type Next } from '../work/runLoop';
import type { RunStep } from './runStep';
import type { StreamLedger } from './streamLedger';

export interface StreamRunnerDeps {
	readonly ledger: Pick<StreamLedger, 'claim'>;
	readonly runStep: RunStep;
	readonly leaseMs: number;
	onFault(cause: unknown): void;
	readonly pollMs?: number;
}

/** Connections that are read at the same time; one that Xero does not answer holds one. */
const CONNECTIONS = 16;

/** Claimed at a time, so that what is claimed was chosen knowing what is under way. */
const BATCH = 4;

/**
 * Runs what is due until stopped. A turn is one call of Xero's and the storing of its answer; then the stream
 * goes to the end of the line, so that a workspace with a long list holds up no other.
 */
export interface StreamRunner {
	/** Something may be due. */
	wake(): void;
	/** Begins no turn more, and waits for those under way. */
	stop(): Promise<void>;
}

export function startStreamRunner(deps: StreamRunnerDeps): StreamRunner {
	const { ledger, runStep, leaseMs, pollMs = 1_000 } = deps;
	const slots = createSlots();
	const running = new Set<Promise<void>>();
	const stopped = new AbortController();

	async function claimAndRun(): Promise<Next> {
		const free = CONNECTIONS - slots.count();
		if (free <= 0) return 'rest';
		const claimed = await ledger.claim({
			leaseMs,
			slots: { free, limit: BATCH, inFlight: slots },
		});
		for (const one of claimed) {
			const { workspaceId, connectionId } = one.stream;
			const holder = { workspaceId, queueId: connectionId, bytes: 0 };
			slots.take(holder);
			const task = runStep(one, stopped.signal)
				.catch((cause: unknown) => deps.onFault(cause))
				.finally(() => {
					slots.giveBack(holder);
					running.delete(task);
					loop.ring();
				});
			running.add(task);
		}
		return claimed.length > 0 ? 'again' : 'rest';
	}

	const loop = startRunLoop({
		take: claimAndRun,
		restMs: () => pollMs,
		onFault: (cause) => deps.onFault(cause),
	});
	return {
		wake: () => loop.ring(),
		async stop() {
			stopped.abort();
			await loop.stop();
			await Promise.all(running);
		},
	};
}
