import { array, assert, integer, property } from 'fast-check';
import { stackedBars } from '../../../hub-server/src/portal/show/stackedBars';

const SIZE = { width: 480, height: 96 };

describe('the bars of a chart', () => {
	it('stand one upon the other, to the height of their values', () => {
		const { bars, top } = stackedBars([[3, 1]], { width: 100, height: 100 });

		expect(top).toBe(5);
		expect(bars).toEqual([
			{ x: 12.5, y: 40, width: 75, height: 60, series: 0 },
			{ x: 12.5, y: 20, width: 75, height: 20, series: 1 },
		]);
	});

	it('are not there for nothing', () => {
		expect(stackedBars([[0], [0]], SIZE)).toMatchObject({ bars: [], top: 1 });
	});

	it('show one failure among very many deliveries', () => {
		const { bars } = stackedBars([[1_000_000, 1]], SIZE);

		expect(bars[1]?.height).toBeGreaterThan(1);
	});

	it('stay inside the drawing, in their column, and in order, whatever the values', () => {
		const columns = array(array(integer({ min: 0, max: 1e9 }), { minLength: 2, maxLength: 2 }), {
			maxLength: 60,
		});
		assert(
			property(columns, (values) => {
				const { bars, top } = stackedBars(values, SIZE);
				const step = SIZE.width / Math.max(1, values.length);

				expect(bars).toHaveLength(values.flat().filter((value) => value > 0).length);
				for (const { x, y, width, height } of bars) {
					expect(height).toBeGreaterThan(0);
					expect(y).toBeGreaterThanOrEqual(-1e-6);
					expect(y + height).toBeLessThanOrEqual(SIZE.height + 1e-6);
					expect(Math.floor(x / step)).toBe(Math.floor((x + width) / step));
				}
				expect(values.every(([a = 0, b = 0]) => a + b <= top)).toBe(true);
			}),
		);
	});
});
