/**
 * The body of an answer. Where bytes were asked for, a refusal comes as bytes too, and its words have
 * to be read from them.
 */
export function readBody(
	status: number,
	headers: Readonly<Record<string, string>>,
	body: unknown,
): unknown {
	const bytes = bytesOf(body);
	if (bytes === undefined) return body;
	if (status < 400) return bytes;
	const text = bytes.toString('utf8');
	if (headers['content-type']?.includes('json') !== true) return text;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

function bytesOf(body: unknown): Buffer | undefined {
	if (Buffer.isBuffer(body)) return body;
	return body instanceof ArrayBuffer ? Buffer.from(body) : undefined;
}
