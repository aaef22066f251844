import { ApiError } from '../apiError';
import { findField, type Field, type Fields, type FieldType } from './Field';
import { tokenize, type Token } from './tokenize';

export interface Where<Row> {
	matches(row: Row): boolean;
	/** Whether every condition is one that Xero has optimised for very large organisations. */
	readonly optimised: boolean;
}

type Value = string | number | boolean | undefined;

interface Operand<Row> {
	readonly type: FieldType | 'Null';
	readonly field: Field<Row> | undefined;
	get(row: Row): Value;
}

/**
 * Reads Xero's C#-like filter: comparisons with `== != < > <= >=`, `AND`, `OR`, brackets,
 * `Contains`, `StartsWith` and `EndsWith`, with `DateTime(…)`, `Guid("…")`, text, numbers, `true`,
 * `false` and `null`. Text compares without regard to case, as in Xero's database.
 *
 * @throws ApiError QueryParseException
 * @see https://developer.xero.com/documentation/api/accounting/requests-and-responses
 */
export function parseWhere<Row>(text: string, fields: Fields<Row>, typeName: string): Where<Row> {
	const reader = createReader(tokenize(text));
	let optimised = true;

	function disjunction(): (row: Row) => boolean {
		const branches = [conjunction()];
		while (reader.takeWord('or') || reader.takeSymbol('||')) branches.push(conjunction());
		if (branches.length === 1) return branches[0] as (row: Row) => boolean;
		return (row) => branches.some((matches) => matches(row));
	}

	function conjunction(): (row: Row) => boolean {
		const conditions = [negation()];
		while (reader.takeWord('and') || reader.takeSymbol('&&')) conditions.push(negation());
		if (conditions.length === 1) return conditions[0] as (row: Row) => boolean;
		return (row) => conditions.every((matches) => matches(row));
	}

	function negation(): (row: Row) => boolean {
		if (reader.takeWord('not') || reader.takeSymbol('!')) {
			const inner = negation();
			optimised = false;
			return (row) => !inner(row);
		}
		if (reader.takeSymbol('(')) {
			const inner = disjunction();
			reader.expectSymbol(')');
			return inner;
		}
		return condition();
	}

	function condition(): (row: Row) => boolean {
		const left = operand();
		if (typeof left === 'function') return left;
		const operator = reader.takeOperator();
		if (operator === undefined) {
			if (left.type !== 'Boolean') throw parseError("Expression of type 'Boolean' expected");
			optimised = false;
			return (row) => left.get(row) === true;
		}
		const right = operand();
		if (typeof right === 'function')
			throw parseError(`Operator '${operator}' cannot be applied to a method`);
		optimised &&= isOptimised(left.field ?? right.field, operator);
		return compare(left, operator, right);
	}

	/** A value, or a condition of its own when it ends in `Contains`, `StartsWith` or `EndsWith`. */
	function operand(): Operand<Row> | ((row: Row) => boolean) {
		const token = reader.take();
		switch (token.kind) {
			case 'string':
				return constant('String', token.value);
			case 'number':
				return constant('Decimal', token.value);
			case 'name':
				return named(token.text);
			default:
				throw parseError('Expression expected');
		}
	}

	function named(first: string): Operand<Row> | ((row: Row) => boolean) {
		switch (first.toLowerCase()) {
			case 'true':
				return constant('Boolean', true);
			case 'false':
				return constant('Boolean', false);
			case 'null':
				return constant('Null', undefined);
			case 'guid':
				return constant('Guid', guidArgument());
			case 'datetime':
				return constant('DateTime', dateArguments());
			default:
				return path(first);
		}
	}

	function path(first: string): Operand<Row> | ((row: Row) => boolean) {
		let name = first;
		let current: Operand<Row> | undefined;
		while (reader.takeSymbol('.')) {
			const next = reader.take();
			if (next.kind !== 'name') throw parseError('Identifier expected');
			if (!reader.takeSymbol('(')) {
				name += `.${next.text}`;
				continue;
			}
			current ??= fieldOperand(name);
			optimised = false;
			const method = next.text.toLowerCase();
			if (method in CONVERSIONS) {
				reader.expectSymbol(')');
				current = converted(current, CONVERSIONS[method as keyof typeof CONVERSIONS]);
				continue;
			}
			return textTest(current, method, next.text);
		}
		return current ?? fieldOperand(name);
	}

	function fieldOperand(name: string): Operand<Row> {
		const field = findField(fields, name);
		if (field === undefined)
			throw parseError(`No property or field '${name}' exists in type '${typeName}'`);
		return { type: field.type, field, get: (row) => field.get(row) };
	}

	function textTest(
		subject: Operand<Row>,
		method: string,
		spelling: string,
	): (row: Row) => boolean {
		const argument = reader.take();
		if (argument.kind !== 'string')
			throw parseError(`No applicable method '${spelling}' exists in type 'String'`);
		reader.expectSymbol(')');
		const test = TEXT_TESTS[method as keyof typeof TEXT_TESTS];
		if (test === undefined || subject.type !== 'String') {
			throw parseError(`No applicable method '${spelling}' exists in type '${subject.type}'`);
		}
		const wanted = argument.value.toLowerCase();
		const matches = (row: Row): boolean => {
			const value = subject.get(row);
			return typeof value === 'string' && test(value.toLowerCase(), wanted);
		};
		if (reader.takeEquality() === undefined) return matches;
		const expected = reader.takeWord('true') || (reader.expectWord('false'), false);
		return (row) => matches(row) === expected;
	}

	function guidArgument(): string {
		reader.expectSymbol('(');
		const token = reader.take();
		reader.expectSymbol(')');
		if (token.kind !== 'string' || !GUID.test(token.value)) {
			throw parseError(
				'Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).',
			);
		}
		return token.value.toLowerCase();
	}

	function dateArguments(): number {
		if (reader.takeSymbol('.')) {
			reader.expectWord('parse');
			reader.expectSymbol('(');
			const token = reader.take();
			reader.expectSymbol(')');
			const ms =
				token.kind === 'string'
					? Date.parse(`${token.value}${/T/.test(token.value) ? 'Z' : ''}`)
					: Number.NaN;
			if (Number.isNaN(ms)) throw parseError('String was not recognized as a valid DateTime.');
			return ms;
		}
		reader.expectSymbol('(');
		const parts: number[] = [];
		do {
			const token = reader.take();
			if (token.kind !== 'number')
				throw parseError("No applicable constructor exists in type 'DateTime'");
			parts.push(token.value);
		} while (reader.takeSymbol(','));
		reader.expectSymbol(')');
		const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = parts;
		const ms = Date.UTC(year, month - 1, day, hours, minutes, seconds);
		const isReal = new Date(ms).getUTCMonth() === month - 1 && new Date(ms).getUTCDate() === day;
		if (parts.length < 3 || parts.length > 6 || !isReal) {
			throw parseError('Year, Month, and Day parameters describe an un-representable DateTime.');
		}
		return ms;
	}

	const matches = disjunction();
	reader.expectEnd();
	return { matches, optimised };
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const TEXT_TESTS = {
	contains: (value: string, wanted: string) => value.includes(wanted),
	startswith: (value: string, wanted: string) => value.startsWith(wanted),
	endswith: (value: string, wanted: string) => value.endsWith(wanted),
};

const CONVERSIONS = {
	tostring: (value: string) => value,
	tolower: (value: string) => value.toLowerCase(),
	toupper: (value: string) => value.toUpperCase(),
};

function converted<Row>(operand: Operand<Row>, convert: (value: string) => string): Operand<Row> {
	return {
		type: 'String',
		field: operand.field,
		get: (row) => {
			const value = operand.get(row);
			return value === undefined ? undefined : convert(String(value));
		},
	};
}

function constant(type: FieldType | 'Null', value: Value): Operand<never> & { get(): Value } {
	return { type, field: undefined, get: () => value };
}

function compare<Row>(
	left: Operand<Row>,
	operator: string,
	right: Operand<Row>,
): (row: Row) => boolean {
	const isNullTest = left.type === 'Null' || right.type === 'Null';
	const isOrdering = operator !== '==' && operator !== '!=';
	const hasOrder = left.type !== 'Boolean' && left.type !== 'Guid' && !isNullTest;
	if ((!isNullTest && left.type !== right.type) || (isOrdering && !hasOrder)) {
		throw parseError(
			`Operator '${operator}' incompatible with operand types '${left.type}' and '${right.type}'`,
		);
	}

	const test = COMPARISONS[operator as keyof typeof COMPARISONS];
	return (row) => {
		const [a, b] = [comparable(left.get(row)), comparable(right.get(row))];
		if (a === undefined || b === undefined) {
			if (operator === '==') return a === b;
			return operator === '!=' && a !== b;
		}
		return test(a < b ? -1 : a > b ? 1 : 0);
	};
}

const COMPARISONS = {
	'==': (order: number) => order === 0,
	'!=': (order: number) => order !== 0,
	'<': (order: number) => order < 0,
	'<=': (order: number) => order <= 0,
	'>': (order: number) => order > 0,
	'>=': (order: number) => order >= 0,
};

function comparable(value: Value): string | number | undefined {
	if (typeof value === 'string') return value.toLowerCase();
	return typeof value === 'boolean' ? Number(value) : value;
}

function isOptimised(
	field: { readonly optimised?: 'equality' | 'range' } | undefined,
	operator: string,
): boolean {
	if (field?.optimised === undefined || operator === '!=') return false;
	return operator === '==' || field.optimised === 'range';
}

function createReader(tokens: readonly Token[]) {
	let position = 0;
	const peek = (): Token => tokens[position] ?? { kind: 'end' };
	const takeIf = (wanted: boolean): boolean => {
		if (wanted) position += 1;
		return wanted;
	};
	const takeWord = (word: string): boolean => {
		const token = peek();
		return takeIf(token.kind === 'name' && token.text.toLowerCase() === word);
	};
	const takeSymbol = (symbol: string): boolean => {
		const token = peek();
		return takeIf(token.kind === 'symbol' && token.text === symbol);
	};

	return {
		take(): Token {
			const token = peek();
			position += 1;
			return token;
		},
		takeWord,
		takeSymbol,
		takeOperator(): string | undefined {
			const token = peek();
			if (token.kind !== 'symbol') return undefined;
			const operator = { '=': '==', '<>': '!=' }[token.text] ?? token.text;
			return takeIf(Object.hasOwn(COMPARISONS, operator)) ? operator : undefined;
		},
		takeEquality(): string | undefined {
			return takeSymbol('==') || takeSymbol('=') ? '==' : undefined;
		},
		expectSymbol(symbol: string): void {
			if (!takeSymbol(symbol)) throw parseError(`'${symbol}' expected`);
		},
		expectWord(word: string): void {
			if (!takeWord(word)) throw parseError(`'${word}' expected`);
		},
		expectEnd(): void {
			if (peek().kind !== 'end') throw parseError('Syntax error');
		},
	};
}

function parseError(message: string): ApiError {
	return new ApiError('QueryParseException', message);
}
