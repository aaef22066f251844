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
	const kept: Record<string, string | string[]> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined && !dropped.has(name)) kept[name] = value;
	}
	return kept;
}
