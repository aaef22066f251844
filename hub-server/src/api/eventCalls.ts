import { z } from 'zod';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { EventReader } from '../events/eventReader';
import { Page, pageOf } from './paging';
import { time } from './times';

export interface EventCallsDeps {
	readonly events: Pick<EventReader, 'events'>;
	/** Resolves once everything that Xero was answered for is in the ledger. */
	settled(): Promise<void>;
}

const EventAnswer = z.object({
	id: z.string(),
	tenantId: z.string(),
	category: z.string(),
	change: z.enum(['created', 'updated', 'deleted']),
	resourceId: z.string(),
	resourceUrl: z.string(),
	source: z.enum(['webhook', 'sync']),
	occurredAt: time,
	receivedAt: time,
	sameAs: z.string().nullable().describe('the event that had told the same change before'),
	record: z.enum(['not_needed', 'needed', 'ready', 'unavailable']),
});

/** `/api/v1/events`: what happened at Xero. */
export function createEventCalls({ events, settled }: EventCallsDeps) {
	return groupCalls('Events', [
		defineCall({
			method: 'get',
			path: '/api/v1/events',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'narrowed' },
			summary: 'Lists the events, newest first',
			query: Page,
			status: 200,
			answer: pageOf(EventAnswer),
			async handle({ workspace, organisations, query }) {
				await settled();
				return events.events(workspace.id, { ...query, ...organisations.narrow() });
			},
		}),
	]);
}
