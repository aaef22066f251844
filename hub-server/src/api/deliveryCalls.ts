import { z } from 'zod';
import type { DeliveryReplays } from '../administration/deliveryReplays';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { DeliveryReader } from '../relay/deliveryReader';
import { Page, pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { nullableTime, time } from './times';

export interface DeliveryCallsDeps {
	readonly deliveries: Pick<DeliveryReader, 'deliveries' | 'delivery'>;
	readonly deliveryReplays: DeliveryReplays;
	/** Resolves once everything that Xero was answered for is in the ledger. */
	settled(): Promise<void>;
}

const Status = z.enum(['waiting', 'pending', 'delivered', 'dead', 'filtered', 'cancelled']);

const DeliveryPage = Page.extend({ status: Status.optional() });

const when = z.iso
	.datetime({ offset: true, error: 'must be a time such as 2026-01-31T09:00:00Z' })
	.meta({ examples: ['2026-01-31T09:00:00Z'] })
	.transform((text) => Date.parse(text));

const Replay = z.object({
	since: when.describe('when the hub received the events; inclusive'),
	until: when.describe('exclusive'),
	filter: z
		.object({
			status: z.enum(['dead', 'delivered', 'cancelled']).optional(),
			subscriptionId: z.string().optional(),
			tenantId: z.string().optional(),
		})
		.default({}),
});

const DeliveryAnswer = z.object({
	id: z.string(),
	eventId: z.string(),
	subscriptionId: z.string(),
	replayOf: z.string().nullable(),
	status: Status,
	attempt: z.number(),
	nextAttemptAt: nullableTime,
	reason: z.string().nullable(),
	createdAt: time,
	finishedAt: nullableTime,
});

const DeliveryWithAttemptsAnswer = DeliveryAnswer.extend({
	attempts: z.array(
		z.object({
			number: z.number(),
			startedAt: time,
			ms: z.number(),
			statusCode: z.number().nullable(),
			error: z.string().nullable(),
			responseBody: z.string().nullable(),
		}),
	),
});

/** `/api/v1/deliveries…` and `/replays`: what went to which workflow, and again. */
export function createDeliveryCalls({ deliveries, deliveryReplays, settled }: DeliveryCallsDeps) {
	return groupCalls('Deliveries', [
		defineCall({
			method: 'get',
			path: '/api/v1/deliveries',
			access: 'workspace',
			summary: 'Lists the deliveries, newest first',
			query: DeliveryPage,
			status: 200,
			answer: pageOf(DeliveryAnswer),
			async handle({ workspace, query }) {
				await settled();
				return deliveries.deliveries(workspace.id, query);
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/deliveries/{id}',
			access: 'workspace',
			summary: 'One delivery with its attempts',
			status: 200,
			answer: DeliveryWithAttemptsAnswer,
			refusals: UNKNOWN,
			async handle({ workspace, params }) {
				await settled();
				return deliveries.delivery(workspace.id, params.id);
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/deliveries/{id}/replay',
			access: 'workspace',
			summary: 'Delivers the event again, as a new delivery',
			status: 202,
			answer: z.object({ id: z.string() }),
			refusals: { ...UNKNOWN, 409: 'The subscription is gone or disabled' },
			audit: 'delivery.replayed',
			async handle({ by, workspace, params }) {
				await settled();
				return deliveryReplays.one(by, workspace, params.id);
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/replays',
			access: 'workspace',
			summary: 'Delivers the events of a time range again',
			body: Replay,
			status: 202,
			answer: z.object({ deliveries: z.number() }),
			audit: 'deliveries.replayed',
			async handle({ by, workspace, body: { filter, ...range } }) {
				await settled();
				return deliveryReplays.range(by, workspace, { ...range, ...filter });
			},
		}),
	]);
}
