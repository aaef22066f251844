import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

const DECODERS: Readonly<Record<string, typeof gunzipSync>> = {
	gzip: gunzipSync,
	'x-gzip': gunzipSync,
	deflate: inflateSync,
	br: brotliDecompressSync,
};

/** Compressed to a thousandth, 64 kB would become 64 MB. */
const MAX_BYTES = 1024 * 1024;

/**
 * The text of a short body that may be compressed; empty where it is not whole or not compressed in a way
 * that is known.
 *
 * @param encoding its `Content-Encoding`
 */
export function decodedText(body: Buffer, encoding: string | string[] | undefined): string {
	const name = [encoding ?? ''].flat().join().trim().toLowerCase();
	if (name === '' || name === 'identity') return body.toString();
	try {
		return DECODERS[name]?.(body, { maxOutputLength: MAX_BYTES }).toString() ?? '';
	} catch {
		return '';
	}
}
