import { randomUUID } from 'node:crypto';

/**
 * A UUIDv7 (RFC 9562 §5.7): sorts by the time it was made, so the newest rows stand together.
 *
 * @param now epoch milliseconds
 * @param randomUuid a UUIDv4, whose random bits are kept
 */
export function newId(now: number, randomUuid: () => string = randomUUID): string {
	return `${timeOf(now)}-7${randomUuid().slice(15)}`;
}

/** Sorts before every id that was made at that time or later. */
export function firstIdAt(at: number): string {
	return `${timeOf(Math.max(0, Math.floor(at)))}-7000-8000-000000000000`;
}

function timeOf(at: number): string {
	const time = at.toString(16).padStart(12, '0');
	return `${time.slice(0, 8)}-${time.slice(8)}`;
}
