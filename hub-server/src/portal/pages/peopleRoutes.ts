import { Router, type Response } from 'express';
import { InvalidRequestError } from '../../errors/requestErrors';
import type { Workspace } from '../../workspaces/workspaceStore';
import { LINK_LIFETIME_MS, type LinkMaker, type OpenLink } from '../access/joinLinks';
import type { PortalUser } from '../access/PortalUser';
import { resetSecondFactor } from '../access/resetSecondFactor';
import type { Session } from '../access/sessionStore';
import type { PortalContext } from '../show/PortalContext';
import { askFirst, isConfirmed } from '../show/askFirst';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, userOf } from '../show/visit';
import { requirePermission } from '../show/visitors';
import { AccessForm, roleField, tickedIn } from './accessForm';

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
	links: readonly OpenLink[];
}>('people');

const personPage = pageTemplate<{
	person: PortalUser;
	workspaces: readonly Workspace[];
	isYou: boolean;
	form: FormState;
	chosen: readonly string[];
	sessions: readonly Session[];
	hasFactor: boolean;
}>('person');

/** `/people…`: who may sign in, and what they may do. For owners. */
export function createPeopleRoutes(context: PortalContext): Router {
	const { users, sessions, factors, links, workspaces, audit, confirmAnew, publicUrl, now } =
		context;
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
				links: await links.listOpen(),
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
		if (!access.every(({ id }) => known.has(id))) {
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
				form: form === EMPTY_FORM ? { ...form, values: rolesOf(person) } : form,
				chosen: person.workspaces === 'all' ? [] : person.workspaces.map(({ id }) => id),
				sessions: await sessions.list(person.id),
				hasFactor: await factors.has(person.id),
			},
		);
	}

	const noteEnded = (response: Response, person: PortalUser) =>
		audit.append({
			actor: userOf(response).email,
			action: 'user.signed_out',
			detail: { user: person.email },
		});

	routes.get('/people', (_request, response) => showAll(response, EMPTY_FORM));

	routes.post('/people/invite', confirmAnew, async (request, response) => {
		const read = readForm(request, AccessForm);
		if (!read.ok) {
			return showAll(response, read.form, { status: 422, chosen: tickedIn(request.body) });
		}
		await requireKnown(read.value.workspaces);
		const invitation = { kind: 'invitation' as const, userId: null, ...read.value };
		const token = await links.create(invitation, makerOf(response));
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

	routes.post('/people/links/:id/revoke', async (request, response) => {
		const { kind, role } = await links.revoke(request.params.id);
		await audit.append({
			actor: userOf(response).email,
			action: 'user.link_revoked',
			detail: { kind, role },
		});
		response.redirect(303, '/people?done=link_revoked');
	});

	routes.get('/people/:id', async (request, response) => {
		await showOne(response, await users.get(request.params.id), EMPTY_FORM);
	});

	routes.post('/people/:id', confirmAnew, async (request, response) => {
		const person = await users.get(String(request.params.id));
		const read = readForm(request, AccessForm);
		if (!read.ok) return showOne(response, person, read.form, 422);
		await requireKnown(read.value.workspaces);
		await users.setAccess(person.id, read.value);
		await audit.append({
			actor: userOf(response).email,
			action: 'user.access_changed',
			detail: { user: person.email, role: read.value.role },
		});
		return response.redirect(303, '/people?done=user_saved');
	});

	routes.post('/people/:id/new-password', confirmAnew, async (request, response) => {
		const person = await users.get(String(request.params.id));
		const { role, workspaces: limits } = person;
		const token = await links.create(
			{ kind: 'password', userId: person.id, role, workspaces: limits },
			makerOf(response),
		);
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

	routes.post('/people/:id/sessions/:session/end', async (request, response) => {
		const person = await users.get(request.params.id);
		await sessions.endOne(person.id, request.params.session);
		await noteEnded(response, person);
		response.redirect(303, `/people/${person.id}?done=session_ended`);
	});

	routes.post('/people/:id/sessions/end', async (request, response) => {
		const person = await users.get(request.params.id);
		await sessions.endAll(person.id);
		await noteEnded(response, person);
		response.redirect(303, `/people/${person.id}?done=sessions_ended`);
	});

	routes.post('/people/:id/second-factor/reset', confirmAnew, async (request, response) => {
		const person = await users.get(String(request.params.id));
		if (person.id === userOf(response).id) return response.redirect(303, '/account/second-factor');
		if (!isConfirmed(request)) {
			return askFirst(
				response,
				{ tab: 'people' },
				{
					title: `Take the second factor of ${person.name} away?`,
					consequence: `${person.name} is signed out everywhere, and signs in with the password alone until another is set up. Be sure that it is ${person.name} who asks: a stranger would ask the same.`,
					yes: 'Take it away',
					back: `/people/${person.id}`,
				},
			);
		}
		await resetSecondFactor(context, actorOf(response), person);
		return response.redirect(303, `/people/${person.id}?done=second_factor_reset`);
	});

	routes.post('/people/:id/remove', confirmAnew, async (request, response) => {
		const person = await users.get(String(request.params.id));
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
		await audit.append({
			actor: userOf(response).email,
			action: 'user.removed',
			detail: { user: person.email },
		});
		return response.redirect(303, '/people?done=user_removed');
	});
	return routes;
}

function makerOf(response: Response): LinkMaker {
	const { id, email } = userOf(response);
	return { id, name: email };
}

/** What the form shows where a workspace has another role than the person's own. */
function rolesOf(person: PortalUser): Readonly<Record<string, string>> {
	if (person.workspaces === 'all') return {};
	const others = person.workspaces.filter(({ role }) => role !== person.role);
	return Object.fromEntries(others.map(({ id, role }) => [roleField(id), role]));
}
