import fc from 'fast-check';
import {
	noteSequence,
	TRUSTED_AFTER,
	trustedHoles,
	type NumberedPayload,
	type SequenceNumbering,
} from '../../../hub-server/src/gaps/sequenceNumbering';

const MINUTE = 60_000;

/** Payloads one after the other, of so many events each. */
function numbered(sizes: readonly number[]): NumberedPayload[] {
	let last = 0;
	return sizes.map((size, index) => {
		const first = last + 1;
		last += size;
		return { first, last, receivedAt: index * MINUTE };
	});
}
const noted = (payloads: readonly NumberedPayload[]) =>
	payloads.reduce<SequenceNumbering | undefined>(noteSequence, undefined)!;

/** More than are needed to trust the numbers. */
const sizes = fc.array(fc.integer({ min: 1, max: 50 }), {
	minLength: TRUSTED_AFTER + 5,
	maxLength: 60,
});

describe('the numbers of Xero’s events', () => {
	it('have no hole where every payload came, some of them twice', () => {
		fc.assert(
			fc.property(sizes, fc.array(fc.nat(), { maxLength: 20 }), (each, again) => {
				const payloads = numbered(each);
				const twice = payloads.flatMap((payload, index) =>
					again.some((one) => one % payloads.length === index) && index > 0
						? [payload, payload]
						: [payload],
				);

				expect(noted(twice).holes).toEqual([]);
			}),
		);
	});

	it('have the hole of a payload that did not come, between those around it', () => {
		fc.assert(
			fc.property(sizes, fc.nat(), (each, pick) => {
				const payloads = numbered(each);
				const spare = payloads.length - TRUSTED_AFTER - 2;
				const lost = TRUSTED_AFTER + 1 + (pick % spare);
				const came = payloads.filter((_payload, index) => index !== lost);

				const { first, last } = payloads[lost]!;
				expect(trustedHoles(noted(came), Infinity)).toMatchObject([
					{ first, last, from: (lost - 1) * MINUTE, until: (lost + 1) * MINUTE },
				]);
			}),
		);
	});

	it('have none once late ones have come, in whatever order', () => {
		const order = fc
			.integer({ min: 2, max: 15 })
			.chain((count) =>
				fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count }),
			);
		fc.assert(
			fc.property(order, (places) => {
				const payloads = numbered(Array.from({ length: places.length + 2 }, () => 3));
				const [before, after] = [payloads[0]!, payloads.at(-1)!];
				const late = places.map((place) => payloads[place + 1]!);

				const numbering = noted([before, ...late, after]);

				expect(numbering.holes).toEqual([]);
				expect(numbering.last).toBe(after.last);
			}),
		);
	});

	it('are believed to have a hole only where they had none ten times in a row', () => {
		const payloads = numbered(Array.from({ length: TRUSTED_AFTER + 3 }, () => 1));
		const young = payloads.filter((_payload, index) => index !== TRUSTED_AFTER - 1);
		const old = payloads.filter((_payload, index) => index !== TRUSTED_AFTER);

		expect(trustedHoles(noted(young), Infinity)).toEqual([]);
		expect(trustedHoles(noted(old), Infinity)).toHaveLength(1);
	});

	it('begin anew where Xero begins anew, which is no hole', () => {
		const before = numbered(Array.from({ length: 40 }, () => 5));
		const anew = { first: 1, last: 2, receivedAt: 100 * MINUTE };

		const numbering = noted([...before, anew]);

		expect(numbering).toMatchObject({ last: 2, unbroken: 1, holes: [] });
	});

	it('keep few holes, however many there are', () => {
		const holes = Array.from({ length: 500 }, (_, index) => ({
			...{ first: index * 10 + 1, last: index * 10 + 1 },
			receivedAt: index,
		}));

		expect(noted(holes).holes.length).toBeLessThanOrEqual(20);
	});
});
