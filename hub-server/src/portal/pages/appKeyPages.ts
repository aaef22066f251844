import { Router, type Response } from 'express';
import { redirectUriOf } from '../../connect/startConnect';
import { HubError } from '../../errors/HubError';
import { InvalidFieldsError } from '../../errors/requestErrors';
import type { AppKeysView } from '../../workspaces/appKeyStore';
import { AppKeysRefusedError } from '../../errors/xeroErrors';
import {
	appKeysForm,
	savedAppKeys,
	SCOPE_CHOICES,
	SECRET_FIELDS,
	TIER_CHOICES,
} from '../views/appKeysForm';
import { isConfirmedNow } from '../show/confirmAnew';
import { scopesInWords } from '../views/scopesForm';
import { readForm, refusedForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import type { WorkspacePages } from './workspacePages';

const appKeysPage = pageTemplate<{
	at: string;
	keys: AppKeysView | undefined;
	form: FormState;
	/** Why the saved keys could not be checked, if they were just now. */
	checkProblem: string | undefined;
	/** Xero knows no app with them. */
	refused: boolean;
	/** Whether the person proves who they are before they type keys. */
	mustConfirm: boolean;
	redirectUri: string;
	deliveryUrl: string;
	tiers: typeof TIER_CHOICES;
	scopeChoices: typeof SCOPE_CHOICES;
	/** What is asked for, in words. */
	scopes: string;
}>('appKeys');

type AppKeyPagesDeps = Pick<
	WorkspacePages,
	'appKeys' | 'appKeyChanges' | 'confirmFirst' | 'publicUrl' | 'now'
>;

/** `/w/{slug}/app-keys`: the keys of the workspace's own Xero app. */
export function createAppKeyPages(pages: AppKeyPagesDeps): Router {
	const { appKeys, appKeyChanges, confirmFirst, publicUrl, now } = pages;
	const routes = Router();
	const mayConnect = requirePermission('connect');

	async function show(
		response: Response,
		form: Partial<FormState> = {},
		status = 200,
		check?: HubError,
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const keys = await appKeys.view(workspace.id);
		const frame = { title: 'Xero app keys', tab: 'app-keys', workspace, status };
		showPage(response, appKeysPage, frame, {
			at: `/w/${workspace.slug}/app-keys`,
			keys,
			form: { values: savedAppKeys(keys), errors: {}, ...form },
			checkProblem: check?.message,
			mustConfirm: !isConfirmedNow(response, now()),
			refused: check instanceof AppKeysRefusedError,
			redirectUri: redirectUriOf(publicUrl),
			deliveryUrl: `${publicUrl}/webhooks/xero/${workspace.slug}`,
			tiers: TIER_CHOICES,
			scopeChoices: SCOPE_CHOICES,
			scopes: keys === undefined ? '' : scopesInWords(keys.scopes.split(' ')),
		});
	}

	routes.get('/app-keys', (_request, response) => show(response));

	routes.post('/app-keys', mayConnect, confirmFirst, async (request, response) => {
		const workspace = pageWorkspace(response);
		const saved = await appKeys.view(workspace.id);
		const read = readForm(request, appKeysForm(saved !== undefined), SECRET_FIELDS);
		if (!read.ok) return show(response, read.form, 422);

		try {
			await appKeyChanges.save(actorOf(response), workspace, read.value);
		} catch (cause) {
			if (!(cause instanceof InvalidFieldsError)) throw cause;
			return show(response, refusedForm(request, cause, SECRET_FIELDS), 422);
		}
		return response.redirect(303, `/w/${workspace.slug}/app-keys?done=app_keys_saved`);
	});

	routes.post('/app-keys/verify', mayConnect, async (_request, response) => {
		const workspace = pageWorkspace(response);
		try {
			await appKeyChanges.verify(actorOf(response), workspace);
		} catch (cause) {
			if (!(cause instanceof HubError)) throw cause;
			return show(response, {}, cause.status, cause);
		}
		return response.redirect(303, `/w/${workspace.slug}/app-keys?done=app_keys_verified`);
	});
	return routes;
}
