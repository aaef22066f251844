import { z } from 'zod';
import type { AppKeysView } from '../../workspaces/appKeyStore';
import { keyText } from '../../workspaces/keyText';
import { SCOPE_PRESETS, type ScopePreset } from '../../workspaces/scopePresets';
import { TIER_NAMES, TIERS, USUAL_TIER, type Tier } from '../../workspaces/tiers';
import { PRESET_LABELS } from './scopesForm';
import { textOf } from '../show/texts';

/** What the form for a workspace's Xero app says. An undefined secret keeps the one that is saved. */
export interface AppKeysForm {
	readonly clientId: string;
	readonly clientSecret: string | undefined;
	/** Null takes it away. */
	readonly webhookKey?: string | null | undefined;
	readonly secondWebhookKey?: string | null | undefined;
	/** Absent: those that are saved stay. */
	readonly scopePreset?: ScopePreset | undefined;
	readonly tier: string;
}

/** Fields that are never sent back to the browser. */
export const SECRET_FIELDS = ['clientSecret', 'webhookKey', 'secondWebhookKey'];

/** Xero's tiers, and how many organisations each may connect. */
export const TIER_CHOICES: ReadonlyArray<readonly [string, string]> = [
	...TIER_NAMES.map((tier) => [tier, tierLabel(tier)] as const),
	['number', 'Another number'],
];

/** What the hub may ask Xero for, to begin with. */
export const SCOPE_CHOICES: ReadonlyArray<readonly [ScopePreset, string]> = (
	['standard', 'everything', 'read_only', 'invoicing'] as const
).map((name) => [name, PRESET_LABELS[name]]);

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
			preset: z
				.enum(Object.keys(SCOPE_PRESETS) as [ScopePreset, ...ScopePreset[]], {
					error: 'choose what the hub may ask for',
				})
				.optional(),
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
			if (form.tier === 'number' && !/^[1-9]\d{0,6}$/.test(form.connections)) {
				fault('connections', 'write how many organisations Xero allows your app');
			}
		})
		.transform(({ preset, tier, connections, forgetWebhookKeys, ...keys }) => ({
			...keys,
			...(forgetWebhookKeys === 'yes' && { webhookKey: null, secondWebhookKey: null }),
			scopePreset: preset,
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
	const { clientId, tier } = keys;
	const isNumber = /^\d+$/.test(tier);
	return {
		clientId,
		tier: isNumber ? 'number' : tier,
		connections: isNumber ? tier : '',
	};
}
