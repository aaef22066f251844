/**
 * Of a whole address with its host, in characters. From about 2,090 on Xero answers 404, as if there were
 * no such record (Xero-OpenAPI#534, Xero-NetStandard#413, #471).
 */
export const LONGEST_XERO_ADDRESS = 2_000;

const HOST = 'https://api.xero.com/';

/**
 * How long an address is once it is encoded, in characters.
 *
 * @param path below Xero's host, encoded already
 */
export function xeroAddressLength(
	path: string,
	query: Readonly<Record<string, string>> = {},
): number {
	const encoded = new URLSearchParams(query).toString();
	// Clients write a blank as %20, and a star as %2A.
	const rewritten = encoded.match(/[+*]/g)?.length ?? 0;
	return HOST.length + path.length + 1 + encoded.length + 2 * rewritten;
}
