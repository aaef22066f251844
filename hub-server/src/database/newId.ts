import { randomUUID } from 'node:crypto';

/**
 * A UUIDv7 (RFC 9562 §5.7): sorts by the time it was made, so the newest rows stand together.
 *
 * @param now epoch milliseconds
 * @param randomUuid a UUIDv4, whose random bits are kept
 */
export function newId(now: number, randomUuid: () => string = randomUUID): string {
	const time = now.toString(16).padStart(12, '0');
	return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUuid().slice(15)}`;
}
