import type { DeletedTrigger, ParkedQueues } from '../subscriptions/parkedQueues';
import { startRunLoop, type Next } from '../work/runLoop';
import type { ProbeTrigger } from './probeTrigger';

export interface ParkKeeperDeps {
	readonly queues: ParkedQueues;
	readonly probe: ProbeTrigger;
	/** A trigger answered although it had been deleted. */
	onResumed(deleted: DeletedTrigger): void;
	onFault(cause: unknown): void;
	/** Default: 5,000. */
	readonly pollMs?: number;
}

/** Looks after parked queues: whether their trigger is there after all, and when they end. */
export interface ParkKeeper {
	/** Takes nothing more and waits for the probes under way. */
	stop(): Promise<void>;
}

const PROBES_A_ROUND = 20;

export function startParkKeeper(deps: ParkKeeperDeps): ParkKeeper {
	const { queues, probe, pollMs = 5_000 } = deps;

	async function ask(deleted: DeletedTrigger): Promise<void> {
		if (!(await probe(deleted.workspaceId, deleted.subscription))) {
			await queues.rest(deleted);
			return;
		}
		await queues.resume(deleted);
		deps.onResumed(deleted);
	}

	async function keep(): Promise<Next> {
		const ended = await queues.endExpired();
		const deleted = await queues.takeDeleted(PROBES_A_ROUND);
		await Promise.all(deleted.map(ask));
		return ended + deleted.length > 0 ? 'again' : 'rest';
	}

	const loop = startRunLoop({
		take: keep,
		restMs: () => pollMs,
		onFault: (cause) => deps.onFault(cause),
	});
	return { stop: () => loop.stop() };
}
