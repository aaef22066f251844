/** The numbers of a payload's first and last event, and when the payload came. */
export interface NumberedPayload {
	readonly first: number;
	readonly last: number;
	/** Epoch milliseconds. */
	readonly receivedAt: number;
}

/** What is known of the numbers under which Xero sends events to one delivery URL. */
export interface SequenceNumbering {
	/** The highest number that came, and when it did. */
	readonly last: number;
	readonly lastAt: number;
	/** Payloads one after the other without a hole. */
	readonly unbroken: number;
	readonly holes: readonly SequenceHole[];
}

/** Numbers that did not come between two payloads. */
export interface SequenceHole {
	readonly first: number;
	readonly last: number;
	/** When the payloads before and after it came, epoch milliseconds. */
	readonly from: number;
	readonly until: number;
	/** How long the numbers had been unbroken before. */
	readonly unbroken: number;
}

/**
 * What Xero numbers is not documented: the events of the app or those of an organisation. So a hole counts only
 * where the numbers have shown that they are without holes usually.
 */
export const TRUSTED_AFTER = 10;

/** More holes at a time are no numbering. */
const MOST_HOLES = 20;

/**
 * The numbering once a payload has come, in whatever order: what comes late fills its hole, what comes twice
 * changes nothing, and one whose numbers begin anew begins a new numbering.
 *
 * @param known undefined before the first
 */
export function noteSequence(
	known: SequenceNumbering | undefined,
	payload: NumberedPayload,
): SequenceNumbering {
	const { first, last, receivedAt } = payload;
	if (first < 1 || last < first) return known ?? NOTHING;
	if (known === undefined || known.last === 0) return anew(payload);
	if (first > known.last) {
		const isNext = first === known.last + 1;
		const hole: SequenceHole = {
			first: known.last + 1,
			last: first - 1,
			from: known.lastAt,
			until: receivedAt,
			unbroken: known.unbroken,
		};
		return {
			last,
			lastAt: receivedAt,
			unbroken: isNext ? known.unbroken + 1 : 0,
			holes: isNext ? known.holes : [...known.holes, hole].slice(-MOST_HOLES),
		};
	}
	const holes = known.holes.flatMap((hole) => withoutPart(hole, payload));
	const filled = known.holes.filter(
		(hole) => !holes.some((left) => left.until === hole.until && left.from === hole.from),
	);
	const isNew = last > known.last;
	// One, of one event, is what a numbering begins with: after more than a few it has begun anew.
	const beginsAnew = first === 1 && !isNew && filled.length === 0 && known.last > last + MOST_HOLES;
	if (beginsAnew) return anew(payload);
	return {
		last: isNew ? last : known.last,
		lastAt: isNew ? receivedAt : known.lastAt,
		unbroken: filled.reduce((sum, hole) => sum + hole.unbroken, known.unbroken),
		holes,
	};
}

/** The holes that have stood since before then, of numbers that had none usually. */
export function trustedHoles(
	{ holes }: SequenceNumbering,
	noticedBefore: number,
): readonly SequenceHole[] {
	return holes.filter(({ until, unbroken }) => until <= noticedBefore && unbroken >= TRUSTED_AFTER);
}

const NOTHING: SequenceNumbering = { last: 0, lastAt: 0, unbroken: 0, holes: [] };

function anew({ last, receivedAt }: NumberedPayload): SequenceNumbering {
	return { last, lastAt: receivedAt, unbroken: 1, holes: [] };
}

function withoutPart(
	hole: SequenceHole,
	{ first, last }: Pick<NumberedPayload, 'first' | 'last'>,
): SequenceHole[] {
	if (last < hole.first || first > hole.last) return [hole];
	return [
		...(first > hole.first ? [{ ...hole, last: first - 1 }] : []),
		...(last < hole.last ? [{ ...hole, first: last + 1 }] : []),
	];
}
