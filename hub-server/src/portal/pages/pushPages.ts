import { Router, type Request } from 'express';
import { z } from 'zod';
import { LINKED_ENTITIES } from '../../links/Link';
import type { Push, PushItem } from '../../push/Push';
import type { PushItemShown } from '../../push/PushStore';
import type { Workspace } from '../../workspaces/workspaceStore';
import { askFirst, isConfirmed } from '../show/askFirst';
import { PAGE_ROWS } from '../show/pageRows';
import { prettyJson } from '../show/prettyJson';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import { organisationNames } from '../views/organisationNames';
import {
	conflictRows,
	itemWord,
	pushView,
	STATES,
	type ConflictRow,
	type PushView,
} from '../views/pushView';
import { findRecordPages } from '../views/recordPages';
import type { WorkspacePages } from './workspacePages';

interface ItemRow extends PushItem {
	readonly word: ReturnType<typeof itemWord>;
	readonly explain: string;
	/** Its page here. */
	readonly record: string | undefined;
}

const pushesPage = pageTemplate<{
	at: string;
	pushes: readonly PushView[];
	organisations: ReadonlyArray<readonly [id: string, name: string]>;
	chosen: z.output<typeof ListQuery>;
	isNarrowed: boolean;
	query: string;
	isFirstPage: boolean;
	nextCursor: string | null;
}>('pushes');

const pushPage = pageTemplate<{
	at: string;
	push: PushView;
	items: readonly ItemRow[];
	state: string;
	/** Where what is unmapped is mapped. */
	mapping: string;
	canRetry: boolean;
	canUndo: boolean;
	isFirstPage: boolean;
	nextCursor: string | null;
}>('push');

const itemPage = pageTemplate<{
	at: string;
	push: PushView;
	item: PushItemShown;
	word: ReturnType<typeof itemWord>;
	record: string | undefined;
	mapping: string;
	conflicts: readonly ConflictRow[];
	canResolve: boolean;
	fields: string | undefined;
	previous: string | undefined;
	resolved: string | undefined;
}>('pushItem');

const STATE_NAMES = Object.keys(STATES) as [keyof typeof STATES, ...(keyof typeof STATES)[]];

const ListQuery = z.object({
	cursor: z.string().max(100).optional().catch(undefined),
	org: z.string().max(50).catch('').default(''),
	system: z.string().max(100).catch('').default(''),
	entity: z.enum(LINKED_ENTITIES).or(z.literal('')).catch('').default(''),
	state: z.enum(STATE_NAMES).or(z.literal('')).catch('').default(''),
});

const PushQuery = z.object({
	cursor: z.string().max(100).optional().catch(undefined),
	state: z.enum(STATE_NAMES).or(z.literal('')).catch('').default(''),
});

const Retry = z.object({ state: z.enum(STATE_NAMES).optional().catch(undefined) });

const Resolve = z.object({ record: z.string(), use: z.enum(['xero', 'external']) });

/** In which something is to be done. */
const OPEN: readonly string[] = ['failed', 'unmapped', 'conflict', 'pending'];

type PushPagesDeps = Pick<
	WorkspacePages,
	'connections' | 'pushes' | 'pushChanges' | 'knownRecords'
>;

/** `/w/{slug}/pushes…`: records of other systems on their way to Xero. */
export function createPushPages(pages: PushPagesDeps): Router {
	const { connections, pushes, pushChanges, knownRecords } = pages;
	const routes = Router();
	const mayChange = requirePermission('connect');

	routes.get('/pushes', async (request, response) => {
		const workspace = pageWorkspace(response);
		const chosen = ListQuery.parse(request.query);
		const { cursor, org, ...rest } = chosen;
		const filter = {
			tenantId: org || undefined,
			system: rest.system || undefined,
			entity: rest.entity || undefined,
			state: rest.state || undefined,
		};
		const [page, held, nameOf] = await Promise.all([
			pushes.list(workspace.id, filter, { cursor, limit: PAGE_ROWS }),
			connections.list(workspace.id),
			organisationNames(connections, workspace.id),
		]);
		const narrowing = Object.entries({ org, ...rest }).filter(([, value]) => value !== '');
		const at = `/w/${workspace.slug}`;
		showPage(
			response,
			pushesPage,
			{ title: 'Pushes', tab: 'links', workspace },
			{
				at,
				pushes: page.items.map((push) => pushView(push, nameOf)),
				organisations: held.map(({ tenantId }) => [tenantId, nameOf(tenantId)] as const),
				chosen,
				isNarrowed: narrowing.length > 0,
				query: narrowing.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join(''),
				isFirstPage: cursor === undefined,
				nextCursor: page.nextCursor,
			},
		);
	});

	/** An id of another system may be anything, also `..`: it stands in the query, not in the path. */
	const explainAt = (at: string, push: string, externalId: string) =>
		`${at}/pushes/${push}/record?id=${encodeURIComponent(externalId)}`;

	function recordPagesOf(
		workspace: Workspace,
		{ tenantId, entity }: Push,
		items: ReadonlyArray<Pick<PushItem, 'xeroId'>>,
	) {
		const records = items.map(({ xeroId }) => ({ tenantId, entity, xeroId }));
		return findRecordPages(knownRecords, workspace, records);
	}

	async function mappingAt(workspaceId: string, at: string, { tenantId }: Push) {
		const connection = await connections.findTenant(workspaceId, tenantId);
		return connection === undefined ? `${at}/mapping` : `${at}/mapping/${connection.id}`;
	}

	routes.get('/pushes/:id', async (request, response) => {
		const workspace = pageWorkspace(response);
		const { cursor, state } = PushQuery.parse(request.query);
		const push = await pushes.get(workspace.id, request.params.id);
		const states = state === '' ? undefined : [state];
		const at = `/w/${workspace.slug}`;
		const [page, nameOf, mapping] = await Promise.all([
			pushes.items(workspace.id, push.id, { states }, { cursor, limit: PAGE_ROWS }),
			organisationNames(connections, workspace.id),
			mappingAt(workspace.id, at, push),
		]);
		const recordPageOf = await recordPagesOf(workspace, push, page.items);
		const view = pushView(push, nameOf);
		const isOver = push.status === 'finished' && !push.dryRun;
		showPage(
			response,
			pushPage,
			{ title: view.title, tab: 'links', workspace },
			{
				at,
				push: view,
				items: page.items.map((item) => ({
					...item,
					word: itemWord(item.state),
					explain: explainAt(at, push.id, item.externalId),
					record: recordPageOf({ ...push, xeroId: item.xeroId }),
				})),
				state,
				mapping,
				canRetry:
					!push.dryRun && OPEN.some((name) => (push.counts[name as PushItem['state']] ?? 0) > 0),
				canUndo: isOver && push.kind === 'push',
				isFirstPage: cursor === undefined,
				nextCursor: page.nextCursor,
			},
		);
	});

	routes.get('/pushes/:id/record', async (request, response) => {
		const workspace = pageWorkspace(response);
		const push = await pushes.get(workspace.id, request.params.id);
		const item = await pushes.item(workspace.id, push.id, String(request.query['id'] ?? ''));
		const at = `/w/${workspace.slug}`;
		const [nameOf, mapping, recordPageOf] = await Promise.all([
			organisationNames(connections, workspace.id),
			mappingAt(workspace.id, at, push),
			recordPagesOf(workspace, push, [item]),
		]);
		const json = (value: object | null | undefined) => (value ? prettyJson(value) : undefined);
		const frame = { title: `Record ${item.externalId}`, tab: 'links', workspace };
		showPage(response, itemPage, frame, {
			at,
			push: pushView(push, nameOf),
			item,
			word: itemWord(item.state),
			record: recordPageOf({ ...push, xeroId: item.xeroId }),
			mapping,
			conflicts: conflictRows(item.detail?.conflicts ?? []),
			canResolve: item.state === 'conflict' && !push.dryRun,
			fields: json(item.fields),
			previous: json(item.previous),
			resolved: json(item.detail?.resolved),
		});
	});

	routes.post('/pushes/:id/retry', mayChange, async (request, response) => {
		const workspace = pageWorkspace(response);
		const { state } = Retry.parse(request.body ?? {});
		const id = idOf(request);
		await pushChanges.retry(actorOf(response), workspace, id, state && [state]);
		response.redirect(303, `/w/${workspace.slug}/pushes/${id}?done=push_retried`);
	});

	routes.post('/pushes/:id/undo', mayChange, async (request, response) => {
		const workspace = pageWorkspace(response);
		const id = idOf(request);
		const push = await pushes.get(workspace.id, id);
		const back = `/w/${workspace.slug}/pushes/${id}`;
		if (!isConfirmed(request)) {
			askFirst(
				response,
				{ tab: 'links', workspace },
				{
					title: 'Undo this push?',
					consequence: WHAT_UNDO_DOES,
					yes: 'Undo the push',
					back,
				},
			);
			return;
		}
		const cause = { workflow: null, node: null };
		const undo = await pushChanges.undo(actorOf(response), workspace, push.id, { cause });
		response.redirect(303, `/w/${workspace.slug}/pushes/${undo.id}?done=push_undone`);
	});

	routes.post('/pushes/:id/resolve', mayChange, async (request, response) => {
		const workspace = pageWorkspace(response);
		const id = idOf(request);
		const { record: externalId, use } = Resolve.parse(request.body ?? {});
		await pushChanges.resolve(actorOf(response), workspace, { id, externalId }, use);
		const at = explainAt(`/w/${workspace.slug}`, id, externalId);
		response.redirect(303, `${at}&done=push_resolved`);
	});

	return routes;
}

/** Xero's rules: payments go by a status, drafts are deleted, approved documents are voided, and contacts stay. */
const WHAT_UNDO_DOES =
	'Xero lets some of it be taken back, and the hub does so in this order: payments are deleted first; drafts are ' +
	'deleted and approved documents voided; contacts and accounts that were made are archived; what was changed gets ' +
	'its former values, unless somebody has changed it since. What is paid, locked, reconciled or used elsewhere stays, and the undo ' +
	'says so record by record. Links stay, so that a later push finds the same records.';

function idOf(request: Request): string {
	return String(request.params['id']);
}
