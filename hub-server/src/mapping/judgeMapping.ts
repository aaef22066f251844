import { isSame } from '../../protocol/xero';
import { labelOf, type ChartValue } from './ChartValue';
import { KIND_WORDS } from './kindWords';
import type { MappedValue, MappingDirection } from './Mapping';
import type { MappingVerdict, StoredMapping } from './mappingStore';

/** What is to be found in the chart. */
export type Sought = Pick<StoredMapping, 'kind' | 'value' | 'direction'> & {
	/** Xero's id of what it was when it was mapped; null where that is not known. */
	readonly xeroId: string | null;
};

export type Found =
	| { readonly ok: true; readonly value: ChartValue }
	/** Why, and what to do. */
	| { readonly ok: false; readonly reason: string };

/**
 * Finds what a mapping means in what the organisation has now. A thing that was renamed is found by its id, and
 * one that was made anew by its name; where both are there and differ, a person says which.
 *
 * @param values all of the kind that may be it, usable or not
 */
export function findInChart(sought: Sought, values: readonly ChartValue[]): Found {
	const words = KIND_WORDS[sought.kind];
	const named = values.filter((one) => isNamedSo(one, sought.value));
	const byName = named.find(({ trouble }) => trouble === null) ?? named[0];
	const byId = sought.xeroId === null ? undefined : values.find(({ id }) => id === sought.xeroId);
	const isMoved = byId?.trouble === null && !isNamedSo(byId, sought.value);
	if (isMoved && byName?.trouble === null) {
		return broken(
			`${textOf(sought.value)} is another ${words.one} in Xero now: what it was mapped to is called ` +
				`${textOf(byId.value)} since. Choose which of them is meant.`,
		);
	}
	const best = byId?.trouble === null ? byId : (byName ?? byId);
	if (best === undefined) {
		return broken(
			`The organisation has no ${words.one} ${textOf(sought.value)} any more. ${words.choose}`,
		);
	}
	const successor = values.find(
		({ id, trouble }) => trouble === null && id !== null && id === best.followedBy,
	);
	if (best.trouble !== null && successor !== undefined) return { ok: true, value: successor };
	if (best.trouble !== null) {
		return broken(`${labelOf(best)}: ${best.trouble}. ${words.mend}`);
	}
	if (!allows(best, sought.direction)) {
		return broken(
			`${labelOf(best)} cannot be used for ${sought.direction} in Xero. Choose a tax rate that can, or map it ` +
				'without a direction.',
		);
	}
	return { ok: true, value: best };
}

/** What a check of a mapping found, for the ledger. */
export function judgeMapping(
	mapping: Pick<StoredMapping, 'id'> & Sought,
	values: readonly ChartValue[],
): MappingVerdict {
	const { id } = mapping;
	const found = findInChart(mapping, values);
	if (!found.ok) return { id, state: 'broken', reason: found.reason };
	const { value, id: xeroId } = found.value;
	return { id, state: 'ok', reason: null, value, xeroId, label: labelOf(found.value) };
}

/** Whether Xero takes a value for that thing: by its code or name, or by its id. */
export function isNamedSo(
	{ kind, value, id, code, name }: ChartValue,
	named: MappedValue,
): boolean {
	if (typeof named === 'string') {
		return (
			(typeof value === 'string' && isSame(value, named)) ||
			(code !== null && isSame(code, named)) ||
			(id !== null && isSame(id, named)) ||
			// Bank accounts often have no code.
			(kind === 'payment_account' && code === null && isSame(name, named))
		);
	}
	return (
		typeof value !== 'string' &&
		isSame(value.category, named.category) &&
		isSame(value.option, named.option)
	);
}

/** As people say it. */
export function textOf(value: MappedValue): string {
	return typeof value === 'string' ? `"${value}"` : `"${value.category}: ${value.option}"`;
}

function allows(
	{ kind, suits }: Pick<ChartValue, 'kind' | 'suits'>,
	direction: MappingDirection | undefined,
): boolean {
	return kind !== 'tax_rate' || direction === undefined || suits[direction];
}

function broken(reason: string): Found {
	return { ok: false, reason };
}
