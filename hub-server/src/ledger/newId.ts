import { randomBytes } from 'node:crypto';

/**
 * A UUIDv7 (RFC 9562 §5.7): sorts by the time it was made, so the newest rows stand together.
 *
 * @param now epoch milliseconds
 */
export function newId(now: number, random: (size: number) => Buffer = randomBytes): string {
	const bytes = Buffer.concat([Buffer.alloc(6), random(10)]);
	bytes.writeUIntBE(now, 0, 6);
	bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
	bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
	const hex = bytes.toString('hex');
	return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex);
}
