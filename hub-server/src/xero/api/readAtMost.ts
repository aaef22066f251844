import type { Readable } from 'node:stream';

/** The stream's bytes up to `limit`; what is longer is cut there and its rest not read. */
export async function readAtMost(stream: Readable, limit: number): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream) {
		chunks.push(chunk as Buffer);
		size += (chunk as Buffer).length;
		if (size > limit) break;
	}
	return Buffer.concat(chunks).subarray(0, limit);
}
