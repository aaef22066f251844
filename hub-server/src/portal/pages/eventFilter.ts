import { z } from 'zod';
import type { EventFilter } from '../../events/eventReader';
import { textOf } from '../show/texts';
import type { WorkspacePages } from './workspacePages';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const SPANS = { '1h': HOUR_MS, '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS } as const;

const DAY = z
	.string()
	.regex(/^\d{4}-\d{2}-\d{2}$/)
	.or(z.literal(''))
	.catch('')
	.default('');

/** What the lists of events and deliveries are narrowed down to, as it stands in their address. */
export const EventQuery = z.object({
	cursor: z.string().max(100).optional().catch(undefined),
	org: z.string().max(50).catch('').default(''),
	/** Such as `INVOICE created`. */
	type: z
		.string()
		.regex(/^[A-Z_]{1,50} (?:created|updated|deleted)$/)
		.or(z.literal(''))
		.catch('')
		.default(''),
	/** How far back. */
	last: z.enum(['', '1h', '24h', '7d', '30d', 'days']).catch('').default(''),
	/** Where it is `days`: the first and the last of them, in UTC. */
	from: DAY,
	to: DAY,
	sort: z.enum(['newest', 'oldest']).catch('newest').default('newest'),
});

/** What the form shows. */
export interface FilterView {
	readonly organisations: ReadonlyArray<readonly [tenantId: string, name: string]>;
	readonly types: readonly string[];
	readonly org: string;
	readonly type: string;
	readonly last: z.output<typeof EventQuery>['last'];
	readonly from: string;
	readonly to: string;
	readonly sort: z.output<typeof EventQuery>['sort'];
	/** For links to other pages of the list: begins with `&`, or is empty. */
	readonly query: string;
	/** Each thing that the list is narrowed down to, and the query without it: what to loosen. */
	readonly active: readonly { readonly words: string; readonly without: string }[];
}

/** One parameter of a list's address. */
export interface NarrowedBy {
	readonly name: string;
	readonly value: string;
	/** As people read it. */
	readonly words: string;
}

type Chosen = Omit<z.output<typeof EventQuery>, 'cursor'>;

/** @param now epoch milliseconds */
export function toEventFilter({ org, type, last, from, to }: Chosen, now: number): EventFilter {
	const [category, change] = type.split(' ');
	return {
		tenantId: org === '' ? undefined : org,
		...(last !== '' && (last === 'days' ? daysOf(from, to) : { since: now - SPANS[last] })),
		...(type !== '' && { category, change: change as EventFilter['change'] }),
	};
}

/** From the midnight before the first day to the one after the last, in UTC. */
function daysOf(from: string, to: string): Pick<EventFilter, 'since' | 'until'> {
	return {
		...(from !== '' && { since: Date.parse(from) }),
		...(to !== '' && { until: Date.parse(to) + DAY_MS }),
	};
}

/** @param more other parameters that the list is narrowed down by */
export async function filterView(
	{ connections, events }: Pick<WorkspacePages, 'connections' | 'events'>,
	workspaceId: string,
	{ org, type, last, from, to, sort }: Chosen,
	more: readonly NarrowedBy[] = [],
): Promise<FilterView> {
	const [held, types] = await Promise.all([
		connections.list(workspaceId),
		events.eventTypes(workspaceId),
	]);
	const organisations = held.map(
		({ tenantId, tenantName }) => [tenantId, tenantName ?? tenantId] as const,
	);
	const narrowed: readonly (readonly NarrowedBy[])[] = [
		...more.map((one) => [one]),
		[{ name: 'org', value: org, words: new Map(organisations).get(org) ?? org }],
		[{ name: 'type', value: type, words: textOf.words(type) }],
		[
			{ name: 'last', value: last, words: last === '' ? '' : SPAN_WORDS[last] },
			...(last === 'days' ? [day('from', from), day('to', to)] : []),
		],
	]
		.map((group) => group.filter(({ value }) => value !== ''))
		.filter((group) => group.length > 0);
	const order = sort === 'newest' ? [] : [{ name: 'sort', value: sort, words: '' }];
	const queryOf = (groups: typeof narrowed) =>
		[...groups.flat(), ...order]
			.map(({ name, value }) => `&${name}=${encodeURIComponent(value)}`)
			.join('');
	return {
		organisations,
		types,
		org,
		...{ type, last, from, to, sort },
		query: queryOf(narrowed),
		active: narrowed.map((group) => ({
			words: group[0]?.words ?? '',
			without: queryOf(narrowed.filter((other) => other !== group)),
		})),
	};
}

const SPAN_WORDS = {
	...{ '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days' },
	days: 'These days',
} as const;

function day(name: string, value: string): NarrowedBy {
	return { name, value, words: value };
}
