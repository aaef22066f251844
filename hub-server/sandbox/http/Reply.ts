/** What the sandbox answers; written to the socket by the server alone. */
export interface Reply {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string | Buffer;
}

export function json(
	status: number,
	value: unknown,
	headers: Readonly<Record<string, string>> = {},
): Reply {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		body: JSON.stringify(value),
	};
}

export function html(status: number, body: string): Reply {
	return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

export function redirect(location: string): Reply {
	return { status: 302, headers: { location } };
}

export function empty(status: number): Reply {
	return { status };
}
