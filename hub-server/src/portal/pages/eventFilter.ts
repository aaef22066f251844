import { z } from 'zod';
import type { EventFilter } from '../../events/eventReader';
import { textOf } from '../show/texts';
import type { WorkspacePages } from './workspacePages';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Times that are chosen with one press. */
export const PERIODS = {
	'1h': { label: 'Last hour', ms: HOUR_MS },
	'24h': { label: 'Last 24 hours', ms: DAY_MS },
	'7d': { label: 'Last 7 days', ms: 7 * DAY_MS },
	'30d': { label: 'Last 30 days', ms: 30 * DAY_MS },
} as const;

/** A day, in UTC. */
const Day = z.iso.date().or(z.literal('')).catch('').default('');

/** What the lists of events and deliveries are narrowed down to, as it stands in their address. */
export const EventQuery = z.object({
	cursor: z.string().max(100).optional().catch(undefined),
	/** Whether this is the second look, after the names were read. */
	named: z.literal('1').optional().catch(undefined),
	org: z.string().max(50).catch('').default(''),
	/** Such as `INVOICE created`. */
	type: z
		.string()
		.regex(/^[A-Z_]{1,50} (?:created|updated|deleted)$/)
		.or(z.literal(''))
		.catch('')
		.default(''),
	period: z.enum(['1h', '24h', '7d', '30d', 'custom']).or(z.literal('')).catch('').default(''),
	from: Day,
	to: Day,
	sort: z.enum(['newest', 'oldest']).catch('newest').default('newest'),
});

/** What the form shows. */
export interface FilterView {
	readonly organisations: ReadonlyArray<readonly [tenantId: string, name: string]>;
	readonly types: readonly string[];
	readonly chosen: Chosen;
	readonly periods: ReadonlyArray<readonly [name: string, label: string]>;
	/** For links to other pages of the list: begins with `&`, or is empty. */
	readonly query: string;
	/** Each thing that the list is narrowed down to, and the query of the list without it. */
	readonly active: readonly { readonly words: string; readonly without: string }[];
}

type Chosen = Pick<
	z.output<typeof EventQuery>,
	'org' | 'type' | 'period' | 'from' | 'to' | 'sort'
>;

export function toEventFilter(
	{ org, type, period, from, to }: Chosen,
	now: number,
): EventFilter {
	const [category, change] = type.split(' ');
	return {
		tenantId: org === '' ? undefined : org,
		...(type !== '' && { category, change: change as EventFilter['change'] }),
		...(period === 'custom'
			? {
					since: from === '' ? undefined : Date.parse(from),
					// That day, too.
					until: to === '' ? undefined : Date.parse(to) + DAY_MS,
				}
			: period !== '' && { since: now - PERIODS[period].ms }),
	};
}

/** @param more other parameters of the list that narrow it down, with their words */
export async function filterView(
	{ connections, events }: Pick<WorkspacePages, 'connections' | 'events'>,
	workspaceId: string,
	chosen: Chosen,
	more: readonly NarrowedBy[] = [],
): Promise<FilterView> {
	const [held, types] = await Promise.all([
		connections.list(workspaceId),
		events.eventTypes(workspaceId),
	]);
	const organisations = held.map(
		({ tenantId, tenantName }) => [tenantId, tenantName ?? tenantId] as const,
	);
	const { org, type, sort } = chosen;
	const period = periodWords(chosen);
	const narrowed: NarrowedBy[] = [
		...more,
		...(org === ''
			? []
			: [{ name: 'org', value: org, words: new Map(organisations).get(org) ?? org }]),
		...(type === '' ? [] : [{ name: 'type', value: type, words: textOf.words(type) }]),
	];
	const times = period === undefined ? [] : periodPairs(chosen);
	const order: Pair[] = sort === 'newest' ? [] : [['sort', sort]];
	const pairsOf = (some: readonly NarrowedBy[]) =>
		some.map(({ name, value }): Pair => [name, value]);
	return {
		organisations,
		types: type === '' || types.includes(type) ? types : [...types, type].sort(),
		chosen,
		periods: [
			['', 'Any time'],
			...Object.entries(PERIODS).map(([name, { label }]) => [name, label] as const),
			['custom', 'From … to …'],
		],
		query: queryOf([...pairsOf(narrowed), ...times, ...order]),
		active: [
			...narrowed.map((one) => ({
				words: one.words,
				without: queryOf([
					...pairsOf(narrowed.filter((other) => other !== one)),
					...times,
					...order,
				]),
			})),
			...(period === undefined
				? []
				: [{ words: period, without: queryOf([...pairsOf(narrowed), ...order]) }]),
		],
	};
}

/** One parameter of a list's address. */
export interface NarrowedBy {
	readonly name: string;
	readonly value: string;
	/** As people read it. */
	readonly words: string;
}

type Pair = readonly [name: string, value: string];

function queryOf(pairs: readonly Pair[]): string {
	return pairs.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join('');
}

function periodPairs({ period, from, to }: Chosen): Pair[] {
	if (period !== 'custom') return [['period', period]];
	return [
		['period', period],
		...(from === '' ? [] : [['from', from] as const]),
		...(to === '' ? [] : [['to', to] as const]),
	];
}

function periodWords({ period, from, to }: Chosen): string | undefined {
	if (period === '') return undefined;
	if (period !== 'custom') return PERIODS[period].label;
	const words = [
		...(from === '' ? [] : [`from ${textOf.day(from)}`]),
		...(to === '' ? [] : [`to ${textOf.day(to)}`]),
	].join(' ');
	return words === '' ? undefined : words.charAt(0).toUpperCase() + words.slice(1);
}
