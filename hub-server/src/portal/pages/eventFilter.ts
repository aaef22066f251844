import { z } from 'zod';
import type { EventFilter } from '../../events/eventReader';
import type { WorkspacePages } from './workspacePages';

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
});

/** What the form shows. */
export interface FilterView {
	readonly organisations: ReadonlyArray<readonly [tenantId: string, name: string]>;
	readonly types: readonly string[];
	readonly org: string;
	readonly type: string;
	/** For links to other pages of the list: begins with `&`, or is empty. */
	readonly query: string;
}

type Chosen = Pick<z.output<typeof EventQuery>, 'org' | 'type'>;

export function toEventFilter({ org, type }: Chosen): EventFilter {
	const [category, change] = type.split(' ');
	return {
		tenantId: org === '' ? undefined : org,
		...(type !== '' && { category, change: change as EventFilter['change'] }),
	};
}

export async function filterView(
	{ connections, events }: Pick<WorkspacePages, 'connections' | 'events'>,
	workspaceId: string,
	{ org, type }: Chosen,
): Promise<FilterView> {
	const [held, types] = await Promise.all([
		connections.list(workspaceId),
		events.eventTypes(workspaceId),
	]);
	const pairs = Object.entries({ org, type }).filter(([, value]) => value !== '');
	return {
		organisations: held.map(({ tenantId, tenantName }) => [tenantId, tenantName ?? tenantId]),
		types,
		org,
		type,
		query: pairs.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join(''),
	};
}
