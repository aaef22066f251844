import { z } from 'zod';
import { OrganisationNotAllowedError } from '../errors/keyErrors';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { KeyOrganisations } from '../http/KeyOrganisations';
import type { SavedItems } from '../records/savedItems';
import { Page, pageOf } from './paging';
import { time } from './times';

export interface SavedItemCallsDeps {
	readonly savedItems: SavedItems;
}

const Id = z.string().min(1).max(200);

const Key = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex');

const Records = z.array(z.record(z.string(), z.unknown()));

const Filter = z.object({
	workflowId: Id.optional(),
	nodeId: Id.optional(),
	execution: Id.optional().describe('the first one, where it was retried'),
});

/** The most that one request of a node saves, and one that was halved. */
const MOST_ITEMS = 100;

const NewSavedItems = z.object({
	workflowId: Id,
	nodeId: Id,
	execution: Id.describe('the first one, where it was retried'),
	items: z
		.array(
			z.object({
				id: Id.describe('told twice, it is kept once'),
				key: Key.describe('of what was asked for'),
				records: Records.optional().describe('what came out for the item'),
			}),
		)
		.max(MOST_ITEMS),
});

const SavedItemAnswer = z.object({
	id: z.string(),
	key: z.string(),
	execution: z.string(),
	savedAt: time,
	records: Records.nullable().describe('null where they were too much to keep'),
});

/** `/api/v1/saved-items`: what a node that stopped has saved, so that its next run does not save it again. */
export function createSavedItemCalls({ savedItems }: SavedItemCallsDeps) {
	return groupCalls('Calls to Xero', [
		defineCall({
			method: 'get',
			path: '/api/v1/saved-items',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'What runs that stopped have saved',
			description: 'Oldest first, for an hour.',
			query: Page.extend(Filter.shape),
			status: 200,
			answer: pageOf(SavedItemAnswer),
			async handle({ workspace, query: { cursor, limit, ...filter }, ...key }) {
				const own = ownSaves(filter, key);
				const page = await savedItems.list(workspace.id, own, { after: cursor, limit });
				return {
					items: page.items.map((item) => ({
						...item,
						savedAt: new Date(item.savedAt).toISOString(),
						records: item.records ?? null,
					})),
					nextCursor: page.nextCursor,
				};
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/saved-items',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Remembers what a run has saved',
			description:
				'A run that goes on after a request says what that one saved. It is sealed, kept for an hour, and told to nobody else.',
			body: NewSavedItems,
			status: 204,
			refusals: { 429: 'The workspace’s quota savedItems is reached: nothing was kept' },
			async handle({ workspace, body: { items, ...of }, ...key }) {
				await savedItems.remember(workspace.id, ownSaves(of, key), items);
			},
		}),
		defineCall({
			method: 'delete',
			path: '/api/v1/saved-items',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Forgets what runs have saved',
			description: 'When a run has completed: all of its node, or of one execution of it.',
			query: Filter,
			status: 204,
			async handle({ workspace, query, ...key }) {
				await savedItems.forget(workspace.id, ownSaves(query, key));
			},
		}),
	]);
}

/**
 * Saves name a workflow and no organisation, so a key that is for some of them has a memory of its own.
 *
 * @throws OrganisationNotAllowedError where such a key names no workflow: that would be everybody's
 */
function ownSaves<Of extends { readonly workflowId?: string | undefined }>(
	of: Of,
	key: { readonly caller: string; readonly organisations: KeyOrganisations },
): Of {
	if (key.organisations.only === undefined) return of;
	if (of.workflowId === undefined) throw new OrganisationNotAllowedError('all organisations');
	return { ...of, workflowId: `${key.caller} ${of.workflowId}` };
}
