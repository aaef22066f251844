import { array, assert, integer, option, property } from 'fast-check';
import { linePath } from '../../../hub-server/src/portal/show/linePath';

const SIZE = { width: 400, height: 50 };

describe('the line of a chart', () => {
	it('runs from part to part, higher for more', () => {
		expect(linePath([0, 10], 10, SIZE).path).toBe('M100.00 50.00L300.00 0.00');
	});

	it('leaves a gap where nothing is known, and a dot where something stands alone', () => {
		expect(linePath([5, undefined, 5, 5], 10, SIZE).path).toBe(
			'M50.00 25.00h0.01M250.00 25.00L350.00 25.00',
		);
	});

	it('is nothing of nothing', () => {
		expect(linePath([undefined], 0, SIZE).path).toBe('');
	});

	it('stays inside the drawing, whatever the values', () => {
		const values = array(option(integer({ min: 0, max: 1e9 }), { nil: undefined }), {
			maxLength: 40,
		});
		assert(
			property(values, (some) => {
				const top = Math.max(0, ...some.map((value) => value ?? 0));
				const points = [...linePath(some, top, SIZE).path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)];

				expect(points).toHaveLength(some.filter((value) => value !== undefined).length);
				for (const [, x, y] of points) {
					expect(Number(x)).toBeLessThanOrEqual(SIZE.width);
					expect(Number(y)).toBeLessThanOrEqual(SIZE.height);
				}
			}),
		);
	});
});
