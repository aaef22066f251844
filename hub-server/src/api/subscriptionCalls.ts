import { z } from 'zod';
import { isSubscribable } from '../../protocol';
import type { SubscriptionChanges } from '../administration/subscriptionChanges';
import { answerWith, defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { SendTestDelivery } from '../relay/sendTestDelivery';
import type { SubscriptionStore } from '../subscriptions/subscriptionStore';
import { pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { time } from './times';

export interface SubscriptionCallsDeps {
	readonly subscriptions: Pick<SubscriptionStore, 'get' | 'list'>;
	readonly subscriptionChanges: SubscriptionChanges;
	readonly sendTestDelivery: SendTestDelivery;
}

const NewSubscription = z.object({
	url: z
		.url({ protocol: /^https?$/, error: 'must be an http or https URL' })
		.max(2_000)
		.meta({ examples: ['https://n8n.example.com/webhook/xero'] }),
	events: z
		.array(
			z
				.string()
				.refine(
					isSubscribable,
					'is no event type: use <entity>.created, <entity>.updated, * or raw',
				),
		)
		.min(1, 'name at least one event type')
		.max(100)
		.meta({ examples: [['invoice.created', 'contact.updated']] }),
	tenantIds: z
		.array(z.guid('must be the id of an organisation'))
		.max(1_000)
		.optional()
		.describe('only these organisations; absent or empty: all of the workspace'),
	hydrate: z.boolean().optional().describe('whether each delivery holds the full record'),
});

const SubscriptionAnswer = z.object({
	id: z.string(),
	url: z.string(),
	events: z.array(z.string()),
	tenantIds: z.array(z.string()),
	hydrate: z.boolean(),
	status: z.enum(['active', 'disabled']),
	createdAt: time,
});

const SubscriptionCreatedAnswer = SubscriptionAnswer.extend({
	secret: z.string().describe('whsec_…, for verifying deliveries'),
});

const TestDeliveryAnswer = z.object({
	delivered: z.boolean(),
	statusCode: z.number().nullable(),
	ms: z.number(),
	error: z.string().nullable(),
});

/** `/api/v1/subscriptions…`: a workflow says what it wants and where. */
export function createSubscriptionCalls(deps: SubscriptionCallsDeps) {
	const { subscriptions, subscriptionChanges, sendTestDelivery } = deps;

	return groupCalls('Subscriptions', [
		defineCall({
			method: 'post',
			path: '/api/v1/subscriptions',
			access: 'workspace',
			summary: 'Subscribes a URL to events',
			description: 'Idempotent by URL: 201 when new, 200 when known, with the same secret.',
			body: NewSubscription,
			status: 201,
			answer: SubscriptionCreatedAnswer,
			isSecret: true,
			alsoAnswers: { 200: { when: 'The URL was known', answer: SubscriptionCreatedAnswer } },
			refusals: {
				400: 'Not a wish that can be fulfilled, or a URL to which deliveries may not go',
				429: 'The workspace has as many subscriptions as it may have',
			},
			audit: 'subscription.saved',
			async handle({ by, workspace, body }) {
				const { isNew, subscription } = await subscriptionChanges.save(by, workspace, body);
				return isNew ? subscription : answerWith(200, subscription);
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/subscriptions',
			access: 'workspace',
			summary: 'Lists the subscriptions, without secrets',
			status: 200,
			answer: pageOf(SubscriptionAnswer),
			handle: async ({ workspace }) => ({
				items: await subscriptions.list(workspace.id),
				nextCursor: null,
			}),
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/subscriptions/{id}',
			access: 'workspace',
			summary: 'One subscription',
			status: 200,
			answer: SubscriptionAnswer,
			refusals: UNKNOWN,
			handle: ({ workspace, params }) => subscriptions.get(workspace.id, params.id),
		}),
		defineCall({
			method: 'delete',
			path: '/api/v1/subscriptions/{id}',
			access: 'workspace',
			summary: 'Unsubscribes; what still waited is cancelled',
			status: 204,
			refusals: UNKNOWN,
			audit: 'subscription.removed',
			handle: ({ by, workspace, params }) => subscriptionChanges.remove(by, workspace, params.id),
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/subscriptions/{id}/rotate-secret',
			access: 'workspace',
			summary: 'A new secret; the old one signs too for a day',
			status: 200,
			answer: SubscriptionCreatedAnswer,
			isSecret: true,
			refusals: UNKNOWN,
			audit: 'subscription.secret_rotated',
			handle: ({ by, workspace, params }) =>
				subscriptionChanges.rotateSecret(by, workspace, params.id),
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/subscriptions/{id}/test',
			access: 'workspace',
			summary: 'Sends a made-up event at once and says what was answered',
			status: 200,
			answer: TestDeliveryAnswer,
			refusals: UNKNOWN,
			async handle({ workspace, params }) {
				const subscription = await subscriptions.get(workspace.id, params.id);
				return sendTestDelivery(workspace, subscription);
			},
		}),
	]);
}
