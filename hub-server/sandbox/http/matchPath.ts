/**
 * Matches a path against a pattern such as `/Contacts/:id`; fixed segments without regard to case,
 * as Xero does.
 *
 * @returns the named segments, percent-decoded; undefined when the path is another
 */
export function matchPath(
	pattern: string,
	path: string,
): Readonly<Record<string, string>> | undefined {
	const wanted = pattern.split('/');
	const given = path.replace(/\/+$/, '').split('/');
	if (wanted.length !== given.length) return undefined;

	const params: Record<string, string> = {};
	for (const [index, segment] of wanted.entries()) {
		const value = given[index] ?? '';
		if (segment.startsWith(':')) {
			const decoded = decode(value);
			if (decoded === undefined || decoded === '') return undefined;
			params[segment.slice(1)] = decoded;
		} else if (segment.toLowerCase() !== value.toLowerCase()) {
			return undefined;
		}
	}
	return params;
}

function decode(segment: string): string | undefined {
	try {
		return decodeURIComponent(segment);
	} catch {
		return undefined;
	}
}
