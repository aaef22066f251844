import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Response } from 'express';
import { z } from 'zod';
import { weeksBefore, type Week } from '../../writes/Week';
import { WRITE_OUTCOMES, type WorkflowWrites, type WriteFilter } from '../../writes/writeReader';
import { writesCsv } from '../../writes/writesCsv';
import { PAGE_ROWS } from '../show/pageRows';
import { pageTemplate, PAGE_HEADERS, showPage } from '../show/showPage';
import { pageWorkspace } from '../show/visit';
import { organisationNames } from '../views/organisationNames';
import { writeView, type ShownWrite } from '../views/writeView';
import type { WorkspacePages } from './workspacePages';

const DAY_MS = 24 * 3600_000;

const PERIODS = { day: 1, week: 7, month: 30, quarter: 90 } as const;

type Period = keyof typeof PERIODS;

/** How far back weeks are offered. */
const WEEKS = 8;

const name = z.string().max(200).catch('').default('');

/** What the list is narrowed down to, as it stands in its address. */
const Query = z.object({
	cursor: z.string().max(100).optional().catch(undefined),
	org: name,
	/** Id of the workflow; `-`: none was named. */
	workflow: name,
	outcome: z.enum(WRITE_OUTCOMES).or(z.literal('')).catch('').default(''),
	period: z.enum(['day', 'week', 'month', 'quarter']).catch('week').default('week'),
});

type Chosen = Omit<z.output<typeof Query>, 'cursor'>;

const automationPage = pageTemplate<{
	at: string;
	workflows: readonly WorkflowWrites[];
	isCut: boolean;
	writes: readonly ShownWrite[];
	organisations: ReadonlyArray<readonly [id: string, name: string]>;
	/** Of those that wrote in that time. */
	choices: ReadonlyArray<readonly [id: string, name: string]>;
	chosen: Chosen;
	isNarrowed: boolean;
	/** For links to other pages of the list: begins with `&`. */
	query: string;
	isFirstPage: boolean;
	nextCursor: string | null;
	weeks: readonly Week[];
	keptDays: number;
}>('automation');

type AutomationPagesDeps = Pick<WorkspacePages, 'connections' | 'writeReader' | 'keepDays' | 'now'>;

/** `/w/{slug}/automation…`: what was written to Xero through the hub. */
export function createAutomationPages(pages: AutomationPagesDeps): Router {
	const { connections, writeReader, keepDays, now } = pages;
	const routes = Router();

	routes.get('/automation', async (request, response) => {
		const workspace = pageWorkspace(response);
		const { cursor, ...chosen } = Query.parse(request.query);
		const filter = toFilter(chosen, now());
		const [page, summary, held, nameOf] = await Promise.all([
			writeReader.list(workspace.id, filter, { cursor, limit: PAGE_ROWS }),
			writeReader.byWorkflow(workspace.id, { tenantId: filter.tenantId, since: filter.since }),
			connections.list(workspace.id),
			organisationNames(connections, workspace.id),
		]);
		const at = `/w/${workspace.slug}`;
		const frame = { title: 'What automation changed', tab: 'automation', workspace };
		showPage(response, automationPage, frame, {
			at,
			workflows: summary.items,
			isCut: summary.isCut,
			writes: page.items.map((write) => writeView(write, { at, nameOf })),
			organisations: held.map(({ tenantId }) => [tenantId, nameOf(tenantId)] as const),
			choices: summary.items.map(
				({ workflow }) =>
					[
						workflow?.id ?? NO_WORKFLOW,
						workflow === null ? 'None named' : (workflow.name ?? workflow.id),
					] as const,
			),
			chosen,
			isNarrowed: chosen.org !== '' || chosen.workflow !== '' || chosen.outcome !== '',
			query: Object.entries(chosen)
				.filter(([, value]) => value !== '')
				.map(([key, value]) => `&${key}=${encodeURIComponent(value)}`)
				.join(''),
			isFirstPage: cursor === undefined,
			nextCursor: page.nextCursor,
			weeks: weeksBefore(now(), WEEKS).filter(
				({ until }) => until > now() - keepDays.events * DAY_MS,
			),
			keptDays: keepDays.events,
		});
	});

	routes.get('/automation.csv', (request, response) => {
		const chosen = Query.parse(request.query);
		return sendCsv(response, toFilter(chosen, now()), `automation-last-${chosen.period}`);
	});

	routes.get('/automation/weeks/:week', (request, response, next) => {
		const week = weeksBefore(now(), WEEKS).find((one) => `${one.name}.csv` === request.params.week);
		if (week === undefined) {
			next();
			return undefined;
		}
		const { from: since, until } = week;
		return sendCsv(response, { since, until }, `automation-${week.name}`);
	});

	async function sendCsv(response: Response, filter: WriteFilter, file: string): Promise<void> {
		const { id } = pageWorkspace(response);
		const nameOf = await organisationNames(connections, id);
		response.set(PAGE_HEADERS).type('text/csv').attachment(`${file}.csv`);
		await pipeline(Readable.from(writesCsv(writeReader, id, filter, nameOf)), response);
	}

	return routes;
}

const NO_WORKFLOW = '-';

function toFilter({ org, workflow, outcome, period }: Chosen, now: number): WriteFilter {
	return {
		since: now - PERIODS[period satisfies Period] * DAY_MS,
		tenantId: org || undefined,
		outcome: outcome || undefined,
		workflow: workflow === NO_WORKFLOW ? '' : workflow || undefined,
	};
}
