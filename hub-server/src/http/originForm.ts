/**
 * The path of a request's target. Proxies may ask with the whole address (`GET http://host/path`, RFC 9112
 * §3.2.2), which every server must accept and which no route of ours begins with.
 */
export function originForm(target: string | undefined): string {
	const path = (target ?? '').replace(/^https?:\/\/[^/?#]*/i, '');
	return path.startsWith('/') ? path : `/${path}`;
}
