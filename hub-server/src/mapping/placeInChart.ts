import type { Chart, ChartAge, ChartOf } from './chart';
import { isListed, labelOf } from './ChartValue';
import { findInChart, textOf } from './judgeMapping';
import { KIND_WORDS } from './kindWords';
import type { Mapping } from './Mapping';
import type { NewMapping } from './mappingStore';
import { nearest } from './suggestValues';

/** What somebody wants a value to be mapped to. */
export type MappingWish = Pick<Mapping, 'system' | 'kind' | 'key' | 'value' | 'direction'>;

export interface WishFault {
	/** Which wish, from 0. */
	readonly index: number;
	/** Sentences: what the organisation has not, and what comes nearest. */
	readonly reason: string;
}

/**
 * Finds each wish in what the organisation has, and says of the others what comes nearest.
 *
 * @returns mappings in the order of the wishes, without those that cannot be
 * @throws what `Chart.find` throws
 */
export async function placeInChart(
	chart: Pick<Chart, 'find' | 'list'>,
	of: ChartOf,
	wishes: readonly MappingWish[],
): Promise<{ readonly placed: readonly NewMapping[]; readonly faults: readonly WishFault[] }> {
	const outcomes = new Map<number, NewMapping | WishFault>();
	const byKind = Map.groupBy(
		wishes.map((wish, index) => ({ ...wish, xeroId: null, index })),
		({ kind }) => kind,
	);
	for (const [kind, wished] of byKind) {
		let left = wished;
		// What nobody has read yet may have been made in Xero a moment ago.
		for (const age of ['kept', 'now'] satisfies readonly ChartAge[]) {
			const values = left.length === 0 ? [] : await chart.find(of, kind, left, age);
			for (const { index, ...wish } of left) {
				const found = findInChart(wish, values);
				if (found.ok) {
					const { value, id } = found.value;
					outcomes.set(index, { ...wish, value, xeroId: id, label: labelOf(found.value) });
					continue;
				}
				const isThere = values.some(
					({ trouble, ...one }) => trouble !== null && one.value === wish.value,
				);
				const near = isListed(kind) ? nearest(nameIn(wish.value), values).map(labelOf) : [];
				const reason = isThere
					? found.reason
					: `${found.reason.replace(' any more.', '.')}${near.length > 0 ? ` The nearest: ${near.join('; ')}.` : ''}`;
				outcomes.set(index, { index, reason });
			}
			left = left.filter(({ index }) => 'reason' in (outcomes.get(index) as object));
		}
	}
	const inOrder = wishes.map((_, index) => outcomes.get(index) as NewMapping | WishFault);
	return {
		placed: inOrder.filter((one): one is NewMapping => !('reason' in one)),
		faults: inOrder.filter((one): one is WishFault => 'reason' in one),
	};
}

/** What a wish is called in a sentence about it. */
export function wishText({ kind, key, value }: MappingWish): string {
	return `${KIND_WORDS[kind].one} "${key}" → ${textOf(value)}`;
}

function nameIn(value: Mapping['value']): string {
	return typeof value === 'string' ? value : value.option;
}
