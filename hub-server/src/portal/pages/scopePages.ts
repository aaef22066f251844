import { Router, type Response } from 'express';
import { AppKeysMissingError } from '../../errors/xeroErrors';
import { SCOPE_PRESETS, type ScopePreset } from '../../workspaces/scopePresets';
import {
	PRESET_LABELS,
	presetOf,
	readScopesForm,
	scopesView,
	type ScopesView,
} from '../views/scopesForm';
import { EMPTY_FORM, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import type { WorkspacePages } from './workspacePages';

const scopesPage = pageTemplate<
	ScopesView & {
		at: string;
		form: FormState;
		presets: ReadonlyArray<{ readonly name: ScopePreset; readonly label: string }>;
		/** What the list on the page is, if it is one of the presets. */
		preset: ScopePreset | undefined;
		/** Whether the list is not the saved one. */
		isProposal: boolean;
		isApproved: boolean;
	}
>('scopes');

const PRESETS = Object.entries(PRESET_LABELS).map(([name, label]) => ({
	name: name as ScopePreset,
	label,
}));

type ScopePagesDeps = Pick<WorkspacePages, 'appKeys' | 'appKeyChanges'>;

/** `/w/{slug}/app-keys/scopes`: what the hub asks Xero for, area by area. */
export function createScopePages({ appKeys, appKeyChanges }: ScopePagesDeps): Router {
	const routes = Router();

	/** @throws AppKeysMissingError, whose page leads to the app keys */
	async function savedScopes(response: Response): Promise<readonly string[]> {
		const keys = await appKeys.view(pageWorkspace(response).id);
		if (keys === undefined) throw new AppKeysMissingError();
		return keys.scopes.split(' ');
	}

	function show(
		response: Response,
		scopes: readonly string[],
		{ form = EMPTY_FORM, isProposal = false, isApproved = false },
	): void {
		const workspace = pageWorkspace(response);
		const status = Object.keys(form.errors).length > 0 ? 422 : 200;
		showPage(
			response,
			scopesPage,
			{ title: 'Scopes', tab: 'app-keys', workspace, status },
			{
				...scopesView(scopes),
				at: `/w/${workspace.slug}/app-keys/scopes`,
				...{ form, isProposal, isApproved },
				presets: PRESETS,
				preset: presetOf(scopes),
			},
		);
	}

	routes.get('/app-keys/scopes', async (request, response) => {
		const saved = await savedScopes(response);
		const { preset } = request.query;
		const isPreset = typeof preset === 'string' && Object.hasOwn(SCOPE_PRESETS, preset);
		if (!isPreset) return show(response, saved, {});
		// What the hub does not know is no part of any preset, and nobody took it away.
		const other = scopesView(saved).other.split(' ').filter(Boolean);
		const scopes = [...SCOPE_PRESETS[preset as ScopePreset].split(' '), ...other];
		return show(response, scopes, { isProposal: true });
	});

	routes.post('/app-keys/scopes', requirePermission('connect'), async (request, response) => {
		const workspace = pageWorkspace(response);
		const saved = await savedScopes(response);
		const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
		const { scopes, errors } = readScopesForm(body, saved);
		if (Object.keys(errors).length > 0) {
			const form = { values: {}, errors };
			const isApproved = body['approved'] === 'yes';
			return show(response, scopes, { form, isProposal: true, isApproved });
		}
		await appKeyChanges.setScopes(actorOf(response), workspace, scopes);
		return response.redirect(303, `/w/${workspace.slug}/organisations?done=scopes_saved`);
	});
	return routes;
}
