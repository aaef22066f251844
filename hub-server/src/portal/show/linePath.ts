export interface LinePath {
	readonly width: number;
	readonly height: number;
	/** SVG's `d`: a line through what follows each other, a dot where something stands alone. */
	readonly path: string;
	/** What the top of the drawing stands for. */
	readonly top: number;
}

/** Seen as a dot, where the line is drawn with round ends. */
const DOT = 0.01;

/**
 * The line of a chart, from left to right; a value that is not known leaves a gap.
 *
 * @param values none negative
 * @param top what the top stands for; at least the largest value
 */
export function linePath(
	values: readonly (number | undefined)[],
	top: number,
	{ width, height }: { readonly width: number; readonly height: number },
): LinePath {
	const step = width / Math.max(1, values.length);
	const parts = values.flatMap((value, index) => {
		if (value === undefined) return [];
		const x = (index + 0.5) * step;
		const y = height - (value / Math.max(top, 1)) * height;
		const isFirst = values[index - 1] === undefined;
		const at = `${x.toFixed(2)} ${y.toFixed(2)}`;
		const isAlone = isFirst && values[index + 1] === undefined;
		return [`${isFirst ? 'M' : 'L'}${at}${isAlone ? `h${DOT}` : ''}`];
	});
	return { width, height, path: parts.join(''), top };
}
