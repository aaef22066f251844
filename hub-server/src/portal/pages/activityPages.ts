import { setTimeout as pause } from 'node:timers/promises';
import { Router, type RequestHandler, type Response } from 'express';
import { createStillSees } from '../access/stillSees';
import { QuotaReachedError } from '../../errors/requestErrors';
import { createTally } from '../../work/tally';
import { alertTitle } from '../../alerts/alertTitle';
import { firstIdAt } from '../../database/newId';
import type { ActivityEntry } from '../views/portalReader';
import { organisationNames } from '../views/organisationNames';
import { pageTemplate, renderPart, showPage } from '../show/showPage';
import { TooManyStreamsError } from '../show/portalErrors';
import { pageWorkspace, visitOf } from '../show/visit';
import type { WorkspacePages } from './workspacePages';

interface FeedView {
	readonly at: string;
	readonly entries: readonly (ActivityEntry & { organisation?: string; title?: string })[];
}

const activityPage = pageTemplate<FeedView & { newest: string }>('activity');
const feed = pageTemplate<FeedView>('feed');

const FIRST_ENTRIES = 50;
const POLL_MS = 1_000;

/** Ids are made a moment before their transaction commits, so each look goes back this far. */
const OVERLAP_MS = 10_000;

/** A comment now and then keeps proxies from closing a quiet stream. */
const KEEP_ALIVE_POLLS = 15;

/** While nothing happens; before anything is sent it is asked each time. */
const CHECK_VISITOR_POLLS = 5;

/** As many as a browser opens to one host over HTTP/1.1: each of them reads the ledger every second. */
const STREAMS_PER_SESSION = 6;

/** `/w/{slug}/activity`: events and deliveries as they happen, by server-sent events. */
export function createActivityPages(pages: WorkspacePages): Router {
	const { reader, connections, workspaceLimits, now, stopping } = pages;
	const stillSees = createStillSees(pages);
	const ofSessions = createTally();
	const ofWorkspaces = createTally();
	const routes = Router();

	/** @throws TooManyStreamsError, QuotaReachedError */
	async function countStream(
		session: string,
		workspaceId: string,
		response: Response,
	): Promise<void> {
		const { streams } = await workspaceLimits.of(workspaceId);
		if (ofSessions.of(session) >= STREAMS_PER_SESSION) throw new TooManyStreamsError();
		if (ofWorkspaces.of(workspaceId) >= streams) throw new QuotaReachedError('streams', streams);
		const ended = [ofSessions.add(session, 1), ofWorkspaces.add(workspaceId, 1)];
		response.once('close', () => ended.forEach((end) => end()));
	}

	async function named(workspaceId: string, entries: readonly ActivityEntry[]) {
		const nameOf = await organisationNames(connections, workspaceId);
		return entries.map((entry) => {
			if (entry.kind === 'event') return { ...entry, organisation: nameOf(entry.tenantId) };
			return entry.kind === 'alert' ? { ...entry, title: alertTitle(entry.alert) } : entry;
		});
	}

	routes.get('/activity', async (_request, response) => {
		const workspace = pageWorkspace(response);
		const entries = await reader.activity(workspace.id, undefined, FIRST_ENTRIES);
		showPage(
			response,
			activityPage,
			{ title: 'Activity', tab: 'activity', workspace },
			{
				at: `/w/${workspace.slug}`,
				entries: await named(workspace.id, entries),
				newest: entries[0]?.id ?? '',
			},
		);
	});

	routes.get('/activity/stream', async (request, response) => {
		const workspace = pageWorkspace(response);
		const { cookie: session } = visitOf(response);
		await countStream(session, workspace.id, response);
		if (response.destroyed) return;
		const ended = new AbortController();
		response.on('close', () => ended.abort());
		const signal = AbortSignal.any([ended.signal, stopping]);
		response.writeHead(200, STREAM_HEADERS);
		response.write(': hello\n\n');

		const last = request.get('last-event-id') ?? String(request.query['after'] ?? '');
		// What the page shows already; the overlap brings it up again.
		const sent = new Map<string, number>();
		let from = isId(last) ? last : firstIdAt(now());
		for (const { id, at } of await reader.activity(workspace.id, earlier(from), FIRST_ENTRIES)) {
			if (id <= from) sent.set(id, at);
		}
		for (let polls = 1; !signal.aborted; polls += 1) {
			const found = await reader.activity(workspace.id, earlier(from), FIRST_ENTRIES);
			const entries = found.filter(({ id }) => !sent.has(id));
			const isDue = entries.length > 0 || polls % CHECK_VISITOR_POLLS === 0;
			if (isDue && !(await stillSees(session, workspace.id))) {
				response.end(GONE);
				return;
			}
			if (entries.length > 0) {
				const html = renderPart(feed, {
					at: `/w/${workspace.slug}`,
					entries: await named(workspace.id, entries),
				});
				const lines = html.trim().split('\n');
				const newest = entries[0]?.id ?? from;
				if (newest > from) from = newest;
				response.write(`id: ${from}\n${lines.map((line) => `data: ${line}\n`).join('')}\n`);
			} else if (polls % KEEP_ALIVE_POLLS === 0) response.write(': still here\n\n');
			for (const { id, at } of entries) sent.set(id, at);
			for (const [id] of sent) if (id < earlier(from)) sent.delete(id);
			await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
		}
		response.end();
	});
	return routes;
}

/**
 * Before the sign-in is required. A script that follows the stream would take the sign-in page for one
 * that broke off, and ask for it again and again.
 */
export const endStreamOfStranger: RequestHandler = (_request, response, next) => {
	if (visitOf(response).user !== undefined) next();
	else response.writeHead(200, STREAM_HEADERS).end(GONE);
};

const STREAM_HEADERS = {
	'Content-Type': 'text/event-stream',
	'Cache-Control': 'no-store',
	'X-Accel-Buffering': 'no',
	// A stream that ended must not keep its connection, nor a stopping hub.
	Connection: 'close',
};

/** The page's script closes the stream at this event and does not come back. */
const GONE = 'event: gone\ndata: \n\n';

function earlier(id: string): string {
	return firstIdAt(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) - OVERLAP_MS);
}

function isId(text: string): boolean {
	return /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
}
