import type { TokenReader } from './createTokenReader';
import { constant, type Operand } from './Operand';
import { parseError } from './parseError';

/** The literal that starts with this word; undefined when the word names a field instead. */
export function readLiteral(word: string, reader: TokenReader): Operand<unknown> | undefined {
	switch (word.toLowerCase()) {
		case 'true':
			return constant('Boolean', true);
		case 'false':
			return constant('Boolean', false);
		case 'null':
			return constant('Null', undefined);
		case 'guid':
			return constant('Guid', readGuid(reader));
		case 'datetime':
			return constant(
				'DateTime',
				reader.takeSymbol('.') ? readParsedDate(reader) : readDateParts(reader),
			);
		default:
			return undefined;
	}
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function readGuid(reader: TokenReader): string {
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

/** `DateTime.Parse("2026-01-31")`. A time of day is UTC. */
function readParsedDate(reader: TokenReader): number {
	reader.expectWord('parse');
	reader.expectSymbol('(');
	const token = reader.take();
	reader.expectSymbol(')');
	const text = token.kind === 'string' ? token.value : '';
	const ms = Date.parse(text.includes('T') && !text.endsWith('Z') ? `${text}Z` : text);
	if (Number.isNaN(ms)) throw parseError('String was not recognized as a valid DateTime.');
	return ms;
}

/** `DateTime(2026, 1, 31)`, optionally with hours, minutes and seconds. */
function readDateParts(reader: TokenReader): number {
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
