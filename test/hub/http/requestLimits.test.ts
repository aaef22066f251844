import * as fc from 'fast-check';
import { createRequestLimits } from '../../../hub-server/src/http/requestLimits';
import { createTokenBuckets } from '../../../hub-server/src/http/tokenBuckets';

describe('a bucket of tokens', () => {
	it('gives no more than the burst and what was filled in since', () => {
		const pauses = fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 100 });
		fc.assert(
			fc.property(pauses, (times) => {
				let now = 0;
				let given = 0;
				const buckets = createTokenBuckets({ burst: 5, perSecond: 2 }, () => now);
				for (const pause of times) {
					now += pause;
					if (buckets.take('a') === 0) given += 1;
					expect(given).toBeLessThanOrEqual(5 + (now / 1000) * 2 + 1e-9);
				}
			}),
		);
	});

	it('says how long to wait, and keeps that word', () => {
		let now = 0;
		const buckets = createTokenBuckets({ burst: 1, perSecond: 0.2 }, () => now);
		buckets.take('a');

		expect(buckets.take('a')).toBe(5);
		expect(buckets.take('b')).toBe(0);
		now = 5_000;
		expect(buckets.take('a')).toBe(0);
	});
});

describe('what one caller may ask', () => {
	it('ends with a 429 that says when to come back', () => {
		const limits = createRequestLimits(() => 0, { calls: { burst: 2, perSecond: 1 } });
		limits.countCall('key');
		limits.countCall('key');

		expect(() => limits.countCall('key')).toThrow(
			expect.objectContaining({
				status: 429,
				code: 'rate_limited',
				headers: { 'Retry-After': '1' },
			}),
		);
		expect(() => limits.countCall('another')).not.toThrow();
	});

	it('ends sooner for whoever shows unknown keys', () => {
		const limits = createRequestLimits(() => 0);
		for (let guess = 0; guess < 20; guess += 1) limits.countWrongKey('192.0.2.1');

		expect(() => limits.countWrongKey('192.0.2.1')).toThrow(/unknown keys.*in 5 s/);
		expect(() => limits.countWrongKey('192.0.2.2')).not.toThrow();
	});

	it('slow a right key too where too many were guessed, so that the answer tells nothing', () => {
		const clock = { at: 0 };
		const limits = createRequestLimits(() => clock.at);
		limits.noteRightKey('192.0.2.1', 'used here before');
		for (let guess = 0; guess < 20; guess += 1) limits.countWrongKey('192.0.2.1');

		expect(() => limits.requireTry('192.0.2.1', 'the right one')).toThrow(/unknown keys/);
		expect(() => limits.requireTry('192.0.2.1', 'used here before')).not.toThrow();
		expect(() => limits.requireTry('192.0.2.2', 'the right one')).not.toThrow();
		clock.at += 5_000;
		expect(() => limits.requireTry('192.0.2.1', 'the right one')).not.toThrow();
	});
});
