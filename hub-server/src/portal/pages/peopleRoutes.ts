import { Router, type Request, type Response } from 'express';
import type { ConnectLinkChanges } from '../../administration/connectLinkChanges';
import { z } from 'zod';
import { InvalidRequestError } from '../../errors/requestErrors';
import type { Workspace } from '../../workspaces/workspaceStore';
import { LINK_LIFETIME_MS, type OpenInvitation } from '../access/joinLinks';
import type { PortalUser } from '../access/PortalUser';
import type { PortalContext } from '../show/PortalContext';
import { askFirst, isConfirmed } from '../show/askFirst';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { userOf } from '../show/visit';
import { requirePermission } from '../show/visitors';

interface NewLink {
	readonly url: string;
	readonly expiresAt: number;
	/** Whose password it changes; null for an invitation. */
	readonly forName: string | null;
}

const peoplePage = pageTemplate<{
	people: readonly PortalUser[];
	workspaces: readonly Workspace[];
	you: string;
	form: FormState;
	chosen: readonly string[];
	link: NewLink | undefined;
	invitations: readonly OpenInvitation[];
}>('people');

const personPage = pageTemplate<{
	person: PortalUser;
	workspaces: readonly Workspace[];
	isYou: boolean;
	form: FormState;
	chosen: readonly string[];
}>('person');

const list = z
	.union([z.string().transform((one) => [one]), z.array(z.string())])
	.optional()
	.transform((ids) => ids ?? []);

const Access = z
	.object({
		role: z.enum(['owner', 'connector', 'viewer'], { error: 'choose a role' }),
		reach: z.enum(['all', 'some'], { error: 'choose which workspaces' }),
		workspaces: list,
	})
	.refine(({ role, reach }) => role !== 'owner' || reach === 'all', {
		path: ['reach'],
		message: 'an owner always sees every workspace',
	})
	.refine(({ reach, workspaces }) => reach === 'all' || workspaces.length > 0, {
		path: ['workspaces'],
		message: 'choose at least one workspace',
	})
	.transform(({ role, reach, workspaces }) => ({
		role,
		workspaces: reach === 'all' ? ('all' as const) : workspaces,
	}));

/** `/people…`: who may sign in, and what they may do. For owners. */
export function createPeopleRoutes(
	context: PortalContext & { readonly connectLinkChanges: Pick<ConnectLinkChanges, 'endOf'> },
): Router {
	const { connectLinkChanges, users, links, workspaces, audit, publicUrl, now } = context;
	const routes = Router();
	routes.use('/people', requirePermission('administer'));

	async function showAll(
		response: Response,
		form: FormState,
		more: { status?: number; link?: NewLink; chosen?: readonly string[] } = {},
	) {
		const { status = 200, link, chosen = [] } = more;
		showPage(
			response,
			peoplePage,
			{ title: 'People', tab: 'people', status },
			{
				people: await users.list(),
				invitations: await links.openInvitations(),
				workspaces: await workspaces.list(),
				you: userOf(response).id,
				form,
				chosen,
				link,
			},
		);
	}

	async function requireKnown(access: PortalUser['workspaces']): Promise<void> {
		if (access === 'all') return;
		const known = new Set((await workspaces.list()).map(({ id }) => id));
		if (!access.every((id) => known.has(id))) {
			throw new InvalidRequestError(
				'One of the workspaces is gone. Reload the page and choose again.',
			);
		}
	}

	async function showOne(response: Response, person: PortalUser, form: FormState, status = 200) {
		showPage(
			response,
			personPage,
			{ title: person.name, tab: 'people', status },
			{
				person,
				workspaces: await workspaces.list(),
				isYou: person.id === userOf(response).id,
				form,
				chosen: person.workspaces === 'all' ? [] : person.workspaces,
			},
		);
	}

	routes.get('/people', (_request, response) => showAll(response, EMPTY_FORM));

	routes.post('/people/invite', async (request, response) => {
		const read = readForm(request, Access);
		if (!read.ok) {
			return showAll(response, read.form, { status: 422, chosen: chosenOf(request) });
		}
		await requireKnown(read.value.workspaces);
		const token = await links.create({ kind: 'invitation', userId: null, ...read.value });
		await audit.append({
			actor: userOf(response).email,
			action: 'user.invited',
			detail: { role: read.value.role },
		});
		const expiresAt = now() + LINK_LIFETIME_MS.invitation;
		return showAll(response, EMPTY_FORM, {
			link: { url: `${publicUrl}/join/${token}`, expiresAt, forName: null },
		});
	});

	routes.post('/people/invitations/:id/revoke', async (request, response) => {
		const role = await links.revoke(request.params.id);
		await audit.append({
			actor: userOf(response).email,
			action: 'user.invitation_revoked',
			detail: { role },
		});
		response.redirect(303, '/people?done=invitation_revoked');
	});

	routes.get('/people/:id', async (request, response) => {
		await showOne(response, await users.get(request.params.id), EMPTY_FORM);
	});

	routes.post('/people/:id', async (request, response) => {
		const person = await users.get(request.params.id);
		const read = readForm(request, Access);
		if (!read.ok) return showOne(response, person, read.form, 422);
		await requireKnown(read.value.workspaces);
		await users.setAccess(person.id, read.value);
		await connectLinkChanges.endOf(person.id);
		await audit.append({
			actor: userOf(response).email,
			action: 'user.access_changed',
			detail: { user: person.email, role: read.value.role },
		});
		return response.redirect(303, '/people?done=user_saved');
	});

	routes.post('/people/:id/new-password', async (request, response) => {
		const person = await users.get(request.params.id);
		const { role, workspaces: limits } = person;
		const token = await links.create({
			kind: 'password',
			userId: person.id,
			role,
			workspaces: limits,
		});
		await audit.append({
			actor: userOf(response).email,
			action: 'user.password_link_made',
			detail: { user: person.email },
		});
		const expiresAt = now() + LINK_LIFETIME_MS.password;
		await showAll(response, EMPTY_FORM, {
			link: { url: `${publicUrl}/join/${token}`, expiresAt, forName: person.name },
		});
	});

	routes.post('/people/:id/remove', async (request, response) => {
		const person = await users.get(request.params.id);
		if (!isConfirmed(request)) {
			return askFirst(
				response,
				{ tab: 'people' },
				{
					title: `Remove ${person.name}?`,
					consequence: `${person.name} is signed out everywhere and cannot sign in again. What they did stays in the audit log.`,
					yes: `Remove ${person.name}`,
					back: `/people/${person.id}`,
				},
			);
		}
		await users.remove(person.id);
		await connectLinkChanges.endOf(person.id);
		await audit.append({
			actor: userOf(response).email,
			action: 'user.removed',
			detail: { user: person.email },
		});
		return response.redirect(303, '/people?done=user_removed');
	});
	return routes;
}

function chosenOf(request: Request): readonly string[] {
	return list.catch([]).parse((request.body as { workspaces?: unknown }).workspaces);
}
