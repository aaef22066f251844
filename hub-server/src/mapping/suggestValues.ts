import { isSame } from '../../protocol/xero';
import type { MappingKind } from '../database/tables';
import type { ChartValue } from './ChartValue';
import { isNamedSo } from './judgeMapping';
import { likeness } from './likeness';
import type { MappingDirection } from './Mapping';

export interface Suggestion {
	readonly value: ChartValue;
	/** What speaks for it. */
	readonly because: 'code' | 'name' | 'alike' | 'rate' | 'usual';
}

/** Below it names share no more than chance gives them. */
const ALIKE = 0.45;

/**
 * What a value of another system most likely is: the same code, the same name, an alike one, a tax rate of the same
 * percentage, and last what such values usually are. For a person to confirm, never to be saved by itself.
 *
 * @param values of the kind
 * @param direction of the document where it stood
 * @returns the likeliest first; none where nothing speaks for any
 */
export function suggestValues(
	wanted: {
		readonly kind: MappingKind;
		readonly key: string;
		readonly direction?: MappingDirection | null | undefined;
	},
	values: readonly ChartValue[],
	limit = 3,
): readonly Suggestion[] {
	const direction = wanted.direction ?? undefined;
	const rated = values
		.filter(({ trouble }) => trouble === null)
		.map((value) => ({ value, ...rate(wanted, value) }))
		.filter(({ score }) => score > 0)
		// Another side's tax rate would be refused, and its accounts are meant only where they are named outright.
		.filter(
			({ value, because }) =>
				direction === undefined ||
				value.suits[direction] ||
				(wanted.kind !== 'tax_rate' && because !== 'alike'),
		)
		.sort((a, b) => b.score - a.score);
	const best = rated.slice(0, limit).map(({ value, because }) => ({ value, because }));
	if (best.length > 0) return best;
	const usual = usualValue(wanted.kind, values, direction);
	return usual === undefined ? [] : [{ value: usual, because: 'usual' }];
}

function rate(
	{ kind, key }: { readonly kind: MappingKind; readonly key: string },
	value: ChartValue,
): { readonly score: number; readonly because: Suggestion['because'] } {
	if (isNamedSo(value, key)) return { score: 3, because: 'code' };
	if (isSame(value.name, key)) return { score: 2, because: 'name' };
	const alike = kind === 'account' ? likeAccounts(value.name, key) : likeness(value.name, key);
	if (alike >= ALIKE) return { score: alike, because: 'alike' };
	if (kind === 'tax_rate' && percentageOf(key) === value.group) {
		return { score: 0.4, because: 'rate' };
	}
	return { score: 0, because: 'alike' };
}

/** By what tells accounts apart: half of them are some income or some expense. */
function likeAccounts(one: string, other: string): number {
	const [a, b] = [one, other].map((name) => name.replace(GENERIC_WORDS, ' ').trim());
	return a && b ? likeness(a, b) : likeness(one, other);
}

const GENERIC_WORDS = /\b(?:accounts?|costs?|expenses?|incomes?|revenues?|sales)\b/gi;

/** Such as `20%` of "VAT 20", and of "vat20.0". */
function percentageOf(key: string): string | undefined {
	const number = /(\d+(?:[.,]\d+)?)/.exec(key)?.[1];
	return number === undefined ? undefined : `${Number(number.replace(',', '.'))}%`;
}

/** What new users choose in Xero's own screens: the account named Sales, the organisation's bank account. */
function usualValue(
	kind: MappingKind,
	values: readonly ChartValue[],
	direction: MappingDirection | undefined,
): ChartValue | undefined {
	const usable = values.filter(({ trouble }) => trouble === null);
	if (kind === 'account' && direction !== undefined) {
		const suiting = usable.filter(({ suits }) => suits[direction]);
		const names = USUAL_NAMES[direction];
		return (
			suiting.find(({ name }) => names.some((usual) => isSame(usual, name))) ??
			suiting.find(({ name }) => names.some((usual) => likeness(usual, name) >= ALIKE))
		);
	}
	if (kind === 'payment_account' || kind === 'currency') {
		return usable.length === 1 ? usable[0] : undefined;
	}
	return undefined;
}

const USUAL_NAMES: Readonly<Record<MappingDirection, readonly string[]>> = {
	sales: ['Sales'],
	purchases: ['General Expenses', 'Purchases'],
};

/** Those that a person may have meant, for a sentence. */
export function nearest(
	named: string,
	values: readonly ChartValue[],
	limit = 3,
): readonly ChartValue[] {
	return values
		.filter(({ trouble }) => trouble === null)
		.map((value) => ({
			value,
			score: Math.max(likeness(value.name, named), likeness(value.code ?? '', named)),
		}))
		.sort((a, b) => b.score - a.score)
		.slice(0, limit)
		.map(({ value }) => value);
}
