import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { InvalidFieldsError, NotFoundError } from '../../errors/requestErrors';
import { RunUnderWayError } from '../../errors/syncErrors';
import type { Estimate } from '../../sync/estimateCalls';
import type { SyncRun } from '../../sync/Stream';
import type { SweepCost, SyncSide } from '../../sync/SyncSide';
import { connectionName } from '../../xero/connections/connectionName';
import { askFirst, isConfirmed } from '../show/askFirst';
import type { Notice } from '../show/notices';
import { PAGE_ROWS } from '../show/pageRows';
import { readForm, refusedForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { textOf } from '../show/texts';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import { entityWords } from '../views/entityWords';
import { streamView, type StreamView } from '../views/streamView';
import { momentWords } from '../views/syncWords';
import { createSyncReach, type SyncReachDeps } from './syncReach';
import { ScheduleForm, scheduleValues } from './syncSchedule';
import type { WorkspacePages } from './workspacePages';

const streamPage = pageTemplate<{
	at: string;
	organisation: { readonly id: string; readonly name: string };
	stream: StreamView;
	since: number | null;
	sweptAt: number | null;
	sweepConfirmed: boolean;
	sweep: SweepCost & { readonly known: number; readonly isUseful: boolean };
	daily: Estimate;
	runs: readonly (SyncRun & { readonly when: string })[];
	nextCursor: string | null;
	isFirstPage: boolean;
	form: FormState;
}>('stream');

type StreamPagesDeps = SyncReachDeps & Pick<WorkspacePages, 'syncChanges'>;

const RunsQuery = z.object({ cursor: z.string().max(64).optional().catch(undefined) });

/** `/w/{slug}/sync/{connection}/streams/{stream}`: one entity, its schedule and its runs. */
export function createStreamPages(pages: StreamPagesDeps): Router {
	const { syncChanges } = pages;
	const { side, baseOf, connectionOf, streamOf, situationOf } = createSyncReach(pages);
	const routes = Router();
	const mayChange = requirePermission('connect');

	/** What a stream costs in a day, its interval stretched. */
	function dailyCost(
		stream: Parameters<SyncSide['estimate']>[0] & { readonly id?: string },
		intervals: ReadonlyMap<string, number>,
	): Estimate {
		const everySeconds = intervals.get(stream.id ?? '');
		return side().estimate({
			...stream,
			...(everySeconds !== undefined && { plan: { everySeconds } }),
		});
	}

	async function showStream(request: Request, response: Response, form?: FormState, status = 200) {
		const workspace = pageWorkspace(response);
		const connection = await connectionOf(request, response);
		const one = await streamOf(request, connection);
		const { stream } = one;
		const { cursor } = RunsQuery.parse(request.query);
		const [situation, runs] = await Promise.all([
			situationOf(connection),
			side().streams.runs(workspace.id, stream.id, { cursor, limit: PAGE_ROWS }),
		]);
		const view = streamView(one, situation);
		const name = connectionName(connection);
		const frame = { title: `Sync of ${view.label.toLowerCase()}`, tab: 'sync', workspace, status };
		showPage(response, streamPage, frame, {
			at: `${baseOf(response)}/${connection.id}`,
			organisation: { id: connection.id, name },
			stream: view,
			since: stream.since,
			sweptAt: stream.sweptAt,
			sweepConfirmed: stream.sweepConfirmed,
			sweep: {
				...side().sweepCost(stream),
				known: stream.known,
				isUseful: stream.entity.list !== 'whole',
			},
			daily: dailyCost(stream, situation.dayPlan.intervals),
			runs: runs.items.map((run) => ({ ...run, when: momentWords(run.startedAt, situation.now) })),
			nextCursor: runs.nextCursor,
			isFirstPage: cursor === undefined,
			form: form ?? { values: scheduleValues(stream.plan), errors: {} },
		});
	}

	routes.get('/sync/:connection/streams/:stream', (request, response) =>
		showStream(request, response),
	);

	routes.post(
		'/sync/:connection/streams/:stream/schedule',
		mayChange,
		async (request, response) => {
			const workspace = pageWorkspace(response);
			const connection = await connectionOf(request, response);
			const { stream } = await streamOf(request, connection);
			const read = readForm(request, ScheduleForm);
			if (!read.ok) return showStream(request, response, read.form, 422);
			try {
				await syncChanges.change(actorOf(response), workspace, stream.id, read.value);
			} catch (cause) {
				if (!(cause instanceof InvalidFieldsError)) throw cause;
				return showStream(request, response, refusedForm(request, cause), 422);
			}
			const at = `${baseOf(response)}/${connection.id}/streams/${stream.id}`;
			return response.redirect(303, `${at}?done=sync_saved`);
		},
	);

	routes.post('/sync/:connection/streams/:stream/:change', mayChange, async (request, response) => {
		const workspace = pageWorkspace(response);
		const by = actorOf(response);
		const change = String(request.params['change']);
		const connection = await connectionOf(request, response);
		const one = await streamOf(request, connection);
		const { stream } = one;
		const base = `${baseOf(response)}/${connection.id}`;
		const page = `${base}/streams/${stream.id}`;
		const { from } = request.body as { readonly from?: unknown };
		// Buttons stand on both pages.
		const back = from === 'list' ? base : page;
		const done = (notice: Notice) => response.redirect(303, `${back}?done=${notice}`);
		const run = async (kind: SyncRun['kind'], confirmDeletes = false) => {
			try {
				await syncChanges.run(by, workspace, stream.id, { kind, confirmDeletes });
				done('sync_running');
			} catch (cause) {
				if (!(cause instanceof RunUnderWayError)) throw cause;
				done('sync_busy');
			}
		};
		const label = entityWords(stream.entity.entity);
		const frame = { tab: 'sync', workspace };
		const fields: Record<string, string> = typeof from === 'string' ? { from } : {};

		switch (change) {
			case 'run':
				return run('delta');
			case 'count':
				return run('count');
			case 'sweep': {
				const { calls, bytes, needsConsent } = side().sweepCost(stream);
				if (!needsConsent || isConfirmed(request)) return run('sweep');
				return askFirst(response, frame, {
					title: `Read all ${textOf.count(stream.known)} ${label.toLowerCase()} again?`,
					consequence: `That takes about ${textOf.plural(calls, 'call')} of the organisation’s calls of the day, and ${textOf.bytes(bytes)}.`,
					yes: 'Sweep now',
					back,
					fields,
				});
			}
			case 'confirm-deletes': {
				if (one.held === null) return done('sync_busy');
				const gone = Math.abs(one.held.missing ?? 0);
				if (isConfirmed(request)) return run('sweep', true);
				return askFirst(response, frame, {
					title: `Are ${textOf.plural(gone, 'record')} really gone?`,
					consequence: `The hub reads the whole list of ${label.toLowerCase()} again. What it does not find counts as deleted then, however much it is, and workflows that ask for it are told. Look at Xero first.`,
					yes: 'They are gone',
					back,
					fields,
				});
			}
			case 'pause':
				await syncChanges.change(by, workspace, stream.id, { enabled: false });
				return done('sync_paused');
			case 'resume':
				await syncChanges.change(by, workspace, stream.id, { enabled: true });
				return done('sync_resumed');
			case 'allow-sweeps': {
				const { calls, bytes } = side().sweepCost(stream);
				if (!isConfirmed(request)) {
					return askFirst(response, frame, {
						title: `Read all ${textOf.count(stream.known)} ${label.toLowerCase()} once a month?`,
						consequence: `Each time that takes about ${textOf.plural(calls, 'call')} and ${textOf.bytes(bytes)}. It finds what no time of change shows, and what was deleted.`,
						yes: 'Sweep once a month',
						back,
						fields,
					});
				}
				await syncChanges.change(by, workspace, stream.id, { sweepConfirmed: true });
				return done('sweeps_allowed');
			}
			case 'stop-sweeps':
				await syncChanges.change(by, workspace, stream.id, { sweepConfirmed: false });
				return done('sweeps_stopped');
			default:
				throw new NotFoundError('There is nothing here to do.');
		}
	});
	return routes;
}
