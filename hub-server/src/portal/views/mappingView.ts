import type { MappingKind } from '../../database/tables';
import { labelOf, type ChartValue } from '../../mapping/ChartValue';
import { isNamedSo } from '../../mapping/judgeMapping';
import type { MappedValue, MappingDirection } from '../../mapping/Mapping';
import { suggestValues, type Suggestion } from '../../mapping/suggestValues';

/** A list from which a person chooses what a value is in Xero. */
export interface ChoiceList {
	readonly groups: ReadonlyArray<{
		readonly label: string;
		readonly options: ReadonlyArray<{ readonly value: string; readonly label: string }>;
	}>;
	/** The option that is chosen; empty for none. */
	readonly chosen: string;
	/** Why it is suggested; undefined where it is not. */
	readonly because: string | undefined;
}

/** As a form sends it. */
export function choiceText(value: MappedValue): string {
	return JSON.stringify(value);
}

/**
 * What may be chosen, with what is likeliest chosen already: kinds that suit the document first, and of tax rates nothing
 * that Xero would refuse on it.
 *
 * @param current what it is mapped to
 */
export function choiceList(
	wanted: {
		readonly kind: MappingKind;
		readonly key: string;
		readonly direction?: MappingDirection | null | undefined;
	},
	values: readonly ChartValue[],
	current?: MappedValue,
): ChoiceList {
	const direction = wanted.direction ?? undefined;
	const suits = ({ suits: on }: ChartValue) => direction === undefined || on[direction];
	const usable = values.filter(
		(one) => one.trouble === null && (one.kind !== 'tax_rate' || suits(one)),
	);
	const ordered = [...usable.filter(suits), ...usable.filter((one) => !suits(one))];
	const [suggestion] = current === undefined ? suggestValues(wanted, values, 1) : [];
	const held =
		current === undefined ? suggestion?.value : usable.find((one) => isNamedSo(one, current));
	return {
		groups: [...Map.groupBy(ordered, ({ group }) => group)].map(([label, some]) => ({
			label,
			options: some.map((one) => ({ value: choiceText(one.value), label: labelOf(one) })),
		})),
		chosen: held === undefined ? '' : choiceText(held.value),
		because: suggestion && REASONS[suggestion.because],
	};
}

const REASONS: Readonly<Record<Suggestion['because'], string>> = {
	code: 'Suggested: the same code',
	name: 'Suggested: the same name',
	alike: 'Suggested: a name like it',
	rate: 'Suggested: the same percentage',
	usual: 'Suggested: what it usually is',
};

/** Rows of lists that a page can hold: each repeats all options. */
export function rowsAPage(values: readonly ChartValue[]): number {
	return Math.max(5, Math.min(25, Math.floor(OPTIONS_A_PAGE / Math.max(1, values.length))));
}

const OPTIONS_A_PAGE = 5_000;
