import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import {
	createKeyRing,
	SealedTextError,
	type SealedPlace,
} from '../../../hub-server/src/secrets/keyRing';

const oldKey = { id: 'k1', key: randomBytes(32) };
const newKey = { id: 'k2', key: randomBytes(32) };
const place: SealedPlace = {
	table: 'grants',
	row: 'g1',
	column: 'refresh_token',
	workspace: 'w1',
};

describe('the key ring', () => {
	const ring = createKeyRing([oldKey]);

	it('opens what it sealed, whatever the text and the place', () => {
		const places = fc.record({
			table: fc.string(),
			row: fc.string(),
			column: fc.string(),
			workspace: fc.string(),
		});

		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), places, (plain, where) => {
				expect(ring.open(ring.seal(plain, where), where)).toBe(plain);
			}),
		);
	});

	it('refuses a text in which any one bit differs', () => {
		const sealed = Buffer.from(ring.seal('the refresh token', place));
		const bits = fc.integer({ min: 0, max: sealed.length * 8 - 1 });

		fc.assert(
			fc.property(bits, (bit) => {
				const changed = Buffer.from(sealed);
				changed[bit >> 3]! ^= 1 << (bit & 7);

				expect(() => ring.open(changed.toString('latin1'), place)).toThrow(SealedTextError);
			}),
			{ numRuns: 1_000 },
		);
	});

	it.each(['table', 'row', 'column', 'workspace'] as const)(
		'refuses a text that was moved to another %s',
		(part) => {
			const sealed = ring.seal('the refresh token', place);

			expect(() => ring.open(sealed, { ...place, [part]: 'another' })).toThrow(
				expect.objectContaining({ reason: 'tampered' }),
			);
		},
	);

	it('tells places apart whose names run together', () => {
		const sealed = ring.seal('secret', { ...place, table: 'ab', row: 'c' });

		expect(() => ring.open(sealed, { ...place, table: 'a', row: 'bc' })).toThrow(SealedTextError);
	});

	it('never seals one text twice alike', () => {
		expect(ring.seal('same', place)).not.toBe(ring.seal('same', place));
	});

	it('seals with the first key and still opens what the others sealed', () => {
		const sealedBefore = ring.seal('secret', place);
		const rotated = createKeyRing([newKey, oldKey]);

		expect(rotated.currentKeyId).toBe('k2');
		expect(rotated.open(sealedBefore, place)).toBe('secret');
		expect(() => ring.open(rotated.seal('secret', place), place)).toThrow(/sealed with key "k2"/);
	});

	it('names the place but no secret when a key with the right id has the wrong bytes', () => {
		const impostor = createKeyRing([{ id: 'k1', key: newKey.key }]);
		const sealed = ring.seal('hunter2', place);

		const refusal = (() => {
			try {
				return impostor.open(sealed, place);
			} catch (error) {
				return error as SealedTextError;
			}
		})();

		expect(refusal).toBeInstanceOf(SealedTextError);
		expect(String(refusal)).toContain('grants.refresh_token of g1');
		expect(String(refusal)).not.toContain('hunter2');
		expect(String(refusal)).not.toContain(sealed);
	});

	it.each([
		['plain text', 'hunter2'],
		['nothing', ''],
		['a later format', 'v2.k1.AAAA'],
		['a text cut short', 'v1.k1.AAAA'],
	])('refuses %s', (_case, sealed) => {
		expect(() => ring.open(sealed, place)).toThrow(
			expect.objectContaining({ reason: 'malformed' }),
		);
	});
});
