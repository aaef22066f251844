import { Router, type Response } from 'express';
import { z } from 'zod';
import type { AdminKeyChanges } from '../../administration/adminKeyChanges';
import { NewAdminKey } from '../../administration/workspaceRequests';
import { HubError } from '../../errors/HubError';
import { NotFoundError } from '../../errors/requestErrors';
import type { AdminKeyStore, AdminKeyView } from '../../workspaces/adminKeyStore';
import { askFirst, isConfirmed } from '../show/askFirst';
import type { PortalContext } from '../show/PortalContext';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf } from '../show/visit';
import { requirePermission } from '../show/visitors';

const adminKeysPage = pageTemplate<{
	keys: readonly AdminKeyView[];
	form: FormState;
	/** Shown this once. */
	created: { key: string } | undefined;
}>('adminKeys');

export interface AdminKeyRoutesDeps {
	readonly adminKeys: Pick<AdminKeyStore, 'list'>;
	readonly adminKeyChanges: AdminKeyChanges;
}

/** A form as the API's call would say it: an empty day says nothing. */
const NewKeyForm = z.preprocess((body) => {
	const { name, expiresAt } = body as Readonly<Record<string, unknown>>;
	const day = typeof expiresAt === 'string' ? expiresAt.trim() : expiresAt;
	return { name, ...(day !== '' && { expiresAt: day }) };
}, NewAdminKey);

/** `/admin-keys…`: what opens the whole API. For owners. */
export function createAdminKeyRoutes(
	{ adminKeys, adminKeyChanges }: AdminKeyRoutesDeps,
	{ confirmAnew }: Pick<PortalContext, 'confirmAnew'>,
): Router {
	const routes = Router();
	routes.use('/admin-keys', requirePermission('administer'));

	async function show(
		response: Response,
		form: FormState,
		{ status = 200, created }: { status?: number; created?: { key: string } } = {},
	): Promise<void> {
		const frame = { title: 'Admin keys', tab: 'admin-keys', status };
		showPage(response, adminKeysPage, frame, { keys: await adminKeys.list(), form, created });
	}

	routes.get('/admin-keys', (_request, response) => show(response, EMPTY_FORM));

	routes.post('/admin-keys', confirmAnew, async (request, response) => {
		const read = readForm(request, NewKeyForm);
		if (!read.ok) return show(response, read.form, { status: 422 });
		const created = await adminKeyChanges.create(actorOf(response), read.value);
		return show(response, EMPTY_FORM, { created });
	});

	routes.post('/admin-keys/:id/revoke', confirmAnew, async (request, response) => {
		const id = String(request.params['id']);
		if (!isConfirmed(request)) {
			const key = (await adminKeys.list()).find((one) => one.id === id);
			if (key === undefined) throw new NotFoundError('There is no such admin key.');
			const yes = `Revoke “${key.name}”`;
			const consequence =
				'Every program that shows it is refused from then on, and the connect links that were made with it end.';
			return askFirst(
				response,
				{ tab: 'admin-keys' },
				{ title: `${yes}?`, consequence, yes, back: '/admin-keys' },
			);
		}
		try {
			await adminKeyChanges.revoke(actorOf(response), id);
		} catch (cause) {
			// The last one: what to do first is told beside the list.
			if (!(cause instanceof HubError) || cause.status !== 409) throw cause;
			return show(response, { ...EMPTY_FORM, problem: cause.message }, { status: 409 });
		}
		return response.redirect(303, '/admin-keys?done=admin_key_revoked');
	});
	return routes;
}
