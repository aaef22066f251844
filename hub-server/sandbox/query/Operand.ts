import type { Field, FieldType } from './Field';
import { parseError } from './parseError';

export type Value = string | number | boolean | undefined;

/** One side of a comparison. */
export interface Operand<Row> {
	readonly type: FieldType | 'Null';
	/** Undefined for a constant. */
	readonly field: Field<Row> | undefined;
	get(row: Row): Value;
}

export type Condition<Row> = (row: Row) => boolean;

export const COMPARISONS = {
	'==': (order: number) => order === 0,
	'!=': (order: number) => order !== 0,
	'<': (order: number) => order < 0,
	'<=': (order: number) => order <= 0,
	'>': (order: number) => order > 0,
	'>=': (order: number) => order >= 0,
} as const;
export type Operator = keyof typeof COMPARISONS;

export function isOperator(text: string): text is Operator {
	return Object.hasOwn(COMPARISONS, text);
}

export function constant(type: FieldType | 'Null', value: Value): Operand<unknown> {
	return { type, field: undefined, get: () => value };
}

/**
 * `left operator right`. An absent value is equal to `null` only, and neither before nor after anything.
 *
 * @throws ApiError QueryParseException where the types do not go together
 */
export function compare<Row>(
	left: Operand<Row>,
	operator: Operator,
	right: Operand<Row>,
): Condition<Row> {
	const isNullTest = left.type === 'Null' || right.type === 'Null';
	const isOrdering = operator !== '==' && operator !== '!=';
	const hasOrder = left.type !== 'Boolean' && left.type !== 'Guid' && !isNullTest;
	if ((!isNullTest && left.type !== right.type) || (isOrdering && !hasOrder)) {
		throw parseError(
			`Operator '${operator}' incompatible with operand types '${typeNameOf(left)}' and '${typeNameOf(right)}'`,
		);
	}

	const test = COMPARISONS[operator];
	return (row) => {
		const [a, b] = [comparable(left.get(row)), comparable(right.get(row))];
		if (a === undefined || b === undefined) {
			if (operator === '==') return a === b;
			return operator === '!=' && a !== b;
		}
		return test(a < b ? -1 : a > b ? 1 : 0);
	};
}

/** .NET's name of the type; a date of a record may be absent, a date in the filter is there. */
function typeNameOf<Row>({ type, field }: Operand<Row>): string {
	return type === 'DateTime' && field !== undefined ? 'DateTime?' : type;
}

/** Whether Xero has optimised this comparison for organisations with very many documents. */
export function isOptimised<Row>(
	left: Operand<Row>,
	operator: Operator,
	right: Operand<Row>,
): boolean {
	const optimised = (left.field ?? right.field)?.optimised;
	if (optimised === undefined || operator === '!=') return false;
	return operator === '==' || optimised === 'range';
}

function comparable(value: Value): string | number | undefined {
	if (typeof value === 'string') return value.toLowerCase();
	return typeof value === 'boolean' ? Number(value) : value;
}
