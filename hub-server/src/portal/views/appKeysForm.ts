import { z } from 'zod';
import { SCOPES_PATTERN } from '../../administration/appKeysRequest';
import type { AppKeysView } from '../../workspaces/appKeyStore';
import { keyText } from '../../workspaces/keyText';
import { SCOPE_PRESETS, type ScopePreset } from '../../workspaces/scopePresets';
import { TIER_NAMES, TIERS, USUAL_TIER, type Tier } from '../../workspaces/tiers';
import { textOf } from '../show/texts';

/** What the form for a workspace's Xero app says. An undefined secret keeps the one that is saved. */
export interface AppKeysForm {
	readonly clientId: string;
	readonly clientSecret: string | undefined;
	/** Null takes it away. */
	readonly webhookKey?: string | null | undefined;
	readonly secondWebhookKey?: string | null | undefined;
	/** Space separated. */
	readonly scopes: string;
	readonly tier: string;
}

/** Fields that are never sent back to the browser. */
export const SECRET_FIELDS = ['clientSecret', 'webhookKey', 'secondWebhookKey'];

/** Xero's tiers, and how many organisations each may connect. */
export const TIER_CHOICES: ReadonlyArray<readonly [string, string]> = [
	...TIER_NAMES.map((tier) => [tier, tierLabel(tier)] as const),
	['number', 'Another number'],
];

/** What the hub may ask Xero for. */
export const SCOPE_CHOICES: ReadonlyArray<readonly [ScopePreset | 'own', string]> = [
	['standard', 'Everything that the n8n nodes can do'],
	['read_only', 'Everything, and change nothing'],
	['invoicing', 'Contacts, invoices and payments'],
	['own', 'My own list, below'],
];

const pasted = (what: string) =>
	z
		.string({ error: `paste the ${what}` })
		.trim()
		.pipe(keyText(what));

const kept = (what: string) =>
	z
		.string()
		.trim()
		.default('')
		.transform((text) => (text === '' ? undefined : text))
		.pipe(keyText(what).optional());

/** @param hasKeys whether secrets are saved, so that empty fields keep them */
export function appKeysForm(hasKeys: boolean): z.ZodType<AppKeysForm> {
	return z
		.object({
			clientId: pasted('client id'),
			clientSecret: hasKeys ? kept('client secret') : pasted('client secret'),
			webhookKey: kept('webhook key'),
			secondWebhookKey: kept('webhook key'),
			forgetWebhookKeys: z.literal('yes').optional(),
			preset: z.enum(['standard', 'read_only', 'invoicing', 'own'], {
				error: 'choose what the hub may ask for',
			}),
			scopes: z
				.string()
				.default('')
				.transform((text) => text.trim().split(/\s+/).join(' ')),
			tier: z.enum([...TIER_NAMES, 'number'], {
				error: 'choose the tier of the app',
			}),
			connections: z.string().trim().default(''),
		})
		.superRefine((form, context) => {
			const fault = (field: string, message: string) =>
				context.addIssue({ code: 'custom', path: [field], message });
			for (const field of ['webhookKey', 'secondWebhookKey'] as const) {
				if (form[field] !== undefined && form.forgetWebhookKeys === 'yes') {
					fault(field, 'enter a key, or let the saved ones be forgotten, not both');
				}
			}
			if (form.preset === 'own' && !SCOPES_PATTERN.test(form.scopes)) {
				fault('scopes', 'write scopes such as accounting.contacts, with spaces between them');
			}
			if (form.tier === 'number' && !/^[1-9]\d{0,6}$/.test(form.connections)) {
				fault('connections', 'write how many organisations Xero allows your app');
			}
		})
		.transform(({ preset, scopes, tier, connections, forgetWebhookKeys, ...keys }) => ({
			...keys,
			...(forgetWebhookKeys === 'yes' && { webhookKey: null, secondWebhookKey: null }),
			scopes: preset === 'own' ? scopes : SCOPE_PRESETS[preset],
			tier: tier === 'number' ? connections : tier,
		}));
}

function tierLabel(tier: Tier): string {
	const most = TIERS[tier];
	const organisations = Number.isFinite(most)
		? textOf.plural(most, 'organisation')
		: 'by agreement';
	return `${textOf.words(tier)} – ${organisations}`;
}

/** How the form shows what is saved; secrets stay out. */
export function savedAppKeys(keys: AppKeysView | undefined): Readonly<Record<string, string>> {
	if (keys === undefined) return { preset: 'standard', tier: USUAL_TIER };
	const { clientId, scopes, tier } = keys;
	const preset = Object.entries(SCOPE_PRESETS).find(([, text]) => text === scopes)?.[0] ?? 'own';
	const isNumber = /^\d+$/.test(tier);
	return {
		clientId,
		preset,
		scopes: preset === 'own' ? scopes : '',
		tier: isNumber ? 'number' : tier,
		connections: isNumber ? tier : '',
	};
}
