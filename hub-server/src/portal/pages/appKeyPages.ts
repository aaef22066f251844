import { Router, type Response } from 'express';
import { z } from 'zod';
import { redirectUriOf } from '../../connect/startConnect';
import type { AppKeysView } from '../../workspaces/appKeyStore';
import { readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { pageWorkspace, userOf } from '../show/visit';
import { requirePermission } from '../show/visitors';
import type { WorkspacePages } from './workspacePages';

const appKeysPage = pageTemplate<{
	at: string;
	keys: AppKeysView | undefined;
	form: FormState;
	redirectUri: string;
	deliveryUrl: string;
}>('appKeys');

/** `/w/{slug}/app-keys`: the keys of the workspace's own Xero app. */
export function createAppKeyPages(pages: WorkspacePages): Router {
	const { appKeys, readAppKeys, audit, appKeysChanged, publicUrl } = pages;
	const routes = Router();

	async function show(response: Response, form: FormState | undefined, status = 200) {
		const workspace = pageWorkspace(response);
		const keys = await appKeys.view(workspace.id);
		const frame = { title: 'Xero app keys', tab: 'app-keys', workspace, status };
		showPage(response, appKeysPage, frame, {
			at: `/w/${workspace.slug}/app-keys`,
			keys,
			form: form ?? { values: savedValues(keys), errors: {} },
			redirectUri: redirectUriOf(publicUrl),
			deliveryUrl: `${publicUrl}/webhooks/xero/${workspace.slug}`,
		});
	}

	routes.get('/app-keys', (_request, response) => show(response, undefined));

	routes.post('/app-keys', requirePermission('connect'), async (request, response) => {
		const workspace = pageWorkspace(response);
		const saved = await appKeys.view(workspace.id);
		const read = readForm(request, appKeysForm(saved !== undefined), SECRETS);
		if (!read.ok) return show(response, read.form, 422);

		const { clientSecret, ...rest } = read.value;
		await appKeys.save(workspace.id, {
			...rest,
			clientSecret: clientSecret ?? (await readAppKeys(workspace.id)).clientSecret,
		});
		await appKeysChanged(workspace.id);
		await audit.append({
			actor: userOf(response).email,
			workspace: workspace.slug,
			action: 'app_keys.saved',
			detail: { clientId: rest.clientId, tier: rest.tier },
		});
		return response.redirect(303, `/w/${workspace.slug}/app-keys?done=app_keys_saved`);
	});
	return routes;
}

const SECRETS = ['clientSecret', 'webhookKey'];

const noSpaces = (what: string) =>
	z
		.string()
		.trim()
		.max(500, `this is too long for a ${what}`)
		.regex(/^\S+$/, `the ${what} holds a space or a line break: copy it again`);

/** An empty field keeps what is saved. */
const optionalSecret = (what: string) =>
	z
		.string()
		.trim()
		.transform((text) => (text === '' ? undefined : text))
		.pipe(noSpaces(what).optional());

function appKeysForm(hasKeys: boolean) {
	return z.object({
		clientId: z.string().trim().min(1, 'paste the client id').pipe(noSpaces('client id')),
		clientSecret: hasKeys
			? optionalSecret('client secret')
			: z.string().trim().min(1, 'paste the client secret').pipe(noSpaces('client secret')),
		webhookKey: optionalSecret('webhook key'),
		scopes: z
			.string()
			.transform((text) => text.trim().split(/\s+/).join(' '))
			.transform((text) => (text === '' ? undefined : text))
			.pipe(
				z
					.string()
					.regex(/^[\w.]+(?: [\w.]+)*$/, 'scopes hold letters and dots, with spaces between them')
					.optional(),
			),
		tier: z.enum(['starter', 'core', 'plus', 'advanced', 'enterprise'], {
			error: 'choose the tier of the app',
		}),
	});
}

function savedValues(keys: AppKeysView | undefined): Readonly<Record<string, string>> {
	if (keys === undefined) return {};
	return { clientId: keys.clientId, scopes: keys.scopes, tier: keys.tier };
}
