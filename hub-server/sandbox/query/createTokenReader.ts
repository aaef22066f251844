import { isOperator, type Operator } from './Operand';
import { parseError } from './parseError';
import type { Token } from './tokenize';

/** Steps through the tokens of a filter. The `take…` methods move on only past what they ask for. */
export interface TokenReader {
	take(): Token;
	takeWord(word: string): boolean;
	takeSymbol(symbol: string): boolean;
	/** `=` counts as `==`, `<>` as `!=`. */
	takeOperator(): Operator | undefined;
	/** @throws ApiError QueryParseException */
	expectSymbol(symbol: string): void;
	/** @throws ApiError QueryParseException */
	expectWord(word: string): void;
	/** @throws ApiError QueryParseException */
	expectEnd(): void;
}

export function createTokenReader(tokens: readonly Token[]): TokenReader {
	let position = 0;
	const peek = (): Token => tokens[position] ?? { kind: 'end' };
	const takeIf = (isWanted: boolean): boolean => {
		if (isWanted) position += 1;
		return isWanted;
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
		take() {
			const token = peek();
			position += 1;
			return token;
		},
		takeWord,
		takeSymbol,
		takeOperator() {
			const token = peek();
			if (token.kind !== 'symbol') return undefined;
			const operator = { '=': '==', '<>': '!=' }[token.text] ?? token.text;
			if (!isOperator(operator)) return undefined;
			position += 1;
			return operator;
		},
		expectSymbol(symbol) {
			if (!takeSymbol(symbol)) throw parseError(`'${symbol}' expected`);
		},
		expectWord(word) {
			if (!takeWord(word)) throw parseError(`'${word}' expected`);
		},
		expectEnd() {
			if (peek().kind !== 'end') throw parseError('Syntax error');
		},
	};
}
