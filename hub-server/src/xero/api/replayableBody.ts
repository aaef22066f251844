import { Readable } from 'node:stream';

/** A request body that can be sent while it still arrives, and sent again from its beginning. */
export interface ReplayableBody {
	/** Bytes. */
	readonly length: number;
	/** From the beginning. Destroy one stream before the next is opened. */
	open(): Readable;
}

/**
 * Reads `source` once, as far as someone asks for it, and keeps what was read.
 *
 * @param length as the sender told it
 */
export function replayableBody(source: AsyncIterable<Buffer>, length: number): ReplayableBody {
	const kept: Buffer[] = [];
	const arriving = source[Symbol.asyncIterator]();

	async function* fromTheBeginning(): AsyncGenerator<Buffer> {
		for (let index = 0; ; index += 1) {
			if (index === kept.length) {
				const piece = await arriving.next();
				if (piece.done !== true) kept.push(piece.value);
				// A stream that was given up may have taken the last piece meanwhile: it is in `kept`.
				else if (index === kept.length) return;
			}
			yield kept[index] as Buffer;
		}
	}

	return { length, open: () => Readable.from(fromTheBeginning(), { objectMode: false }) };
}
