import { z } from 'zod';
import type { ConnectLinkChanges } from '../administration/connectLinkChanges';
import { newConnectLink } from '../administration/connectLinkRequests';
import type { Clock } from '../clock';
import type { ConnectLink, ConnectLinks } from '../connect/connectLinks';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { WorkspaceStore } from '../workspaces/workspaceStore';
import { Page, pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { nullableTime, time } from './times';

export interface ConnectLinkCallsDeps {
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
	readonly connectLinks: Pick<ConnectLinks, 'list'>;
	readonly connectLinkChanges: ConnectLinkChanges;
	readonly now: Clock;
}

const ConnectLinkAnswer = z.object({
	id: z.string(),
	madeBy: z
		.string()
		.describe(
			'it ends when this person may connect no more, or this admin key is revoked or expires',
		),
	onConnect: z.enum(['hold', 'accept']),
	once: z.boolean(),
	state: z.enum(['open', 'used', 'expired', 'ended']),
	uses: z.number().describe('consents that came by it'),
	usedAt: nullableTime,
	expiresAt: time,
	endedAt: nullableTime,
	createdAt: time,
});

const NewLinkAnswer = ConnectLinkAnswer.extend({
	url: z.string().describe('shown this once: send it to whoever connects the organisation'),
});

/** `/api/v1/workspaces/{slug}/connect-links…`: for people who have no account here. */
export function createConnectLinkCalls(deps: ConnectLinkCallsDeps) {
	const { workspaces, connectLinks, connectLinkChanges, now } = deps;

	return groupCalls('Connect links', [
		defineCall({
			method: 'post',
			path: '/api/v1/workspaces/{slug}/connect-links',
			access: 'admin',
			summary: 'Makes a connect link',
			description:
				'Whoever opens it connects an organisation of theirs to the workspace, without a sign-in here.',
			body: newConnectLink(now),
			status: 201,
			answer: NewLinkAnswer,
			isSecret: true,
			refusals: UNKNOWN,
			audit: 'connect_link.created',
			async handle({ by, params, body }) {
				const workspace = await workspaces.get(params.slug);
				const { link, url } = await connectLinkChanges.create(by, workspace, body);
				return { ...show(link), url };
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/workspaces/{slug}/connect-links',
			access: 'admin',
			summary: 'Lists the connect links, without their addresses; the newest first',
			query: Page,
			status: 200,
			answer: pageOf(ConnectLinkAnswer),
			refusals: UNKNOWN,
			async handle({ params, query: { cursor, limit } }) {
				const { id } = await workspaces.get(params.slug);
				const links = await connectLinks.list(id, { limit: limit + 1, before: cursor });
				const items = links.slice(0, limit).map(show);
				return { items, nextCursor: links.length > limit ? (items.at(-1)?.id ?? null) : null };
			},
		}),
		defineCall({
			method: 'delete',
			path: '/api/v1/workspaces/{slug}/connect-links/{id}',
			access: 'admin',
			summary: 'Ends a connect link; what it connected stays',
			status: 204,
			refusals: UNKNOWN,
			audit: 'connect_link.ended',
			handle: async ({ by, params }) =>
				connectLinkChanges.end(by, await workspaces.get(params.slug), params.id),
		}),
	]);
}

function show(link: ConnectLink) {
	const { id, madeBy, onConnect, once, state, uses } = link;
	const iso = (at: number) => new Date(at).toISOString();
	const isoIfAny = (at: number | undefined) => (at === undefined ? null : iso(at));
	return {
		...{ id, madeBy, onConnect, once, state, uses },
		usedAt: isoIfAny(link.usedAt),
		expiresAt: iso(link.expiresAt),
		endedAt: isoIfAny(link.endedAt),
		createdAt: iso(link.createdAt),
	};
}
