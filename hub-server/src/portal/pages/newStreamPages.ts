import { Router, type Request, type Response } from 'express';
import { InvalidFieldsError, NotFoundError } from '../../errors/requestErrors';
import { findEntity } from '../../records/xeroEntities';
import type { BaselineEstimate } from '../../sync/baselines';
import type { Estimate } from '../../sync/estimateCalls';
import { connectionName } from '../../xero/connections/connectionName';
import type { Notice } from '../show/notices';
import { readForm, refusedForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import { entityWords } from '../views/entityWords';
import { createSyncReach, type SyncReachDeps } from './syncReach';
import { ScheduleForm, scheduleValues } from './syncSchedule';
import type { WorkspacePages } from './workspacePages';

const newStreamPage = pageTemplate<{
	at: string;
	entity: string;
	label: string;
	organisation: string;
	first: BaselineEstimate;
	daily: Estimate;
	/** Whether Xero says how many there are. */
	isCountable: boolean;
	isLong: boolean;
	form: FormState;
}>('newStream');

type NewStreamPagesDeps = SyncReachDeps & Pick<WorkspacePages, 'syncChanges'>;

/** Of what nobody gave a plan. */
const USUAL_PLAN = { everySeconds: 3_600 };

/** `/w/{slug}/sync/{connection}/new`: what a stream would cost, and switching it on. */
export function createNewStreamPages(pages: NewStreamPagesDeps): Router {
	const { syncChanges } = pages;
	const { side, baseOf, connectionOf } = createSyncReach(pages);
	const routes = Router();
	const mayChange = requirePermission('connect');

	/** @throws NotFoundError */
	async function showNewStream(
		request: Request,
		response: Response,
		form: FormState,
		status = 200,
	) {
		const workspace = pageWorkspace(response);
		const connection = await connectionOf(request, response);
		const name = String(
			request.query['entity'] ??
				(request.body as Record<string, unknown> | undefined)?.['entity'] ??
				'',
		);
		const entity = findEntity(name);
		if (entity === undefined) throw new NotFoundError('There are no such records.');
		const first = await side().measureList(connection, entity);
		const known = first.records ?? 0;
		const plan = USUAL_PLAN;
		const wanted = { entity, plan, known, knownBytes: first.bytes ?? 0, sweepConfirmed: false };
		const label = entityWords(entity.entity);
		const organisation = connectionName(connection);
		const frame = {
			title: `Keep ${label.toLowerCase()} up to date`,
			tab: 'sync',
			workspace,
			status,
		};
		showPage(response, newStreamPage, frame, {
			at: `${baseOf(response)}/${connection.id}`,
			entity: entity.entity,
			label,
			organisation,
			first,
			daily: side().estimate(wanted),
			isCountable: entity.list === 'sized',
			isLong: side().sweepCost(wanted).needsConsent,
			form,
		});
	}

	routes.get('/sync/:connection/new', mayChange, (request, response) =>
		showNewStream(request, response, {
			values: scheduleValues(USUAL_PLAN),
			errors: {},
		}),
	);

	routes.post('/sync/:connection/new', mayChange, async (request, response) => {
		const workspace = pageWorkspace(response);
		const connection = await connectionOf(request, response);
		const read = readForm(request, ScheduleForm);
		if (!read.ok) return showNewStream(request, response, read.form, 422);
		const { entity, tellExisting } = request.body as Record<string, unknown>;
		try {
			const { isNew } = await syncChanges.create(actorOf(response), workspace, {
				...read.value,
				tenantId: connection.tenantId,
				entity: String(entity),
				enabled: true,
				tellExisting: tellExisting === 'yes',
			});
			const done: Notice = isNew ? 'sync_begun' : 'sync_saved';
			return response.redirect(303, `${baseOf(response)}/${connection.id}?done=${done}`);
		} catch (cause) {
			if (!(cause instanceof InvalidFieldsError)) throw cause;
			return showNewStream(request, response, refusedForm(request, cause), 422);
		}
	});

	return routes;
}
