import { z } from 'zod';
import { baseUrl } from '../config/baseUrl';
import { QUOTA_NAMES, type QuotaName } from '../config/quotas';
import { KEY_SCOPES, USUAL_SCOPES } from '../workspaces/keyScopes';
import { SLUG_PATTERN } from '../workspaces/workspaceStore';

const named = (missing: string) =>
	z.string({ error: missing }).trim().min(1, missing).max(200, 'may have 200 characters at most');

export const WorkspaceName = named('give the workspace a name');

export const WorkspaceSlug = z
	.string()
	.regex(SLUG_PATTERN, 'use lower case letters, digits and dashes, 64 at most');

export const MAX_N8N_BASE_URLS = 20;

export const NewWorkspace = z.object({
	name: WorkspaceName.meta({ examples: ['Acme'] }),
	slug: WorkspaceSlug.optional().meta({
		description: 'stands in its URLs; made from the name when absent',
		examples: ['acme'],
	}),
	n8nBaseUrls: z
		.array(baseUrl())
		.max(MAX_N8N_BASE_URLS)
		.optional()
		.describe('where deliveries may go although the address is private or not https'),
});

const Quota = z.number('must be a number').int('must be a whole number').min(0);

const ownQuotas = Object.fromEntries(
	QUOTA_NAMES.map((name) => [name, Quota.optional()]),
) as Readonly<Record<QuotaName, z.ZodOptional<typeof Quota>>>;

export const QuotaWish = z
	.strictObject({
		plan: z.string().max(64).optional().describe('one of the plans in HUB_QUOTA_PLANS'),
		...ownQuotas,
	})
	.describe('a plan, and numbers that stand above it; what is not named is as for all workspaces');

const MAX_RETURN_ORIGINS = 20;

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Compared to the letter with `URL.origin` of an address. */
function returnOrigin() {
	return z
		.url({ protocol: /^https?$/, error: 'must be an origin such as https://app.example.com' })
		.refine((text) => new URL(text).origin === text, {
			error: 'must be an origin alone, such as https://app.example.com, without a path or a slash',
		})
		.refine(
			(text) => text.startsWith('https:') || LOOPBACK.includes(new URL(text).hostname),
			'must be https, but for an address of this machine',
		);
}

export const WorkspaceChange = NewWorkspace.omit({ slug: true })
	.extend({
		connectLink: z
			.boolean({ error: 'must be true (on) or false (off)' })
			.describe('false ends the old public link, which cannot be switched on again'),
		returnOrigins: z
			.array(returnOrigin())
			.max(MAX_RETURN_ORIGINS)
			.describe('where connect sessions may send a browser back to; all of them'),
		quotas: QuotaWish,
	})
	.partial();

/** A day, or a time; in milliseconds since 1970. A day ends with itself, in UTC. */
const Expiry = z
	.union([z.iso.date(), z.iso.datetime({ offset: true })], {
		error: 'must be a day such as 2027-03-31, or a time such as 2027-03-31T09:00:00Z',
	})
	.transform((text) => Date.parse(text) + (text.includes('T') ? 0 : DAY_MS));

const DAY_MS = 24 * 3600_000;

export const NewApiKey = z.object({
	name: named('say what the key is for, such as “n8n”').meta({ examples: ['n8n'] }),
	scopes: z
		.array(z.enum(KEY_SCOPES, { error: `must be of ${KEY_SCOPES.join(', ')}` }))
		.min(1, 'name at least one scope')
		.max(KEY_SCOPES.length)
		.optional()
		.describe(`what it may do; ${USUAL_SCOPES.join(', ')} unless it says otherwise`),
	tenantIds: z
		.array(z.guid('must be the id of an organisation'))
		.max(1_000)
		.optional()
		.describe('only these organisations; absent or empty: all, those that come later too'),
	expiresAt: Expiry.optional().describe(
		'from when on it is refused; of a day its end, UTC. It never expires unless it says so',
	),
});

export const NewAdminKey = NewApiKey.pick({ name: true, expiresAt: true });
