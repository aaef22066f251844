import { startRunLoop } from '../work/runLoop';
import type { ReplayLedger } from './replayLedger';

export interface ReplayRunnerDeps {
	readonly replays: Pick<ReplayLedger, 'step'>;
	onFault(cause: unknown): void;
	/** How often it is looked for new ones. Default: 1,000. */
	readonly pollMs?: number;
	/** Between two steps, so that replays leave the ledger to others most of the time. Default: 50. */
	readonly stepMs?: number;
}

/** Takes replays of time ranges further, step by step, those of each workspace at the same pace. */
export interface ReplayRunner {
	/** Ends after the step under way; the next start goes on from there. */
	stop(): Promise<void>;
}

export function startReplayRunner(deps: ReplayRunnerDeps): ReplayRunner {
	const { pollMs = 1_000, stepMs = 50 } = deps;
	let isUnderWay = false;
	const loop = startRunLoop({
		async take() {
			isUnderWay = false;
			isUnderWay = await deps.replays.step();
			return 'rest';
		},
		restMs: () => (isUnderWay ? stepMs : pollMs),
		onFault: (cause) => deps.onFault(cause),
	});
	return { stop: () => loop.stop() };
}
