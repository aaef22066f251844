import { z } from 'zod';
import type { EventFilter } from '../../events/eventReader';
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
		.regex(/^[A-Z_]{1,50} (?:created|updated)$/)
		.or(z.literal(''))
		.catch('')
		.default(''),
	/** How far back. */
	last: z.enum(['', '1h', '24h', '7d', '30d', 'days']).catch('').default(''),
	/** Where it is `days`: the first and the last of them, in UTC. */
	from: DAY,
	to: DAY,
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
	/** For links to other pages of the list: begins with `&`, or is empty. */
	readonly query: string;
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

export async function filterView(
	{ connections, events }: Pick<WorkspacePages, 'connections' | 'events'>,
	workspaceId: string,
	{ org, type, last, from, to }: Chosen,
): Promise<FilterView> {
	const [held, types] = await Promise.all([
		connections.list(workspaceId),
		events.eventTypes(workspaceId),
	]);
	const pairs = Object.entries({ org, type, last, ...(last === 'days' && { from, to }) }).filter(
		([, value]) => value !== '',
	);
	return {
		organisations: held.map(({ tenantId, tenantName }) => [tenantId, tenantName ?? tenantId]),
		types,
		org,
		...{ type, last, from, to },
		query: pairs.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join(''),
	};
}
