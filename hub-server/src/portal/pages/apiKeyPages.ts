import { Router, type Response } from 'express';
import { z } from 'zod';
import { NewApiKey } from '../../administration/workspaceRequests';
import { NotFoundError } from '../../errors/requestErrors';
import type { ApiKeyView } from '../../workspaces/apiKeyStore';
import { KEY_SCOPES, SCOPE_WORDS, USUAL_SCOPES } from '../../workspaces/keyScopes';
import { connectionName } from '../../xero/connections/connectionName';
import { askFirst, isConfirmed } from '../show/askFirst';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import type { WorkspacePages } from './workspacePages';

const apiKeysPage = pageTemplate<{
	at: string;
	keys: readonly ApiKeyView[];
	form: FormState;
	scopes: readonly { value: string; words: string; isChosen: boolean }[];
	organisations: readonly { tenantId: string; name: string; isChosen: boolean }[];
	/** The name of an organisation by its id. */
	nameOf: (tenantId: string) => string;
	/** Shown this once. */
	created: { id: string; key: string } | undefined;
	hubUrl: string;
}>('apiKeys');

type ApiKeyPagesDeps = Pick<
	WorkspacePages,
	'apiKeys' | 'apiKeyChanges' | 'confirmAnew' | 'connections' | 'publicUrl'
>;

/** A form as the API's call would say it: boxes that are ticked once come as a text, an empty day says nothing. */
const NewKeyForm = z.preprocess((body) => {
	const { name, expiresAt } = body as Readonly<Record<string, unknown>>;
	const day = typeof expiresAt === 'string' ? expiresAt.trim() : expiresAt;
	return { name, ...ticksIn(body), ...(day !== '' && { expiresAt: day }) };
}, NewApiKey);

interface Ticks {
	readonly scopes: readonly string[];
	readonly tenantIds: readonly string[];
}

function ticksIn(body: unknown): Ticks {
	const { scopes, tenantIds } = (body ?? {}) as Readonly<Record<string, unknown>>;
	const all = (value: unknown) =>
		[value].flat().filter((one): one is string => typeof one === 'string');
	return { scopes: all(scopes), tenantIds: all(tenantIds) };
}

/** `/w/{slug}/api-keys`: what n8n shows the hub. For owners. */
export function createApiKeyPages(pages: ApiKeyPagesDeps): Router {
	const { apiKeys, apiKeyChanges, confirmAnew, connections, publicUrl } = pages;
	const routes = Router();
	routes.use('/api-keys', requirePermission('administer'));

	async function show(
		response: Response,
		form: FormState,
		more: {
			status?: number;
			created?: { id: string; key: string };
			/** What was ticked in a form that comes back. */
			ticked?: Ticks;
		} = {},
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const frame = { title: 'API keys', tab: 'api-keys', workspace, status: more.status ?? 200 };
		const chosen: Ticks = more.ticked ?? { scopes: USUAL_SCOPES, tenantIds: [] };
		const held = await connections.list(workspace.id);
		const names = new Map(held.map((one) => [one.tenantId, connectionName(one)]));
		showPage(response, apiKeysPage, frame, {
			at: `/w/${workspace.slug}/api-keys`,
			keys: await apiKeys.list(workspace.id),
			form,
			scopes: KEY_SCOPES.map((value) => ({
				...{ value, words: SCOPE_WORDS[value] },
				isChosen: chosen.scopes.includes(value),
			})),
			organisations: [...names].map(([tenantId, name]) => ({
				...{ tenantId, name },
				isChosen: chosen.tenantIds.includes(tenantId),
			})),
			nameOf: (tenantId) => names.get(tenantId) ?? tenantId,
			created: more.created,
			hubUrl: publicUrl,
		});
	}

	/** A key that is not there, or was revoked, is told by the store. */
	async function ask(
		response: Response,
		id: string,
		question: { readonly verb: string; readonly consequence: string },
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const key = (await apiKeys.list(workspace.id)).find((one) => one.id === id);
		if (key === undefined) throw new NotFoundError('There is no such key.');
		const yes = `${question.verb} “${key.name}”`;
		askFirst(
			response,
			{ tab: 'api-keys', workspace },
			{
				title: `${yes}?`,
				consequence: question.consequence,
				yes,
				back: `/w/${workspace.slug}/api-keys`,
			},
		);
	}

	routes.get('/api-keys', (_request, response) => show(response, EMPTY_FORM));

	routes.post('/api-keys', confirmAnew, async (request, response) => {
		const read = readForm(request, NewKeyForm);
		if (!read.ok) {
			return show(response, read.form, { status: 422, ticked: ticksIn(request.body) });
		}
		const created = await apiKeyChanges.create(
			actorOf(response),
			pageWorkspace(response),
			read.value,
		);
		return show(response, EMPTY_FORM, { created });
	});

	routes.post('/api-keys/:id/rotate', confirmAnew, async (request, response) => {
		const id = String(request.params.id);
		if (!isConfirmed(request)) {
			const consequence = 'The present key ends at once, and n8n needs the new one.';
			return ask(response, id, { verb: 'Rotate', consequence });
		}
		const created = await apiKeyChanges.rotate(actorOf(response), pageWorkspace(response), id);
		return show(response, EMPTY_FORM, { created });
	});

	routes.post('/api-keys/:id/revoke', async (request, response) => {
		const { id } = request.params;
		if (!isConfirmed(request)) {
			const consequence = 'Every workflow that shows it is refused from then on.';
			return ask(response, id, { verb: 'Revoke', consequence });
		}
		const workspace = pageWorkspace(response);
		await apiKeyChanges.revoke(actorOf(response), workspace, id);
		return response.redirect(303, `/w/${workspace.slug}/api-keys?done=api_key_revoked`);
	});
	return routes;
}
