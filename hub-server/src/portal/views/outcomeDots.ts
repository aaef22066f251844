import type { DeliveryStatus } from '../../database/tables';
import { textOf } from '../show/texts';

/** What became of some deliveries of an event. */
export interface OutcomeDot {
	readonly tone: 'good' | 'info' | 'warn' | 'bad' | '';
	/** Such as `2 delivered`. */
	readonly words: string;
	/** As many as are drawn. */
	readonly count: number;
}

/** What needs a person comes first. */
const SHOWN: readonly (readonly [DeliveryStatus, OutcomeDot['tone'], string])[] = [
	['dead', 'bad', 'failed'],
	['pending', 'info', 'on the way'],
	['waiting', 'warn', 'waiting for the record'],
	['delivered', 'good', 'delivered'],
	['filtered', '', 'filtered'],
	['cancelled', '', 'cancelled'],
];

const DRAWN_AT_MOST = 5;

/** A dot for each delivery, five of a kind at most; the words say how many there are. */
export function outcomeDots(counts: ReadonlyMap<DeliveryStatus, number>): readonly OutcomeDot[] {
	return SHOWN.flatMap(([status, tone, words]) => {
		const count = counts.get(status) ?? 0;
		if (count === 0) return [];
		return [
			{ tone, words: `${textOf.count(count)} ${words}`, count: Math.min(count, DRAWN_AT_MOST) },
		];
	});
}
