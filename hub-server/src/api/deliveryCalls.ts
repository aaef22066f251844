import { z } from 'zod';
import type { DeliveryReplays } from '../administration/deliveryReplays';
import type { EventReader } from '../events/eventReader';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { KeyOrganisations } from '../http/KeyOrganisations';
import type { DeliveryReader } from '../relay/deliveryReader';
import { Page, pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { nullableTime, time } from './times';

export interface DeliveryCallsDeps {
	readonly deliveries: Pick<DeliveryReader, 'deliveries' | 'delivery'>;
	readonly deliveryReplays: DeliveryReplays;
	readonly events: Pick<EventReader, 'event'>;
	/** Resolves once everything that Xero was answered for is in the ledger. */
	settled(): Promise<void>;
}

const Status = z.enum(['waiting', 'pending', 'delivered', 'dead', 'filtered', 'cancelled']);

const DeliveryPage = Page.extend({ status: Status.optional() });

const when = z.iso
	.datetime({ offset: true, error: 'must be a time such as 2026-01-31T09:00:00Z' })
	.meta({ examples: ['2026-01-31T09:00:00Z'] })
	.transform((text) => Date.parse(text));

const ReplayFilter = z.object({
	status: z
		.enum(['dead', 'undelivered', 'delivered', 'cancelled'])
		.optional()
		.describe('how deliveries ended; undelivered: never as delivered, and not under way'),
	subscriptionId: z.string().optional(),
	tenantId: z.string().optional(),
});

/** The members of the filter may stand outside of it too. */
const ReplayRequest = ReplayFilter.extend({
	since: when.describe('when the hub received the events; inclusive'),
	until: when.describe('exclusive'),
	filter: ReplayFilter.default({}),
});

const ReplayAnswer = z.object({
	id: z.string(),
	status: z.enum(['counting', 'running', 'finished', 'cancelled']),
	deliveries: z.number().describe('to be sent, counted when it began; so far while it is counting'),
	made: z.number().describe('those of them that were made so far'),
	since: time,
	until: time,
	createdAt: time,
	finishedAt: nullableTime,
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
export function createDeliveryCalls(deps: DeliveryCallsDeps) {
	const { deliveries, deliveryReplays, events, settled } = deps;

	/** @throws NotFoundError, OrganisationNotAllowedError */
	async function reach(workspaceId: string, id: string, organisations: KeyOrganisations) {
		const delivery = await deliveries.delivery(workspaceId, id);
		if (organisations.only !== undefined) {
			organisations.require((await events.event(workspaceId, delivery.eventId)).tenantId);
		}
		return delivery;
	}

	return groupCalls('Deliveries', [
		defineCall({
			method: 'get',
			path: '/api/v1/deliveries',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'narrowed' },
			summary: 'Lists the deliveries, newest first',
			query: DeliveryPage,
			status: 200,
			answer: pageOf(DeliveryAnswer),
			async handle({ workspace, organisations, query }) {
				await settled();
				return deliveries.deliveries(workspace.id, { ...query, ...organisations.narrow() });
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/deliveries/{id}',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'narrowed' },
			summary: 'One delivery with its attempts',
			status: 200,
			answer: DeliveryWithAttemptsAnswer,
			refusals: UNKNOWN,
			async handle({ workspace, organisations, params }) {
				await settled();
				return reach(workspace.id, params.id, organisations);
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/deliveries/{id}/replay',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'narrowed' },
			summary: 'Delivers the event again: as a new delivery, or at once where it is still tried',
			status: 202,
			answer: z.object({ id: z.string() }),
			refusals: { ...UNKNOWN, 409: 'The subscription is gone or disabled' },
			audit: 'delivery.replayed',
			async handle({ by, workspace, organisations, params }) {
				await settled();
				await reach(workspace.id, params.id, organisations);
				return deliveryReplays.one(by, workspace, params.id);
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/replays',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'narrowed' },
			summary: 'Delivers the events of a time range again',
			body: ReplayRequest,
			status: 202,
			answer: ReplayAnswer,
			refusals: { 429: 'Ten replays of the workspace are under way' },
			audit: 'deliveries.replayed',
			async handle({ by, workspace, organisations, body: { filter, ...range } }) {
				await settled();
				const wish = { ...range, ...filter };
				organisations.require(wish.tenantId ?? null);
				return deliveryReplays.range(by, workspace, wish);
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/replays/{id}',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'all' },
			summary: 'How far a replay is',
			status: 200,
			answer: ReplayAnswer,
			refusals: UNKNOWN,
			handle: ({ workspace, params }) => deliveryReplays.progress(workspace, params.id),
		}),
		defineCall({
			method: 'delete',
			path: '/api/v1/replays/{id}',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'all' },
			summary: 'Ends a replay; what it has made so far stays',
			status: 200,
			answer: ReplayAnswer,
			refusals: UNKNOWN,
			audit: 'replay.cancelled',
			handle: ({ by, workspace, params }) => deliveryReplays.cancel(by, workspace, params.id),
		}),
	]);
}
