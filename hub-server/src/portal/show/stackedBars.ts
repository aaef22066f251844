/** A bar of a chart: in the units of the drawing, from its upper left corner. */
export interface Bar {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	/** Which row of the values it shows. */
	readonly series: number;
}

export interface StackedBars {
	readonly width: number;
	readonly height: number;
	readonly bars: readonly Bar[];
	/** What the top of the drawing stands for: a round number, at least 1. */
	readonly top: number;
}

/** Something is always to be seen of what is not zero. */
const LEAST_HEIGHT = 1.5;

/** Between two bars, as a share of their distance. */
const GAP = 0.25;

/**
 * Where the bars of a chart stand: for each column its values one upon the other, from the bottom up. What is zero has
 * no bar.
 *
 * @param columns the values of each column, all of the same length, none negative
 */
export function stackedBars(
	columns: readonly (readonly number[])[],
	{ width, height }: { readonly width: number; readonly height: number },
): StackedBars {
	const top = roundedUp(Math.max(1, ...columns.map(sum)));
	const step = width / Math.max(1, columns.length);
	const bars = columns.flatMap((values, column) => {
		// Small values take a little from the large ones, so that a column never leaves the drawing.
		const heights = values.map((value) =>
			value === 0 ? 0 : Math.max(LEAST_HEIGHT, (value / top) * height),
		);
		const scale = Math.min(1, height / Math.max(height, sum(heights)));
		let bottom = height;
		return heights.flatMap((tall, series): Bar[] => {
			if (tall === 0) return [];
			bottom -= tall * scale;
			const x = column * step + (step * GAP) / 2;
			return [{ x, y: bottom, width: step * (1 - GAP), height: tall * scale, series }];
		});
	});
	return { width, height, bars, top };
}

/** 1, 2, 5, 10, 20, 50 … */
function roundedUp(value: number): number {
	const power = 10 ** Math.floor(Math.log10(value));
	return power * ([1, 2, 5].find((step) => step * power >= value) ?? 10);
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
