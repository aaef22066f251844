import { Router, type Response } from 'express';
import { EXPORT_TYPE, writeExport } from '../../administration/exportStream';
import type { OffboardingStanding } from '../../administration/offboardingChanges';
import { ExportFirstError } from '../../errors/offboardingErrors';
import { HubError } from '../../errors/HubError';
import { InvalidFieldsError } from '../../errors/requestErrors';
import { EMPTY_FORM, refusedForm, typedValues, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import type { WorkspacePages } from './workspacePages';

const offboardPage = pageTemplate<{
	at: string;
	/** Empty: the whole workspace. */
	organisation: string;
	standing: OffboardingStanding;
	records: number;
	form: FormState;
	/** Xero could not be reached: going on without it is offered. */
	offersLeaving: boolean;
}>('offboard');

type OffboardingPagesDeps = Pick<
	WorkspacePages,
	'offboardingChanges' | 'knownRecords' | 'confirmAnew'
>;

/** `/w/{slug}/offboard`: a client leaves, an organisation or the whole workspace. */
export function createOffboardingPages(pages: OffboardingPagesDeps): Router {
	const { offboardingChanges, knownRecords, confirmAnew } = pages;
	const routes = Router();
	const mayAdminister = requirePermission('administer');

	async function show(
		response: Response,
		organisation: string,
		form: FormState = EMPTY_FORM,
		{ status = 200, offersLeaving = false } = {},
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const standing = await offboardingChanges.look(workspace, organisation || null);
		const counted = await Promise.all(
			standing.organisations.map(({ tenantId }) => knownRecords.count(workspace.id, tenantId)),
		);
		const records = counted
			.flatMap((byEntity) => [...byEntity.values()])
			.reduce((sum, count) => sum + count, 0);
		const frame = {
			title: `Off-board ${standing.leaving.name}`,
			tab: organisation === '' ? 'settings' : 'organisations',
			workspace,
			status,
		};
		showPage(response, offboardPage, frame, {
			at: `/w/${workspace.slug}`,
			organisation,
			standing,
			records,
			form,
			offersLeaving,
		});
	}

	routes.get('/offboard', mayAdminister, (request, response) =>
		show(response, textOf(request.query['organisation'])),
	);

	routes.post('/offboard/export', mayAdminister, confirmAnew, async (request, response) => {
		const organisation = textOf((request.body as Fields).organisation);
		const made = await offboardingChanges.export(
			actorOf(response),
			pageWorkspace(response),
			organisation || null,
		);
		response.set({
			'Content-Type': EXPORT_TYPE,
			'Content-Disposition': `attachment; filename="${made.fileName}"`,
			'Cache-Control': 'no-store',
		});
		try {
			await writeExport(made.lines, response);
		} catch (cause) {
			if (!response.headersSent) throw cause;
			response.destroy();
			return;
		}
		await made.made();
	});

	routes.post('/offboard', mayAdminister, confirmAnew, async (request, response) => {
		const fields = request.body as Fields;
		const organisation = textOf(fields.organisation);
		const { slug } = pageWorkspace(response);
		try {
			const { atXero } = await offboardingChanges.offboard(actorOf(response), slug, {
				tenantId: organisation || null,
				confirm: textOf(fields.confirm),
				withoutExport: fields.withoutExport === 'yes',
				leaveAtXero: fields.leaveAtXero === 'yes',
			});
			const done = atXero === 'left' ? 'client_offboarded_left' : 'client_offboarded';
			const to = organisation === '' ? '/' : `/w/${slug}/organisations`;
			response.redirect(303, `${to}?done=${done}`);
		} catch (cause) {
			if (cause instanceof InvalidFieldsError) {
				return show(response, organisation, refusedForm(request, cause), { status: 422 });
			}
			if (!(cause instanceof HubError) || cause.status === 404) throw cause;
			const form = { values: typedValues(fields), errors: {}, problem: cause.message };
			const offersLeaving = !(cause instanceof ExportFirstError);
			return show(response, organisation, form, { status: cause.status, offersLeaving });
		}
	});
	return routes;
}

interface Fields {
	readonly organisation?: unknown;
	readonly confirm?: unknown;
	readonly withoutExport?: unknown;
	readonly leaveAtXero?: unknown;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
