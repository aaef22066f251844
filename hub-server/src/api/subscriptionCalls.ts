import { z } from 'zod';
import {
	DERIVED_EVENT_TYPES,
	isSubscribable,
	MOST_OVERDUE_DAYS,
	type SubscriptionRequest,
	type SubscriptionView,
} from '../../protocol';
import type { SubscriptionChanges } from '../administration/subscriptionChanges';
import { OrganisationNotAllowedError } from '../errors/keyErrors';
import { answerWith, defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { KeyOrganisations } from '../http/KeyOrganisations';
import type { SendTestDelivery } from '../relay/sendTestDelivery';
import type { SyncSide } from '../sync/SyncSide';
import type { PullLedger } from '../relay/pullLedger';
import { addressOf, isPullName } from '../subscriptions/addressOf';
import type { SubscriptionStore } from '../subscriptions/subscriptionStore';
import { pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { nullableTime, time } from './times';

export interface SubscriptionCallsDeps {
	readonly subscriptions: Pick<SubscriptionStore, 'get' | 'list'>;
	readonly subscriptionChanges: SubscriptionChanges;
	readonly sendTestDelivery: SendTestDelivery;
	/** Absent: this hub has no sync. */
	readonly sync?: Pick<SyncSide, 'baselinesOf'> | undefined;
	readonly pulls: Pick<PullLedger, 'pull' | 'acknowledge'>;
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

const NewSubscription = z
	.object({
		url: z
			.url({ protocol: /^(https?|pull)$/, error: 'must be an http or https URL' })
			.max(2_000)
			.optional()
			.describe(
				'where deliveries go; of one that is pulled a name such as pull:nightly-books, which may be left out where there is a key',
			)
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
			.strictObject({ instanceId: KeyPart, workflowId: KeyPart, nodeId: KeyPart })
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
		delivery: z
			.enum(['push', 'pull'])
			.optional()
			.describe(
				'push unless it says otherwise; pull: nothing is sent, and its deliveries are asked for',
			),
	})
	.superRefine((wish, context) => {
		const fault = faultOf(wish);
		if (fault !== undefined) context.addIssue({ code: 'custom', ...fault });
	});

/** What a subscription needs depends on how its deliveries get to it. */
function faultOf({ delivery, url, key, requireReceipt }: Partial<SubscriptionRequest>) {
	const isName = url !== undefined && isPullName(url);
	if (delivery !== 'pull') {
		return url === undefined || isName
			? { path: ['url'], message: 'must be an http or https URL' }
			: undefined;
	}
	if (url === undefined ? key === undefined : !isName) {
		return {
			path: ['url'],
			message: 'must be a name such as pull:nightly-books, or left out where there is a key',
		};
	}
	return requireReceipt === true
		? {
				path: ['requireReceipt'],
				message: 'is for deliveries that are pushed: what is pulled is acknowledged',
			}
		: undefined;
}

const Pull = z.object({
	max: z.coerce.number().int().min(1).max(100).default(50).describe('deliveries at most; 50'),
	generation: z.coerce
		.number()
		.int()
		.optional()
		.describe(
			'as the caller was answered when it subscribed: 409 where that is no longer the last one',
		),
});

const PulledAnswer = z.object({
	leaseId: z.string().nullable().describe('names the lease; null where nothing is due'),
	leasedUntil: nullableTime,
	items: z.array(
		z.object({
			id: z.string().describe('of the delivery: what a push has in webhook-id'),
			attempt: z.number().describe('1 the first time'),
			event: z.looseObject({ id: z.string(), type: z.string() }).describe('the body of a push'),
		}),
	),
	more: z.boolean().describe('whether more is due now'),
});

const Acknowledge = z.object({
	ids: z.array(z.string().min(1).max(100)).min(1).max(500).describe('of deliveries'),
	leaseId: z
		.string()
		.max(100)
		.optional()
		.describe('as the page said; left out, whatever lease a delivery has counts as the caller’s'),
});

const AcknowledgedAnswer = z.object({
	items: z.array(
		z.object({
			id: z.string(),
			outcome: z
				.enum(['acknowledged', 'late', 'already', 'elsewhere', 'ended', 'unknown'])
				.describe(
					'late: its lease had ended, and it counts; already: before; elsewhere: it is leased to somebody ' +
						'else by now, and nothing changes; ended: it was given up, filtered or cancelled; unknown: the ' +
						'subscription has none such, or it was never pulled',
				),
		}),
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
	delivery: z.enum(['push', 'pull']),
	pulledAt: nullableTime.describe(
		'when it was last pulled from; null where it never was since it was published last',
	),
	status: z.enum(['active', 'disabled', 'parked']),
	parkedUntil: nullableTime,
	movedFrom: z.string().nullable().describe('the address it had before n8n moved'),
	createdAt: time,
});

const Baselines = z
	.array(
		z.object({
			tenantId: z.string(),
			entity: z.string().describe('invoice holds bills too'),
			state: z
				.enum(['done', 'running', 'waiting', 'due', 'off'])
				.describe('off: its stream, or the organisation’s sync, is switched off'),
			estimate: z
				.object({
					records: z.number().nullable(),
					calls: z.number().nullable(),
					bytes: z.number().nullable().describe('as Xero sends them; before it was read, at most'),
				})
				.describe('what reading it once costs; null where nobody knows yet'),
		}),
	)
	.describe(
		'what must have been read once, storing and telling nothing, before this can be told; none where it ' +
			'asks neither for what a record becomes, nor for what is deleted, nor for some changes only',
	);

const SubscriptionWithBaselines = SubscriptionAnswer.extend({ baselines: Baselines });

const SubscriptionCreatedAnswer = SubscriptionAnswer.extend({
	secret: z.string().describe('whsec_…, for verifying deliveries'),
	sample: Sample.optional().describe('what it is sent at once'),
});

const SubscriptionSavedAnswer = SubscriptionCreatedAnswer.extend({ baselines: Baselines });

const TestDeliveryAnswer = z.object({
	delivered: z.boolean(),
	statusCode: z.number().nullable(),
	ms: z.number(),
	error: z.string().nullable(),
});

/** `/api/v1/subscriptions…`: a workflow says what it wants and where. */
export function createSubscriptionCalls(deps: SubscriptionCallsDeps) {
	const { subscriptions, subscriptionChanges, sendTestDelivery, pulls } = deps;

	/** @throws NotFoundError, OrganisationNotAllowedError */
	async function reach(workspaceId: string, id: string, organisations: KeyOrganisations) {
		const found = await subscriptions.get(workspaceId, id);
		if (!isWithin(found, organisations))
			throw new OrganisationNotAllowedError('another organisation');
		return found;
	}

	/**
	 * One for all organisations is one for those of the key. It takes over no queue in which others may wait.
	 *
	 * @throws OrganisationNotAllowedError
	 */
	async function narrow(
		workspaceId: string,
		wish: SubscriptionRequest,
		organisations: KeyOrganisations,
	): Promise<SubscriptionRequest> {
		const { only } = organisations;
		if (only === undefined) return wish;
		for (const tenantId of wish.tenantIds ?? []) organisations.require(tenantId);
		const address = addressOf(wish);
		const held = await subscriptions.list(workspaceId);
		const known = held.filter((one) => one.url === address || isSameKey(one.key, wish.key));
		if (!known.every((one) => isWithin(one, organisations))) {
			throw new OrganisationNotAllowedError('another organisation');
		}
		return { ...wish, tenantIds: wish.tenantIds?.length ? wish.tenantIds : only };
	}

	return groupCalls('Subscriptions', [
		defineCall({
			method: 'post',
			path: '/api/v1/subscriptions',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'narrowed' },
			summary: 'Subscribes a URL to events',
			description:
				'Idempotent: the same key at the same origin, or without a key the same URL, is answered 200 with ' +
				'the same secret, and takes its queue over; 201 when new. A key that is known at another origin is ' +
				'asked there: where its trigger still answers, this one is a copy and new; else it has moved.',
			body: NewSubscription,
			status: 201,
			answer: SubscriptionSavedAnswer,
			isSecret: true,
			alsoAnswers: { 200: { when: 'It was known', answer: SubscriptionSavedAnswer } },
			refusals: {
				400: 'Not a wish that can be fulfilled, or a URL to which deliveries may not go',
				409: 'It asks for what a record becomes, such as invoice.paid, and this hub runs without sync',
				429: 'The workspace has as many subscriptions, or syncs, as it may have',
			},
			audit: 'subscription.saved',
			async handle({ by, workspace, organisations, body }) {
				const wish = await narrow(workspace.id, body, organisations);
				const saved = await subscriptionChanges.save(by, workspace, wish);
				const answer = { ...saved.subscription, baselines: [...saved.baselines] };
				return saved.isNew ? answer : answerWith(200, answer);
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/subscriptions',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'narrowed' },
			summary: 'Lists the subscriptions, without secrets',
			status: 200,
			answer: pageOf(SubscriptionAnswer),
			async handle({ workspace, organisations }) {
				const all = await subscriptions.list(workspace.id);
				return { items: all.filter((one) => isWithin(one, organisations)), nextCursor: null };
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/subscriptions/{id}',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'narrowed' },
			summary: 'One subscription',
			status: 200,
			answer: SubscriptionWithBaselines,
			refusals: UNKNOWN,
			async handle({ workspace, organisations, params }) {
				const found = await reach(workspace.id, params.id, organisations);
				const known = await deps.sync?.baselinesOf(workspace.id, found, { asksXero: false });
				return { ...found, baselines: [...(known ?? [])] };
			},
		}),
		defineCall({
			method: 'delete',
			path: '/api/v1/subscriptions/{id}',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'narrowed' },
			summary: 'Parks a subscription; with discard, ends it',
			description:
				'Its trigger was unpublished: what waits is kept (HUB_PARK_HOURS) for a create of the same trigger. ' +
				'409 subscription_elsewhere where `url` or `generation` say that another one is meant.',
			query: Deleted,
			status: 204,
			refusals: { ...UNKNOWN, 409: 'It has another address by now, or was asked for again since' },
			audit: 'subscription.removed',
			async handle({ by, workspace, organisations, params, query: { discard, ...at } }) {
				const { id } = await reach(workspace.id, params.id, organisations);
				await (discard === 'true'
					? subscriptionChanges.discard(by, workspace, id)
					: subscriptionChanges.park(by, workspace, id, at));
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/subscriptions/{id}/move',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'all' },
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
			needs: { scope: 'events', organisations: 'narrowed' },
			summary: 'A new secret; the old one signs too for a day',
			status: 200,
			answer: SubscriptionCreatedAnswer,
			isSecret: true,
			refusals: UNKNOWN,
			audit: 'subscription.secret_rotated',
			async handle({ by, workspace, organisations, params }) {
				const { id } = await reach(workspace.id, params.id, organisations);
				return subscriptionChanges.rotateSecret(by, workspace, id);
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/subscriptions/{id}/test',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'narrowed' },
			summary: 'Sends a made-up event at once and says what was answered',
			status: 200,
			answer: TestDeliveryAnswer,
			refusals: { ...UNKNOWN, 409: 'It is pulled from, so nothing is sent to it' },
			async handle({ workspace, organisations, params }) {
				const subscription = await reach(workspace.id, params.id, organisations);
				return sendTestDelivery(workspace, subscription);
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/subscriptions/{id}/pull',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'narrowed' },
			summary: 'Leases the oldest deliveries of a subscription that is pulled from',
			description:
				'They belong to the caller for 15 minutes. What is not acknowledged by then comes again with the same ' +
				'id, with fewer others each time and after ever longer waits, and is given up after ten times. Ask ' +
				'again at once while `more` says so: a page may be short.',
			query: Pull,
			status: 200,
			answer: PulledAnswer,
			refusals: {
				...UNKNOWN,
				409: 'It is parked or not one that is pulled from, or its trigger was asked for again since `generation`',
			},
			async handle({ workspace, organisations, params, query }) {
				await reach(workspace.id, params.id, organisations);
				const page = await pulls.pull(workspace.id, params.id, query);
				return { ...page, items: page.items.map((one) => ({ ...one, event: { ...one.event } })) };
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/subscriptions/{id}/acknowledge',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'narrowed' },
			summary: 'Ends pulled deliveries as delivered, and says what became of each',
			description: 'Idempotent.',
			body: Acknowledge,
			status: 200,
			answer: AcknowledgedAnswer,
			refusals: UNKNOWN,
			async handle({ workspace, organisations, params, body: { ids, leaseId } }) {
				const { id } = await reach(workspace.id, params.id, organisations);
				return { items: await pulls.acknowledge(workspace.id, id, ids, leaseId) };
			},
		}),
	]);
}

/** Whether nothing of another organisation can come to it. */
function isWithin(
	{ tenantIds }: Pick<SubscriptionView, 'tenantIds'>,
	organisations: KeyOrganisations,
): boolean {
	if (organisations.only === undefined) return true;
	return tenantIds.length > 0 && tenantIds.every((tenantId) => organisations.has(tenantId));
}

function isSameKey(
	one: SubscriptionRequest['key'] | null,
	other: SubscriptionRequest['key'],
): boolean {
	return (
		one !== null &&
		one !== undefined &&
		other !== undefined &&
		one.instanceId === other.instanceId &&
		one.workflowId === other.workflowId &&
		one.nodeId === other.nodeId
	);
}
