import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ExportLine } from './clientExport';

/** As browsers and programs are told. */
export const EXPORT_TYPE = 'application/gzip';

/**
 * Writes an export as gzipped JSON lines, as fast as it is read there: no more than a page of it is in memory.
 *
 * @throws where the reader goes away before the end, or something cannot be read
 */
export async function writeExport(lines: AsyncIterable<ExportLine>, to: Writable): Promise<void> {
	await pipeline(Readable.from(asText(lines)), createGzip(), to);
}

async function* asText(lines: AsyncIterable<ExportLine>): AsyncGenerator<string> {
	for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}
