import type { IncomingMessage } from 'node:http';

/** Xero's hard limit on a request. */
const MAX_BYTES = 10 * 1024 * 1024;

/** The whole body; undefined when it is larger than Xero takes. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		length += chunk.length;
		if (length <= MAX_BYTES) chunks.push(chunk);
	}
	return length > MAX_BYTES ? undefined : Buffer.concat(chunks);
}
