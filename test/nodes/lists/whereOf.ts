import type { IDataObject } from 'n8n-workflow';

/** One comparison of a `where`, as far as the node's own filters make them. */
export interface Comparison {
	/** Such as `Contact.ContactID`. */
	readonly field: string;
	readonly operator: '==' | '>=' | '<=';
	readonly value: string | number | boolean;
}

const COMPARISON = /^([\w.]+)(==|>=|<=)(.+)$/;
const LITERALS: ReadonlyArray<readonly [RegExp, (found: RegExpExecArray) => Comparison['value']]> =
	[
		[/^"(.*)"$/, ([, text = '']) => text.replace(/\\(.)/g, '$1')],
		[/^Guid\("(.*)"\)$/, ([, id = '']) => id],
		[
			/^DateTime\((\d+),(\d+),(\d+)\)$/,
			([, year = '', month = '', day = '']) =>
				`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
		],
		[/^(true|false)$/, ([flag]) => flag === 'true'],
		[/^(-?[\d.]+)$/, ([number]) => Number(number)],
	];

/** The comparisons that must all hold, each of them one of several. */
export function comparisonsOf(where: string): Comparison[][] {
	return where.split(' AND ').map((part) =>
		part
			.replace(/^\((.*)\)$/, '$1')
			.split(' OR ')
			.map(comparisonOf),
	);
}

function comparisonOf(text: string): Comparison {
	const [, field = '', operator, literal = ''] = COMPARISON.exec(text) ?? [];
	for (const [pattern, read] of LITERALS) {
		const found = pattern.exec(literal);
		if (found !== null) {
			return { field, operator: operator as Comparison['operator'], value: read(found) };
		}
	}
	throw new Error(`Not a comparison that this test can read: ${text}`);
}

/** What a record has at a path such as `Contact.ContactID`. */
export function valueAt(record: IDataObject, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, name) => (value as IDataObject | undefined)?.[name], record);
}

/** Whether a record as the node gives it out (not simplified) is meant. */
export function isMeant(record: IDataObject, comparisons: readonly Comparison[][]): boolean {
	return comparisons.every((some) => some.some((one) => holds(record, one)));
}

function holds(record: IDataObject, { field, operator, value }: Comparison): boolean {
	const present = comparable(valueAt(record, field));
	const wanted = comparable(value);
	if (present === undefined || wanted === undefined) return false;
	if (operator === '==') return present === wanted;
	return operator === '>=' ? present >= wanted : present <= wanted;
}

/** Xero compares texts without regard to case. */
function comparable(value: unknown): string | number | undefined {
	if (typeof value === 'number') return value;
	return value === undefined || value === null ? undefined : String(value).toLowerCase();
}
