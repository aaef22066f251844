/**
 * Whether a URL lies under a base URL: the same origin, and its path below the base's path.
 * `http://n8n:5678` covers that whole server; `https://hooks.example/n8n` covers `/n8n` and `/n8n/…`
 * but not `/n8n-admin`.
 *
 * @param url already parsed, so dot segments are resolved and the host is in its canonical form
 */
export function isUnderBaseUrl(url: URL, base: string): boolean {
	if (!URL.canParse(base)) return false;
	const { origin, pathname } = new URL(base);
	if (url.origin !== origin) return false;

	const prefix = pathname.replace(/\/+$/, '');
	if (prefix === '') return true;
	// A server that decodes these before it resolves dots would leave the prefix.
	if (/%2f|%5c|%2e/i.test(url.pathname)) return false;
	// Servlet containers take `..;x` for `..` (RFC 3986 §3.3 has parameters of a segment behind a semicolon).
	if (/\/\.{1,2};/.test(url.pathname)) return false;
	return url.pathname === prefix || url.pathname.startsWith(`${prefix}/`);
}
