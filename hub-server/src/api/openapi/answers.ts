import { z } from 'zod';

const time = z.string().describe('ISO 8601, UTC');
const nullableTime = time.nullable();

/** Lists are alike: give `nextCursor` back as `cursor` for the next page. */
export const pageOf = (item: z.ZodType) =>
	z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const AppKeysAnswer = z.object({
	clientId: z.string(),
	clientSecretFingerprint: z.string().describe('the first characters of its SHA-256'),
	webhookKeyFingerprint: z.string().nullable(),
	secondWebhookKeyFingerprint: z.string().nullable(),
	scopes: z.string(),
	tier: z.string(),
	handshakeAt: nullableTime.describe("when Xero's intent-to-receive check was last answered well"),
	verifiedAt: nullableTime.describe('when Xero last accepted id and secret'),
	warnings: z.array(z.string()).describe("what does not look like Xero's keys, in sentences"),
});

export const WorkspaceAnswer = z.object({
	id: z.string(),
	slug: z.string(),
	name: z.string(),
	n8nBaseUrls: z.array(z.string()),
	webhookUrl: z.string().describe("the delivery URL for the Xero app's webhooks"),
	redirectUri: z.string().describe('the redirect URI for the Xero app'),
	connectUrl: z.string().describe('where a browser connects an organisation, without a sign-in'),
	connectLink: z.boolean().describe('whether connectUrl is switched on'),
	appKeys: AppKeysAnswer.nullable(),
	createdAt: time,
});

export const NewKeyAnswer = z.object({
	id: z.string(),
	key: z.string().describe('shown this once'),
});

export const ApiKeyAnswer = z.object({
	id: z.string(),
	name: z.string(),
	createdAt: time,
	lastUsedAt: nullableTime,
	revokedAt: nullableTime,
});

export const WhoAmIAnswer = z.object({ id: z.string(), slug: z.string(), name: z.string() });

export const ConnectionAnswer = z.object({
	id: z.string(),
	tenantId: z.string(),
	tenantName: z.string().nullable(),
	tenantType: z.string(),
	enabled: z.boolean(),
	status: z.string().describe('active, reauth_required or app_keys_refused'),
	dayBudget: z
		.object({
			left: z.number().describe('calls'),
			at: time.describe('when Xero said so'),
			fullAt: nullableTime.describe('set once the day is spent: when calls are there again'),
		})
		.nullable()
		.describe("what Xero's last answer said about today; null before today's first call"),
});

export const TokenAnswer = z.object({
	accessToken: z.string(),
	expiresIn: z.number().describe('seconds'),
	scope: z.string(),
	tenantId: z.string(),
	tenantUrl: z.string(),
});

export const ExportAnswer = TokenAnswer.extend({
	clientId: z.string(),
	clientSecret: z.string().optional().describe('for an admin key only'),
	webhookKey: z.string().nullable().optional().describe('for an admin key only'),
});

export const ChecklistAnswer = z.object({
	redirectUri: z.string().describe('to copy into the Xero app'),
	webhookUrl: z.string().describe('to copy into the webhooks page of the Xero app'),
	verifiedAt: nullableTime,
	steps: z.array(
		z.object({
			name: z.string(),
			state: z.enum(['done', 'next', 'later']),
			doneAt: nullableTime,
		}),
	),
});

export const AuthorizeUrlAnswer = z.object({ authorizeUrl: z.string() });

export const ConnectAnswer = z.union([
	AuthorizeUrlAnswer,
	z.object({ tenantIds: z.array(z.string()) }).describe('of a Custom Connection'),
]);

export const SubscriptionAnswer = z.object({
	id: z.string(),
	url: z.string(),
	events: z.array(z.string()),
	tenantIds: z.array(z.string()),
	hydrate: z.boolean(),
	status: z.enum(['active', 'disabled']),
	createdAt: time,
});

export const SubscriptionCreatedAnswer = SubscriptionAnswer.extend({
	secret: z.string().describe('whsec_…, for verifying deliveries'),
});

export const TestDeliveryAnswer = z.object({
	delivered: z.boolean(),
	statusCode: z.number().nullable(),
	ms: z.number(),
	error: z.string().nullable(),
});

export const EventAnswer = z.object({
	id: z.string(),
	tenantId: z.string(),
	category: z.string(),
	change: z.enum(['created', 'updated']),
	resourceId: z.string(),
	resourceUrl: z.string(),
	source: z.enum(['webhook', 'sync']),
	occurredAt: time,
	receivedAt: time,
	record: z.enum(['not_needed', 'needed', 'ready', 'unavailable']),
});

export const DeliveryAnswer = z.object({
	id: z.string(),
	eventId: z.string(),
	subscriptionId: z.string(),
	replayOf: z.string().nullable(),
	status: z.enum(['waiting', 'pending', 'delivered', 'dead', 'filtered', 'cancelled']),
	attempt: z.number(),
	nextAttemptAt: nullableTime,
	reason: z.string().nullable(),
	createdAt: time,
	finishedAt: nullableTime,
});

export const DeliveryWithAttemptsAnswer = DeliveryAnswer.extend({
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

export const AlertAnswer = z.object({
	id: z.string(),
	kind: z
		.string()
		.describe(
			'reauth_required, app_keys_refused, workflow_paused, workflow_disabled or deliveries_dead',
		),
	subject: z.string().describe('the id of a grant, or of a subscription'),
	message: z.string().describe('what happened and what to do, for people'),
	raisedAt: time,
});

export const StillAtXeroAnswer = z.object({
	stillAtXero: z.array(
		z.object({
			tenantId: z.string(),
			name: z.string(),
			reason: z.string().describe('and what to do, for people'),
		}),
	),
});
