import { openBullLine, type BullLine } from './bullLine';
import type { Doorbell, Ring } from './Doorbell';
import { startRunLoop } from './runLoop';
import { turnOfTheEventLoop } from './turnOfTheEventLoop';

export interface BullDoorbellDeps {
	/** `redis://` or `rediss://`. */
	readonly url: string;
	/** Told when Redis comes and goes; `reason` is for the operator and holds no secret. */
	onState(state: 'up' | 'away', reason?: string): void;
	/** Redis works, and is set up so that rings may get lost. */
	onWarning(text: string): void;
}

/** How often Redis is asked whether it is there, and how long after a loss it is tried again. */
const LOOK_MS = 1_000;

/**
 * Rings beyond this that wait to be sent are dropped: each one that is heard makes a hub claim all that
 * is due, so more of them tell nothing more.
 */
const MAX_WAITING = 200;

/**
 * Rings hubs through Redis: each ring is one job of Bull's, which one of the hubs that answer takes. The
 * job holds nothing but the ring, is tried once and removed when heard; no job is delayed. While Redis
 * is away a hub hears its own rings, and the others find what is due in the ledger.
 *
 * Bull mends little by itself, so the line to Redis is thrown away at the first fault and made anew.
 */
export function createBullDoorbell(deps: BullDoorbellDeps): Doorbell {
	const { url } = deps;
	const closing = new Set<Promise<void>>();
	let line: BullLine | undefined;
	let hear: ((ring: Ring) => void) | undefined;
	let waiting: Ring[] = [];
	let sending: Promise<void> | undefined;
	let isClosed = false;
	let told: { readonly state: 'up' | 'away'; readonly warning: string | undefined } | undefined;

	function tell(state: 'up' | 'away', detail: { reason?: string; warning?: string } = {}): void {
		if (told?.state !== state) deps.onState(state, detail.reason);
		const { warning = told?.warning } = detail;
		if (warning !== undefined && warning !== told?.warning) deps.onWarning(warning);
		told = { state, warning };
	}

	function hangUp(cause: unknown): void {
		if (line) {
			const lost = line;
			line = undefined;
			const over = lost.hangUp().finally(() => closing.delete(over));
			closing.add(over);
		}
		// The message alone: what else an error of ioredis holds may be the password that it sent.
		if (!isClosed) tell('away', { reason: cause instanceof Error ? cause.message : String(cause) });
	}

	const keeper = startRunLoop({
		async take() {
			if (line === undefined) {
				line = await openBullLine({
					url,
					onLost() {
						hangUp(new Error('The connection was lost.'));
						keeper.ring();
					},
				});
				if (hear) line.answer(hear);
			} else await line.probe();
			if (line) tell('up', line.warning === undefined ? {} : { warning: line.warning });
			return 'rest';
		},
		restMs: () => LOOK_MS,
		onFault: hangUp,
	});

	async function send(): Promise<void> {
		// So that all who ring in one turn of the event loop are sent together.
		await turnOfTheEventLoop();
		while (waiting.length > 0) {
			const rings = waiting;
			waiting = [];
			const by = line;
			if (by === undefined) {
				rings.forEach((ring) => hear?.(ring));
				continue;
			}
			await by.add(rings).catch((cause: unknown) => {
				if (by === line) hangUp(cause);
				rings.forEach((ring) => hear?.(ring));
			});
		}
		sending = undefined;
	}

	return {
		ring(due) {
			if (isClosed) return;
			waiting.push(...due.slice(0, MAX_WAITING - waiting.length));
			if (waiting.length > 0) sending ??= send();
		},
		answer(heard) {
			hear = heard;
			line?.answer(heard);
		},
		state: () => (line === undefined ? 'away' : 'up'),
		async close() {
			if (!isClosed) {
				await sending;
				isClosed = true;
				hear = undefined;
				await keeper.stop();
				hangUp(undefined);
			}
			await Promise.all(closing);
		},
	};
}
