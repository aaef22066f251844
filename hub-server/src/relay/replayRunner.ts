import { startRunLoop } from '../work/runLoop';
import type { ReplayLedger } from './replayLedger';

export interface ReplayRunnerDeps {
	readonly replays: Pick<ReplayLedger, 'step'>;
	onFault(cause: unknown): void;
	/** How often it is looked for new ones. Default: 1,000. */
	readonly pollMs?: number;
	/** Least rest between two steps; a longer one is followed by a rest as long as itself. Default: 50. */
	readonly stepMs?: number;
	/** Milliseconds that no clock change moves. Default: `performance.now`. */
	readonly elapsed?: () => number;
}

/** Takes replays of time ranges further, step by step, those of each workspace at the same pace. */
export interface ReplayRunner {
	/** Ends after the step under way; the next start goes on from there. */
	stop(): Promise<void>;
}

export function startReplayRunner(deps: ReplayRunnerDeps): ReplayRunner {
	const { pollMs = 1_000, stepMs = 50, elapsed = () => performance.now() } = deps;
	let isUnderWay = false;
	let tookMs = 0;
	const loop = startRunLoop({
		async take() {
			isUnderWay = false;
			const began = elapsed();
			isUnderWay = await deps.replays.step();
			tookMs = elapsed() - began;
			return 'rest';
		},
		restMs: () => (isUnderWay ? Math.max(stepMs, tookMs) : pollMs),
		onFault: (cause) => deps.onFault(cause),
	});
	return { stop: () => loop.stop() };
}
