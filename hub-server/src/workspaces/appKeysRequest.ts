import { z } from 'zod';
import { keyText } from './keyText';
import { SCOPE_PRESETS, type ScopePreset } from './scopePresets';

const TIERS = ['starter', 'core', 'plus', 'advanced', 'enterprise'] as const;

const webhookKey = () => keyText('webhook key').nullable().optional();

/** `PUT …/app-keys`, and what the command line takes: what is left out stays as it is saved. */
export const AppKeysRequest = z
	.object({
		clientId: keyText('client id'),
		clientSecret: keyText('client secret'),
		/** Null takes it away, and with it those that it replaced. */
		webhookKey: webhookKey(),
		/** Where the app's webhooks are signed with a second one. Null takes it away. */
		secondWebhookKey: webhookKey(),
		scopes: z
			.string()
			.trim()
			.regex(/^[\w.]+(?: [\w.]+)*$/, 'must be scopes separated by single spaces')
			.optional(),
		scopePreset: z
			.enum(Object.keys(SCOPE_PRESETS) as [ScopePreset, ...ScopePreset[]], {
				error: `must be one of ${Object.keys(SCOPE_PRESETS).join(', ')}`,
			})
			.optional(),
		tier: z
			.union([z.enum(TIERS), z.number().int().positive().max(9_999_999).transform(String)], {
				error: `must be ${TIERS.join(', ')}, or how many organisations Xero allows the app`,
			})
			.optional(),
		/** Xero is asked first, and nothing is saved when it refuses. */
		verify: z.boolean({ error: 'must be true or false' }).optional(),
	})
	.refine(({ clientId, clientSecret }) => clientId !== clientSecret, {
		path: ['clientSecret'],
		message: 'the client id was pasted a second time: copy the client secret',
	})
	.refine(({ clientSecret, webhookKey: key }) => clientSecret !== key, {
		path: ['webhookKey'],
		message:
			"the client secret was pasted a second time: copy the key from the app's webhooks page",
	})
	.refine(({ clientSecret, secondWebhookKey: key }) => clientSecret !== key, {
		path: ['secondWebhookKey'],
		message:
			"the client secret was pasted a second time: copy the key from the app's webhooks page",
	});
