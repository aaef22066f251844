/** One logged-in browser's worth of n8n's internal REST interface, the one its editor speaks. */
export interface N8nSession {
	/**
	 * Calls `path` with the session's cookies and returns the reply's `data`.
	 * Throws with n8n's own words on a status of 400 and above.
	 */
	call(method: string, path: string, body?: unknown): Promise<unknown>;
	/** GETs an absolute URL as the logged-in browser would, without following redirects. */
	visit(url: string): Promise<Response>;
}

export function createN8nSession(baseUrl: string): N8nSession {
	const cookies = new Map<string, string>();

	async function send(url: string, init: RequestInit): Promise<Response> {
		const headers = new Headers(init.headers);
		// n8n ties a login to the browser that made it.
		headers.set('browser-id', 'xero-hub-tests');
		headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
		const response = await fetch(url, { ...init, headers, redirect: 'manual' });
		for (const cookie of response.headers.getSetCookie()) {
			const [pair = ''] = cookie.split(';', 1);
			const separator = pair.indexOf('=');
			cookies.set(pair.slice(0, separator), pair.slice(separator + 1));
		}
		return response;
	}

	return {
		async call(method, path, body) {
			const response = await send(`${baseUrl}${path}`, {
				method,
				...(body !== undefined && {
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(body),
				}),
			});
			const text = await response.text();
			if (response.status >= 400) {
				throw new Error(`n8n: ${method} ${path} → ${response.status} ${text.slice(0, 600)}`);
			}
			return (JSON.parse(text) as { readonly data?: unknown }).data;
		},
		visit: (url) => send(url, { method: 'GET' }),
	};
}
