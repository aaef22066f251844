import http from 'node:http';
import https from 'node:https';

export interface Posted {
	/** Undefined when no answer came. */
	readonly status: number | undefined;
	readonly ms: number;
	readonly hasBody: boolean;
	readonly hasCookie: boolean;
	/** Why there was no answer. */
	readonly error: string | undefined;
}

/** One POST as Xero's sender makes it. Never throws. */
export function postPayload(
	deliveryUrl: string,
	body: string,
	signature: string,
	options: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Posted> {
	const startedMs = performance.now();
	const bytes = Buffer.from(body);
	const client = deliveryUrl.startsWith('https:') ? https : http;

	return new Promise((resolve) => {
		const finish = (outcome: Partial<Posted>): void => {
			clearTimeout(timer);
			const ms = Math.round(performance.now() - startedMs);
			resolve({
				status: undefined,
				hasBody: false,
				hasCookie: false,
				error: undefined,
				...outcome,
				ms,
			});
		};
		const request = client.request(
			deliveryUrl,
			{
				method: 'POST',
				agent: false,
				signal: options.signal,
				headers: {
					'x-xero-signature': signature,
					'content-type': 'application/json; charset=utf-8',
					'content-length': bytes.length,
					accept: '*/*',
					'accept-encoding': 'gzip,deflate',
				},
			},
			(response) => {
				let length = 0;
				response.on('data', (chunk: Buffer) => (length += chunk.length));
				response.on('error', (error) => finish({ error: error.message }));
				response.on('end', () =>
					finish({
						status: response.statusCode,
						hasBody: length > 0,
						hasCookie: response.headers['set-cookie'] !== undefined,
					}),
				);
			},
		);
		const timer = setTimeout(
			() => request.destroy(new Error(`No answer within ${options.timeoutMs} ms`)),
			options.timeoutMs,
		);
		request.on('error', (error) => finish({ error: error.message }));
		request.end(bytes);
	});
}
