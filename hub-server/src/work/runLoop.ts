import { setTimeout as delay } from 'node:timers/promises';
import { turnOfTheEventLoop } from './turnOfTheEventLoop';

/** Whether a take is followed by another at once (there may be more), or by a rest. */
export type Next = 'again' | 'rest';

export interface RunLoopOptions {
	/**
	 * Looks for work and takes it. No two takes of a loop run at a time.
	 *
	 * @param stopped aborted when the loop is to stop: for a take that does several things
	 */
	take(stopped: AbortSignal): Promise<Next>;
	/** Told what a take threw. The loop goes on after its whole rest, however often it is rung. */
	onFault(cause: unknown): void;
	/** How long the next rest is when nobody rings, in milliseconds. */
	restMs(): number;
	/** Resolves after `ms`, or soon after `ended` is aborted. Default: a timer. */
	readonly rest?: Rest | undefined;
	/** Milliseconds that no clock change moves. Default: `performance.now`. */
	readonly elapsed?: (() => number) | undefined;
}

export type Rest = (ms: number, ended: AbortSignal) => Promise<void>;

/** Work that is taken again and again until stopped; the first take begins at once. */
export interface RunLoop {
	/** There may be work: ends the rest. A ring during a take is followed by another take. */
	ring(): void;
	/** Rings; resolves once a take that began after this call left nothing over, failed, or will not come. */
	settled(): Promise<void>;
	/** Milliseconds since a take last ended without a fault, or since the start. */
	silentMs(): number;
	/** Begins no take more and waits for the one under way. Idempotent. */
	stop(): Promise<void>;
}

export function startRunLoop(options: RunLoopOptions): RunLoop {
	const { take, onFault, restMs, rest = timer, elapsed = () => performance.now() } = options;
	const stopped = new AbortController();
	let lastGoodAt = elapsed();
	let rung = false;
	let endRest = () => {};
	let waiting: Array<() => void> = [];

	async function takeOnce(): Promise<Next | 'fault'> {
		try {
			const next = await take(stopped.signal);
			lastGoodAt = elapsed();
			return next;
		} catch (cause) {
			onFault(cause);
			return 'fault';
		}
	}

	async function sleep(ringEndsIt: boolean): Promise<void> {
		const ended = new AbortController();
		const end = () => ended.abort();
		stopped.signal.addEventListener('abort', end);
		if (ringEndsIt) endRest = end;
		await rest(restMs(), ended.signal);
		endRest = () => {};
		stopped.signal.removeEventListener('abort', end);
	}

	async function loop(): Promise<void> {
		let served: typeof waiting = [];
		while (!stopped.signal.aborted) {
			rung = false;
			served = [...served, ...waiting];
			waiting = [];
			const next = await takeOnce();
			if (next === 'again') {
				await turnOfTheEventLoop();
				continue;
			}
			for (const resolve of served) resolve();
			served = [];
			if (stopped.signal.aborted || (rung && next === 'rest')) continue;
			await sleep(next === 'rest');
		}
		for (const resolve of [...served, ...waiting]) resolve();
	}

	function ring(): void {
		rung = true;
		endRest();
	}

	const ended = loop();
	return {
		ring,
		settled: () =>
			new Promise((resolve) => {
				if (stopped.signal.aborted) return resolve();
				waiting.push(resolve);
				ring();
			}),
		silentMs: () => elapsed() - lastGoodAt,
		async stop() {
			stopped.abort();
			await ended;
		},
	};
}

const timer: Rest = async (ms, ended) => {
	await delay(ms, undefined, { signal: ended }).catch(() => undefined);
};
