import { ApiError } from '../resource/apiError';

export type Token =
	| { readonly kind: 'name'; readonly text: string }
	| { readonly kind: 'string'; readonly value: string }
	| { readonly kind: 'number'; readonly value: number }
	| { readonly kind: 'symbol'; readonly text: string }
	| { readonly kind: 'end' };

/**
 * Splits a `where` text. It is Microsoft's Dynamic LINQ: a quote inside a string is doubled, a backslash is
 * an ordinary character, so that `\"` ends the string (Xero-Java#347, xeroizer#160: "Syntax error").
 *
 * @param doublesQuotes whether `""` is a quote inside; of that there is no public record
 */
export function tokenize(text: string, doublesQuotes = true): Token[] {
	const tokens: Token[] = [];
	const pattern = doublesQuotes ? WITH_DOUBLED : WITHOUT_DOUBLED;
	pattern.lastIndex = 0;

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
		else if (string !== undefined)
			tokens.push({ kind: 'string', value: string.replaceAll('""', '"') });
		else if (number !== undefined) tokens.push({ kind: 'number', value: Number(number) });
		else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol });
	}
	tokens.push({ kind: 'end' });
	return tokens;
}

const WITH_DOUBLED =
	/\s+|([A-Za-z_][A-Za-z0-9_]*)|"((?:[^"]|"")*)"|(-?\d+(?:\.\d+)?)[mMdDfFlL]?(?![A-Za-z0-9_.])|(==|!=|<>|>=|<=|&&|\|\||[=<>!(),.])/y;

const WITHOUT_DOUBLED = new RegExp(WITH_DOUBLED.source.replace('(?:[^"]|"")*', '[^"]*'), 'y');
