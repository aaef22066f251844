import { linePath, type LinePath } from '../show/linePath';
import { stackedBars, type StackedBars } from '../show/stackedBars';
import type { ActivityTrend } from './activityTrend';

const HOUR_MS = 3_600_000;

/** What a person can choose, and how finely it is drawn. */
export const TREND_RANGES = {
	'24h': { label: '24 h', words: 'the last 24 hours', spanMs: 24 * HOUR_MS, partMs: HOUR_MS },
	'7d': {
		label: '7 days',
		words: 'the last 7 days',
		spanMs: 7 * 24 * HOUR_MS,
		partMs: 6 * HOUR_MS,
	},
	'30d': {
		label: '30 days',
		words: 'the last 30 days',
		spanMs: 30 * 24 * HOUR_MS,
		partMs: 24 * HOUR_MS,
	},
} as const;

export type TrendRange = keyof typeof TREND_RANGES;

/** A chart, and the table behind it. */
export interface ChartView {
	readonly id: string;
	readonly title: string;
	readonly series: readonly {
		readonly name: string;
		readonly tone: string;
		readonly total: number;
	}[];
	readonly drawing: StackedBars;
	readonly rows: readonly { readonly from: string; readonly values: readonly number[] }[];
	readonly isCut: boolean;
}

const DRAWING = { width: 480, height: 96 };
/** So that the line does not run through what the top is called. */
const ROOM_ABOVE = 1.5;

const DURATION_DRAWING = { width: 480, height: 48 };

/** How long deliveries took, part by part. */
export interface DurationView {
	readonly width: number;
	readonly height: number;
	readonly median: LinePath;
	readonly p95: LinePath;
	/** Of the top, in milliseconds. */
	readonly topMs: number;
	readonly rows: readonly {
		readonly from: string;
		readonly took: { readonly medianMs: number; readonly p95Ms: number };
	}[];
}

/** Undefined where nothing was delivered. */
export function durationChart({ parts, took }: ActivityTrend): DurationView | undefined {
	if (took === undefined) return undefined;
	const topMs = ROOM_ABOVE * Math.max(...parts.map((part) => part.took?.p95Ms ?? 0));
	const line = (of: 'medianMs' | 'p95Ms') =>
		linePath(
			parts.map((part) => part.took?.[of]),
			topMs,
			DURATION_DRAWING,
		);
	return {
		...DURATION_DRAWING,
		...{ median: line('medianMs'), p95: line('p95Ms'), topMs },
		rows: parts.flatMap((part) =>
			part.took === undefined ? [] : [{ from: new Date(part.from).toISOString(), took: part.took }],
		),
	};
}

/** The two charts of an overview: what came in, and what became of what went out. */
export function trendCharts(trend: ActivityTrend): readonly ChartView[] {
	return [
		chart('events', 'Events', trend, [['Events', 'info', 'events']]),
		chart('outcomes', 'Deliveries', trend, [
			['Delivered', 'good', 'delivered'],
			['Failed', 'bad', 'failed'],
		]),
	];
}

function chart(
	id: string,
	title: string,
	{ parts, isCut }: ActivityTrend,
	series: readonly (readonly [name: string, tone: string, of: 'events' | 'delivered' | 'failed'])[],
): ChartView {
	const columns = parts.map((part) => series.map(([, , of]) => part[of]));
	return {
		id,
		title,
		series: series.map(([name, tone], index) => ({
			name,
			tone,
			total: columns.reduce((total, values) => total + (values[index] ?? 0), 0),
		})),
		drawing: stackedBars(columns, DRAWING),
		rows: parts.map(({ from }, index) => ({
			from: new Date(from).toISOString(),
			values: columns[index] ?? [],
		})),
		isCut,
	};
}
