import { randomInt } from 'node:crypto';

/** Evenly spread numbers in [0, 1). */
export type Random = () => number;

/** Not predictable: for codes, tokens and ids made while the sandbox runs. */
export const unpredictable: Random = () => randomInt(2 ** 48 - 1) / 2 ** 48;

/** The same numbers for the same seed (mulberry32), so that seeded books are always the same. */
export function seededRandom(seed: string): Random {
	let state = 0;
	for (const character of seed) state = Math.imul(state ^ character.charCodeAt(0), 0x9e3779b1);

	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A version 4 GUID, in lower case. */
export function randomGuid(random: Random): string {
	const hex = Array.from({ length: 4 }, () =>
		Math.floor(random() * 2 ** 32)
			.toString(16)
			.padStart(8, '0'),
	).join('');
	const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export function randomText(random: Random, alphabet: string, length: number): string {
	let text = '';
	for (let index = 0; index < length; index += 1) {
		text += alphabet[Math.floor(random() * alphabet.length)];
	}
	return text;
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
	return items[Math.floor(random() * items.length)] as Item;
}

export const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
