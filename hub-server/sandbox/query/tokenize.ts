import { ApiError } from '../resource/apiError';

export type Token =
	| { readonly kind: 'name'; readonly text: string }
	| { readonly kind: 'string'; readonly value: string }
	| { readonly kind: 'number'; readonly value: number }
	| { readonly kind: 'symbol'; readonly text: string }
	| { readonly kind: 'end' };

/** Splits a `where` text. A quote inside a string is written `\"` or `""`. */
export function tokenize(text: string): Token[] {
	const tokens: Token[] = [];
	const pattern =
		/\s+|([A-Za-z_][A-Za-z0-9_]*)|"((?:[^"\\]|\\.|"")*)"|(-?\d+(?:\.\d+)?)[mMdDfFlL]?(?![A-Za-z0-9_.])|(==|!=|<>|>=|<=|&&|\|\||[=<>!(),.])/y;

	while (pattern.lastIndex < text.length) {
		const position = pattern.lastIndex;
		const match = pattern.exec(text);
		if (match === null) {
			throw new ApiError(
				'QueryParseException',
				`Syntax error '${text[position]}' at position ${position}`,
			);
		}
		const [, name, string, number, symbol] = match;
		if (name !== undefined) tokens.push({ kind: 'name', text: name });
		else if (string !== undefined) tokens.push({ kind: 'string', value: unescape(string) });
		else if (number !== undefined) tokens.push({ kind: 'number', value: Number(number) });
		else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol });
	}
	tokens.push({ kind: 'end' });
	return tokens;
}

function unescape(text: string): string {
	return text.replace(/\\(.)|""/g, (_whole, escaped: string | undefined) => escaped ?? '"');
}
