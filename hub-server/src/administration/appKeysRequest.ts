import { z } from 'zod';
import { keyText } from '../workspaces/keyText';
import { SCOPE_PRESETS, type ScopePreset } from '../workspaces/scopePresets';
import { TIER_NAMES } from '../workspaces/tiers';

/** Scopes with single spaces between them. */
export const SCOPES_PATTERN = /^[\w.]+(?: [\w.]+)*$/;

const webhookKey = (meaning: string) =>
	keyText('webhook key').nullable().optional().describe(meaning);

/** Characters of a whole list: Xero's page is asked for it in its address. */
export const MOST_SCOPES = 4_000;

const Scopes = z
	.string()
	.trim()
	.max(MOST_SCOPES)
	.regex(SCOPES_PATTERN, 'must be scopes separated by single spaces');

const Preset = z.enum(Object.keys(SCOPE_PRESETS) as [ScopePreset, ...ScopePreset[]], {
	error: `must be one of ${Object.keys(SCOPE_PRESETS).join(', ')}`,
});

/** `PUT …/app-keys/scopes`, and what the command line takes. */
export const ScopesRequest = z
	.object({ scopes: Scopes.optional(), scopePreset: Preset.optional() })
	.refine(({ scopes, scopePreset }) => (scopes === undefined) !== (scopePreset === undefined), {
		error: 'say either scopes or scopePreset',
	});

/** The list that is meant, each scope once. */
export function wantedScopes({ scopes, scopePreset }: z.output<typeof ScopesRequest>): string[] {
	const text = scopes ?? (scopePreset === undefined ? '' : SCOPE_PRESETS[scopePreset]);
	return [...new Set(text.split(' '))];
}

/** `PUT …/app-keys`, and what the command line takes: what is left out stays as it is saved. */
export const AppKeysRequest = z.object({
	clientId: keyText('client id').meta({ examples: ['A1B2C3D4E5F60718293A4B5C6D7E8F90'] }),
	clientSecret: keyText('client secret'),
	webhookKey: webhookKey('null takes it away, and with it those that it replaced'),
	secondWebhookKey: webhookKey(
		"where the app's webhooks are signed with a second one; null takes it away",
	),
	scopes: Scopes.optional().meta({ examples: ['accounting.contacts accounting.invoices'] }),
	scopePreset: Preset.optional(),
	tier: z
		.union([z.enum(TIER_NAMES), z.number().int().positive().max(9_999_999).transform(String)], {
			error: `must be ${TIER_NAMES.join(', ')}, or how many organisations Xero allows the app`,
		})
		.optional()
		.describe("the app's tier at Xero, or how many organisations Xero allows it"),
	verify: z
		.boolean({ error: 'must be true or false' })
		.optional()
		.describe('Xero is asked first, and nothing is saved when it refuses'),
});
