import { createTokenReader, type TokenReader } from './createTokenReader';
import { findField, unknownField, type Field, type Fields } from './Field';
import { compare, constant, isOptimised, type Condition, type Operand } from './Operand';
import { parseError } from './parseError';
import { readLiteral } from './readLiteral';
import { tokenize } from './tokenize';

export interface Where<Row> {
	readonly matches: Condition<Row>;
	/** Whether every condition is one that Xero has optimised for very large organisations. */
	readonly optimised: boolean;
}

/**
 * Reads Xero's C#-like filter: comparisons with `== != < > <= >=`, `AND`, `OR`, brackets,
 * `Contains`, `StartsWith` and `EndsWith`, with `DateTime(…)`, `Guid("…")`, text, numbers, `true`,
 * `false` and `null`. Text compares without regard to case, as in Xero's database.
 *
 * @param typeName the resource as Xero names it in its messages, e.g. `Invoice`
 * @param doublesQuotes whether a quote inside a text is written as two
 * @throws ApiError QueryParseException
 * @see https://developer.xero.com/documentation/api/accounting/requests-and-responses
 */
export function parseWhere<Row>(
	text: string,
	fields: Fields<Row>,
	typeName: string,
	doublesQuotes = true,
): Where<Row> {
	const reader = createTokenReader(tokenize(text, doublesQuotes));
	let optimised = true;
	const compared: (Field<Row> | undefined)[] = [];

	function disjunction(): Condition<Row> {
		const before = compared.length;
		const branches = [conjunction()];
		while (reader.takeWord('or') || reader.takeSymbol('||')) branches.push(conjunction());
		// Twenty ContactNumbers with OR between them were refused (xero-python#148).
		if (branches.length > 1) {
			optimised &&= compared.slice(before).every((field) => field?.alternatives === true);
		}
		return (row) => branches.some((matches) => matches(row));
	}

	function conjunction(): Condition<Row> {
		const conditions = [negation()];
		while (reader.takeWord('and') || reader.takeSymbol('&&')) conditions.push(negation());
		return (row) => conditions.every((matches) => matches(row));
	}

	function negation(): Condition<Row> {
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

	function condition(): Condition<Row> {
		const left = operand();
		if (typeof left === 'function') return left;
		const operator = reader.takeOperator();
		if (operator === undefined) {
			if (left.type !== 'Boolean') throw parseError("Expression of type 'Boolean' expected");
			optimised = false;
			return (row) => left.get(row) === true;
		}
		const right = operand();
		if (typeof right === 'function') {
			throw parseError(`Operator '${operator}' cannot be applied to a method`);
		}
		compared.push(left.field ?? right.field);
		optimised &&= isOptimised(left, operator, right);
		return compare(left, operator, right);
	}

	/** A value, or a condition of its own when it ends in `Contains`, `StartsWith` or `EndsWith`. */
	function operand(): Operand<Row> | Condition<Row> {
		const token = reader.take();
		if (token.kind === 'string') return constant('String', token.value);
		if (token.kind === 'number') return constant('Decimal', token.value);
		if (token.kind === 'name') return readLiteral(token.text, reader) ?? path(token.text);
		throw parseError('Expression expected');
	}

	function path(first: string): Operand<Row> | Condition<Row> {
		let name = first;
		let current: Operand<Row> | undefined;
		while (reader.takeSymbol('.')) {
			const next = reader.take();
			if (next.kind !== 'name') throw parseError('Identifier expected');
			if (!reader.takeSymbol('(')) {
				name += `.${next.text}`;
				continue;
			}
			current ??= field(name);
			optimised = false;
			const convert = CONVERSIONS.get(next.text.toLowerCase());
			if (convert === undefined) return textTest(reader, current, next.text);
			reader.expectSymbol(')');
			current = converted(current, convert);
		}
		return current ?? field(name);
	}

	function field(name: string): Operand<Row> {
		const found = findField(fields, name);
		if (found === undefined) throw unknownField(fields, name, typeName);
		return { type: found.type, field: found, get: (row) => found.get(row) };
	}

	const matches = disjunction();
	reader.expectEnd();
	return { matches, optimised };
}

const CONVERSIONS: ReadonlyMap<string, (value: string) => string> = new Map([
	['tostring', (value: string) => value],
	['tolower', (value: string) => value.toLowerCase()],
	['toupper', (value: string) => value.toUpperCase()],
]);

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

const TEXT_TESTS: ReadonlyMap<string, (value: string, wanted: string) => boolean> = new Map([
	['contains', (value: string, wanted: string) => value.includes(wanted)],
	['startswith', (value: string, wanted: string) => value.startsWith(wanted)],
	['endswith', (value: string, wanted: string) => value.endsWith(wanted)],
]);

/** `….Contains("x")`, with an optional `== true` or `== false` after it. */
function textTest<Row>(reader: TokenReader, subject: Operand<Row>, method: string): Condition<Row> {
	const argument = reader.take();
	const test = TEXT_TESTS.get(method.toLowerCase());
	if (argument.kind !== 'string' || test === undefined || subject.type !== 'String') {
		throw parseError(`No applicable method '${method}' exists in type '${subject.type}'`);
	}
	reader.expectSymbol(')');

	const wanted = argument.value.toLowerCase();
	const isExpected = expectation(reader);
	return (row) => {
		const value = subject.get(row);
		return (typeof value === 'string' && test(value.toLowerCase(), wanted)) === isExpected;
	};
}

function expectation(reader: TokenReader): boolean {
	if (!reader.takeSymbol('==') && !reader.takeSymbol('=')) return true;
	if (reader.takeWord('true')) return true;
	reader.expectWord('false');
	return false;
}
