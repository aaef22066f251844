/** One stream of an organisation that runs again and again. */
export interface WantedInterval {
	readonly id: string;
	/** Seconds between two runs, as asked for. */
	readonly everySeconds: number;
	/** Calls of one run: one where nothing changed. */
	readonly callsARun: number;
	/**
	 * Its share where there are not enough calls for all. What no webhook tells is worth more than what one
	 * does.
	 */
	readonly weight: number;
}

const DAY_SECONDS = 86_400;

/**
 * Seconds between two runs of each stream of an organisation, so that all of them together stay within the
 * calls of a day. Streams keep what they ask for while there is room. Where there is not, those that ask for
 * most give way first: each gets as many runs as it wants or as many as its weight is worth. Every stream runs
 * once a day at least, so that nothing stands still, even where that goes beyond the calls.
 *
 * @param callsADay what streams may use of the organisation's calls a day; those with a time table have been
 *   taken off
 */
export function stretchIntervals(
	streams: readonly WantedInterval[],
	callsADay: number,
): ReadonlyMap<string, number> {
	const share = fairShare(streams, callsADay);
	return new Map(
		streams.map((stream) => {
			const runs = Math.max(1, share * stream.weight);
			return [
				stream.id,
				runs >= wantedRuns(stream) ? stream.everySeconds : Math.ceil(DAY_SECONDS / runs),
			];
		}),
	);
}

/** How many runs a day a weight of one is worth, so that no calls are left over while one wants them. */
function fairShare(streams: readonly WantedInterval[], callsADay: number): number {
	const modest = [...streams].sort((a, b) => wantedShare(a) - wantedShare(b));
	let calls = callsADay;
	let weights = modest.reduce((sum, { weight, callsARun }) => sum + weight * callsARun, 0);
	for (const stream of modest) {
		if (wantedShare(stream) * weights > calls) return Math.max(0, calls) / weights;
		calls -= wantedRuns(stream) * stream.callsARun;
		weights -= stream.weight * stream.callsARun;
	}
	return Number.POSITIVE_INFINITY;
}

function wantedRuns({ everySeconds }: WantedInterval): number {
	return DAY_SECONDS / everySeconds;
}

function wantedShare(stream: WantedInterval): number {
	return wantedRuns(stream) / stream.weight;
}
