import { z } from 'zod';
import { isAllowedRedirect } from '../identity/readAuthorizeRequest';
import { EventWish } from '../webhooks/EventWish';
import { TIERS } from '../world/World';

/** `POST /_sandbox/apps` */
export const NewApp = z.strictObject({
	redirectUris: z
		.array(
			z.string().refine(isAllowedRedirect, {
				error: 'Redirect URIs are https, or http://localhost; http://127.0.0.1 is not allowed',
			}),
		)
		.default([]),
	name: z.string().min(1).default('Test App'),
	/** Scopes the app may ask for; all of its kind when absent. */
	scopes: z.array(z.string()).optional(),
	tier: z.enum(TIERS).default('starter'),
	legacyScopes: z.boolean().default(false),
	bankFeeds: z.boolean().default(false),
	/** `pkce` apps have no secret; `custom` is a Custom Connection to `tenantId`. */
	type: z.enum(['web', 'pkce', 'custom']).default('web'),
	tenantId: z.guid().optional(),
});

/** `PUT /_sandbox/apps/{clientId}/webhook` */
export const WebhookWish = z.strictObject({
	/** Xero wants https on port 443; here plain http is fine, it is all local. */
	deliveryUrl: z.url({ protocol: /^https?$/ }),
	categories: z
		.array(
			z.enum([
				'CONTACT',
				'INVOICE',
				'CREDITNOTE',
				'PAYMENT',
				'PREPAYMENT',
				'OVERPAYMENT',
				'SUBSCRIPTION',
			]),
		)
		.default(['CONTACT', 'INVOICE', 'CREDITNOTE', 'PAYMENT', 'PREPAYMENT', 'OVERPAYMENT']),
});

/** `POST /_sandbox/organisations` */
export const NewOrganisation = z.strictObject({
	name: z.string().min(1),
	country: z.enum(['NZ', 'AU', 'GB', 'US']).default('NZ'),
	contacts: z.int().min(1).max(10_000).default(5),
	invoices: z.int().min(0).max(10_000).default(0),
});

/** `PUT /_sandbox/organisations/{tenantId}/locks`: days, `2026-10-31`; one that is absent is lifted. */
export const Locks = z.strictObject({
	periodLockDate: z.iso.date().optional(),
	endOfYearLockDate: z.iso.date().optional(),
});

/** `POST /_sandbox/organisations/{tenantId}/merges`: ids of contacts. */
export const MergeWish = z.strictObject({ from: z.guid(), into: z.guid() });

/** `POST /_sandbox/organisations/{tenantId}/vanish`: names a table of `Books`, and ids in it. */
export const VanishWish = z.strictObject({ table: z.string(), ids: z.array(z.string()).min(1) });

/** `POST /_sandbox/organisations/{tenantId}/reset` */
export const ResetWish = z.strictObject({
	contacts: z.int().min(1).max(10_000).default(5),
	invoices: z.int().min(0).max(10_000).default(0),
	/** Whether apps are disconnected by it: 403 until somebody connects the organisation again. */
	disconnects: z.boolean().default(true),
});
export type ResetWish = z.infer<typeof ResetWish>;

/** `POST /_sandbox/organisations/{tenantId}/seed` */
export const SeedWish = z.strictObject({
	contacts: z.int().min(0).max(1_000_000).default(0),
	invoices: z.int().min(0).max(1_000_000).default(0),
	creditNotes: z.int().min(0).max(1_000_000).default(0),
	/** Whether the seeded records raise webhook events. */
	events: z.boolean().default(false),
});
export type SeedWish = z.infer<typeof SeedWish>;

/** `POST /_sandbox/webhooks/send` */
export const SendWish = z.strictObject({
	clientId: z.string(),
	events: z.array(EventWish),
	signature: z.enum(['correct', 'wrong']).default('correct'),
});
