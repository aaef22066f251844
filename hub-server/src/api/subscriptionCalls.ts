import { z } from 'zod';
import { DERIVED_EVENT_TYPES, isSubscribable, MOST_OVERDUE_DAYS } from '../../protocol';
import type { SubscriptionChanges } from '../administration/subscriptionChanges';
import { answerWith, defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { SendTestDelivery } from '../relay/sendTestDelivery';
import type { SubscriptionStore } from '../subscriptions/subscriptionStore';
import { pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { nullableTime, time } from './times';

export interface SubscriptionCallsDeps {
	readonly subscriptions: Pick<SubscriptionStore, 'get' | 'list'>;
	readonly subscriptionChanges: SubscriptionChanges;
	readonly sendTestDelivery: SendTestDelivery;
}

const KeyPart = z.string().min(1).max(200);

/** Far beyond any number of publishings. */
const MAX_GENERATION = 1_000_000_000;

const few = z.array(z.string().min(1).max(100)).min(1).max(100);

const Filter = z
	.strictObject({
		documentTypes: few.optional().describe('Xero’s Type, such as ACCREC'),
		statuses: few.optional().describe('Xero’s Status or ContactStatus'),
		contactIds: z.array(z.guid('must be the id of a contact')).min(1).max(100).optional(),
		minTotal: z.number().optional().describe('in the document’s currency, inclusive'),
		maxTotal: z.number().optional().describe('inclusive'),
		changed: few
			.optional()
			.describe('members of Xero’s: only where one of them has another content than before'),
		causedByOthersOnly: z
			.boolean()
			.optional()
			.describe(
				'true: without what the trigger’s own workflow wrote through the hub; without a key, what anybody ' +
					'wrote through it',
			),
		overdueDays: z
			.int()
			.min(1)
			.max(MOST_OVERDUE_DAYS)
			.optional()
			.describe(
				'of overdue events: by how many days, 1 (the day after the due date) unless it says otherwise',
			),
	})
	.describe(
		'which records it is about; what a record does not have leaves nothing out, and one that cannot be ' +
			'read is delivered with classified: false',
	);

const Sample = z.enum(['latest', 'example']);

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
					`is no event type: use <entity>.created, <entity>.updated, <entity>.deleted, *, raw, or one of ${DERIVED_EVENT_TYPES.join(', ')}`,
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
	key: z
		.object({ instanceId: KeyPart, workflowId: KeyPart, nodeId: KeyPart })
		.optional()
		.describe('the trigger node it belongs to; without it the URL is what it is known by'),
	mode: z
		.enum(['production', 'test'])
		.optional()
		.describe('production unless it says otherwise; one for tests ends after ten minutes'),
	generation: z
		.int()
		.min(0)
		.max(MAX_GENERATION)
		.optional()
		.describe('the last one that the trigger knows of; what is answered is larger'),
	requireReceipt: z
		.boolean()
		.optional()
		.describe('whether a 2xx counts only with the header webhook-receipt'),
	whileUnpublished: z
		.enum(['keep', 'drop'])
		.optional()
		.describe('what becomes of the queue when it was parked for over ten minutes; keep'),
	filter: Filter.optional(),
	sample: Sample.optional().describe(
		'with mode test: what is sent at once, to this subscription only; latest is an example where nothing has happened yet',
	),
});

const Deleted = z.object({
	url: z.string().optional().describe('where its deliveries go, as the caller knows'),
	generation: z.coerce.number().int().optional().describe('as the caller knows'),
	discard: z
		.enum(['true', 'false'])
		.optional()
		.describe('true: what waits is cancelled instead of parked'),
});

const Move = z.object({
	to: z
		.string()
		.min(1)
		.max(2_000)
		.describe(
			'n8n’s new base URL, a whole URL, or the id of the subscription that takes the queue',
		),
	ofInstance: z
		.boolean()
		.optional()
		.describe('whether every trigger of the same n8n at the same address moves too'),
});

const SubscriptionAnswer = z.object({
	id: z.string(),
	url: z.string(),
	events: z.array(z.string()),
	tenantIds: z.array(z.string()),
	hydrate: z.boolean(),
	key: z.object({ instanceId: z.string(), workflowId: z.string(), nodeId: z.string() }).nullable(),
	mode: z.enum(['production', 'test']),
	generation: z.number(),
	requireReceipt: z.boolean(),
	whileUnpublished: z.enum(['keep', 'drop']),
	filter: Filter.nullable(),
	status: z.enum(['active', 'disabled', 'parked']),
	parkedUntil: nullableTime,
	movedFrom: z.string().nullable().describe('the address it had before n8n moved'),
	createdAt: time,
});

const SubscriptionCreatedAnswer = SubscriptionAnswer.extend({
	secret: z.string().describe('whsec_…, for verifying deliveries'),
	sample: Sample.optional().describe('what it is sent at once'),
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
			description:
				'Idempotent: the same key at the same origin, or without a key the same URL, is answered 200 with ' +
				'the same secret, and takes its queue over; 201 when new. A key that is known at another origin is ' +
				'asked there: where its trigger still answers, this one is a copy and new; else it has moved.',
			body: NewSubscription,
			status: 201,
			answer: SubscriptionCreatedAnswer,
			isSecret: true,
			alsoAnswers: { 200: { when: 'It was known', answer: SubscriptionCreatedAnswer } },
			refusals: {
				400: 'Not a wish that can be fulfilled, or a URL to which deliveries may not go',
				409: 'It asks for what a record becomes, such as invoice.paid, and this hub runs without sync',
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
			summary: 'Parks a subscription; with discard, ends it',
			description:
				'Its trigger was unpublished: what waits is kept (HUB_PARK_HOURS) for a create of the same trigger. ' +
				'409 subscription_elsewhere where `url` or `generation` say that another one is meant.',
			query: Deleted,
			status: 204,
			refusals: { ...UNKNOWN, 409: 'It has another address by now, or was asked for again since' },
			audit: 'subscription.removed',
			handle: ({ by, workspace, params: { id }, query: { discard, ...at } }) =>
				discard === 'true'
					? subscriptionChanges.discard(by, workspace, id)
					: subscriptionChanges.park(by, workspace, id, at),
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/subscriptions/{id}/move',
			access: 'workspace',
			summary: 'Moves a subscription, or its queue',
			description: 'Deliveries go to the new address from now on, those that waited too.',
			body: Move,
			status: 200,
			answer: z.object({ items: z.array(SubscriptionAnswer) }),
			refusals: {
				...UNKNOWN,
				400: 'A URL to which deliveries may not go',
				409: 'The same trigger has another URL there, or the one that is to take the queue would not send it',
			},
			audit: 'subscription.moved',
			handle: async ({ by, workspace, params, body }) => ({
				items: await subscriptionChanges.move(by, workspace, params.id, body),
			}),
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
