import { Router, type Response } from 'express';
import { redirectUriOf } from '../../connect/startConnect';
import { HubError } from '../../errors/HubError';
import type { AppKeysView } from '../../workspaces/appKeyStore';
import { AppKeysRefusedError } from '../../errors/xeroErrors';
import {
	appKeysForm,
	savedAppKeys,
	SCOPE_CHOICES,
	SECRET_FIELDS,
	TIERS,
} from '../views/appKeysForm';
import { readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { pageWorkspace, userOf } from '../show/visit';
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
	redirectUri: string;
	deliveryUrl: string;
	tiers: typeof TIERS;
	scopeChoices: typeof SCOPE_CHOICES;
}>('appKeys');

/** `/w/{slug}/app-keys`: the keys of the workspace's own Xero app. */
export function createAppKeyPages(pages: WorkspacePages): Router {
	const { appKeys, readAppKeys, verifyAppKeys, audit, appKeysChanged, publicUrl } = pages;
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
			refused: check instanceof AppKeysRefusedError,
			redirectUri: redirectUriOf(publicUrl),
			deliveryUrl: `${publicUrl}/webhooks/xero/${workspace.slug}`,
			tiers: TIERS,
			scopeChoices: SCOPE_CHOICES,
		});
	}

	const note = (response: Response, action: string, detail: Readonly<Record<string, string>>) =>
		audit.append({
			actor: userOf(response).email,
			workspace: pageWorkspace(response).slug,
			action,
			detail,
		});

	routes.get('/app-keys', (_request, response) => show(response));

	routes.post('/app-keys', mayConnect, async (request, response) => {
		const { id, slug } = pageWorkspace(response);
		const saved = await appKeys.view(id);
		const read = readForm(request, appKeysForm(saved !== undefined), SECRET_FIELDS);
		if (!read.ok) return show(response, read.form, 422);

		const { clientSecret, ...rest } = read.value;
		await appKeys.save(id, {
			...rest,
			clientSecret: clientSecret ?? (await readAppKeys(id)).clientSecret,
		});
		await appKeysChanged();
		await note(response, 'app_keys.saved', { clientId: rest.clientId, tier: rest.tier });
		return response.redirect(303, `/w/${slug}/app-keys?done=app_keys_saved`);
	});

	routes.post('/app-keys/verify', mayConnect, async (_request, response) => {
		const { id, slug } = pageWorkspace(response);
		try {
			const keys = await readAppKeys(id);
			await verifyAppKeys(keys);
			await appKeys.markVerified(id, keys.updatedAt);
		} catch (cause) {
			if (!(cause instanceof HubError)) throw cause;
			return show(response, {}, cause.status, cause);
		}
		await note(response, 'app_keys.verified', {});
		return response.redirect(303, `/w/${slug}/app-keys?done=app_keys_verified`);
	});
	return routes;
}
