import type { Log } from '../Log';
import { untilCut } from '../work/untilCut';

/** A delivery is answered within 20 s or not at all (`relay/sendDelivery`). */
const CUT_AFTER_MS = 20_500;

/** For each of four stages, once it was cut: all of them end before Docker's 30 s and systemd's 90 s. */
const LAST_MS = 1_000;

/**
 * Stops one stage after the other, each with its end: what is left after 20 s is cut off, and so is
 * what is left when there is a hurry. A stage that fails holds up none that follows.
 *
 * @param stages gets the signal of the cut
 */
export async function stopInStages(
	stages: (cut: AbortSignal) => ReadonlyArray<() => Promise<unknown>>,
	log: Pick<Log, 'warn' | 'error'>,
	hurry?: AbortSignal,
): Promise<void> {
	const cut = new AbortController();
	const timer = setTimeout(() => cut.abort(), CUT_AFTER_MS);
	hurry?.addEventListener('abort', () => cut.abort());
	if (hurry?.aborted === true) cut.abort();
	for (const stage of stages(cut.signal)) {
		try {
			if (await untilCut(stage(), cut.signal, LAST_MS)) continue;
			log.warn({}, 'Stopping took too long: what was under way is cut off, and done again later.');
		} catch (cause) {
			log.error({ err: cause }, 'Something could not be stopped well; stopping goes on.');
		}
	}
	clearTimeout(timer);
}
