import { createSlots } from '../relay/slots';
import { startRunLoop, type Next } from '../work/runLoop';
import { queueOf } from './createPushLedger';
import type { PushLedger } from './PushLedger';
import type { RunPush } from './runPush';

/** Takes pushes further, turn by turn, until stopped. */
export interface PushRunner {
	/** Something may be due. */
	wake(): void;
	/** Begins no turn more, and waits for those under way. */
	stop(): Promise<void>;
}

/** Organisations that are pushed to at the same time; one that Xero does not answer holds one. */
const ORGANISATIONS = 16;

/** Claimed at a time, so that what is claimed was chosen knowing what is under way. */
const BATCH = 4;

/**
 * After a turn the push goes to the end of its organisation's line, and the organisation to the end of its workspace's:
 * a large push holds up no other.
 */
export function startPushRunner(deps: {
	readonly ledger: Pick<PushLedger, 'claim'>;
	readonly runPush: RunPush;
	readonly leaseMs: number;
	onFault(cause: unknown): void;
	/** How soon what another hub took is seen. */
	readonly pollMs?: number;
}): PushRunner {
	const { ledger, runPush, leaseMs, pollMs = 1_000 } = deps;
	const slots = createSlots();
	const running = new Set<Promise<void>>();
	const stopped = new AbortController();

	async function claimAndRun(): Promise<Next> {
		const free = ORGANISATIONS - slots.count();
		if (free <= 0) return 'rest';
		const claimed = await ledger.claim({
			leaseMs,
			slots: { free, limit: BATCH, inFlight: slots },
		});
		for (const one of claimed) {
			const { workspaceId, push } = one;
			const holder = { workspaceId, queueId: queueOf(workspaceId, push.tenantId), bytes: 0 };
			slots.take(holder);
			const task = runPush(one, stopped.signal)
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
