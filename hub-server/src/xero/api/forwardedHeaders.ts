/** Headers of one connection, not of the message (RFC 9110 §7.6.1). */
const HOP_BY_HOP = [
	'connection',
	'keep-alive',
	'proxy-authenticate',
	'proxy-authorization',
	'proxy-connection',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
];

/**
 * What a proxy hands on: everything but hop-by-hop headers, those that `Connection` names, and
 * `withheld`.
 *
 * @param headers names in lower case
 * @param withheld names in lower case; those that end in `*` stand for all that begin so
 */
export function forwardedHeaders(
	headers: Readonly<Record<string, string | string[] | undefined>>,
	withheld: readonly string[],
): Record<string, string | string[]> {
	const named = [headers['connection']].flat().flatMap((value) => (value ?? '').split(','));
	const dropped = new Set([
		...HOP_BY_HOP,
		...withheld,
		...named.map((name) => name.trim().toLowerCase()),
	]);
	const prefixes = withheld.filter((one) => one.endsWith('*')).map((one) => one.slice(0, -1));
	const kept: Record<string, string | string[]> = {};
	for (const [name, value] of Object.entries(headers)) {
		const isWithheld = dropped.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
		if (value !== undefined && !isWithheld) kept[name] = value;
	}
	return kept;
}
