import { Router, type Response } from 'express';
import { z } from 'zod';
import type { FoundLink, JoinLink } from '../access/joinLinks';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../access/passwords';
import { weakPassword } from '../access/weakPassword';
import type { PortalUser } from '../access/PortalUser';
import type { PortalContext } from '../show/PortalContext';
import type { JoinKind } from '../../database/portalTables';
import { EMPTY_FORM, readForm, typedValues, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { rememberBrowser, startSession } from './doorRoutes';
import { messagePage } from './messagePage';

const joinPage = pageTemplate<{
	form: FormState;
	intro: string;
	button: string;
	/** Fixed for somebody who is a user already. */
	email: string | null;
}>('join');

export const Password = z
	.string()
	.min(MIN_PASSWORD_LENGTH, `use at least ${MIN_PASSWORD_LENGTH} characters`)
	.max(MAX_PASSWORD_LENGTH, `use at most ${MAX_PASSWORD_LENGTH} characters`);

const NewPassword = z.object({ password: Password });

const NewPerson = z.object({
	name: z.string().trim().min(1, 'enter your name').max(100),
	email: z.email('enter an email address such as you@example.com').max(200),
	password: Password,
});

const WORDS: Readonly<Record<JoinKind, { title: string; intro: string; button: string }>> = {
	set_up: {
		title: 'Welcome to your hub',
		intro: 'You are the first: your account becomes the owner and may invite everybody else.',
		button: 'Create the owner account',
	},
	invitation: {
		title: 'Join this hub',
		intro: 'Somebody invited you. Choose how you will sign in.',
		button: 'Create my account',
	},
	password: {
		title: 'Choose a new password',
		intro: 'You will be signed out everywhere else.',
		button: 'Save the password',
	},
};

const CLOSED: Readonly<Record<Exclude<FoundLink['kind'], 'open'>, string>> = {
	used: 'This link was used already. If you made your account with it, sign in.',
	expired: 'This link is too old. Ask whoever sent it for a new one.',
	ended:
		'This link has ended: whoever sent it may not invite people any more, or a newer password was chosen. Ask an owner for another.',
	unknown: 'This link is not known here. Was it copied whole?',
};

/** `/join/{token}`: one person lets themselves in, once. */
export function createJoinRoutes(context: PortalContext): Router {
	const { users, links, audit } = context;
	const routes = Router();

	/** @returns undefined after it has told the person why the link does not work */
	async function openLink(token: string, response: Response) {
		const found = await links.find(token);
		const isLate = found.kind === 'open' && found.link.kind === 'set_up' && (await users.any());
		if (found.kind === 'open' && !isLate) {
			const { userId } = found.link;
			return { link: found.link, user: userId === null ? null : await users.get(userId) };
		}
		showClosed(response, found.kind === 'open' ? 'used' : found.kind);
		return undefined;
	}

	/** Somebody was faster, or it ended while the form was filled in. */
	async function showLate(token: string, response: Response): Promise<void> {
		const { kind } = await links.find(token);
		showClosed(response, kind === 'open' ? 'used' : kind);
	}

	function show(
		response: Response,
		link: JoinLink,
		user: PortalUser | null,
		form: FormState,
		status = 200,
	): void {
		const { title, intro, button } = WORDS[link.kind];
		const view = { form, intro, button, email: user?.email ?? null };
		showPage(response, joinPage, { title, status }, view);
	}

	routes.get('/join/:token', async (request, response) => {
		const open = await openLink(request.params.token, response);
		if (open !== undefined) show(response, open.link, open.user, EMPTY_FORM);
	});

	routes.post('/join/:token', async (request, response) => {
		const { token } = request.params;
		const open = await openLink(token, response);
		if (open === undefined) return;
		const { link, user } = open;

		if (user !== null) {
			const read = readForm(request, NewPassword, ['password']);
			if (!read.ok) return show(response, link, user, read.form, 422);
			const weak = await weakPassword(read.value.password, [user.name, user.email]);
			if (weak !== undefined) {
				return show(response, link, user, { values: {}, errors: { password: weak } }, 422);
			}
			if (!(await links.use(token))) return showLate(token, response);
			await users.setPassword(user.id, read.value.password);
			await rememberBrowser(context, response, user.id);
			await audit.append({ actor: user.email, action: 'password.changed' });
			return response.redirect(303, '/sign-in?done=password_changed');
		}

		const read = readForm(request, NewPerson, ['password']);
		if (!read.ok) return show(response, link, user, read.form, 422);
		if ((await users.findByEmail(read.value.email)) !== undefined) {
			const errors = { email: 'Somebody with this address has access already.' };
			const values = typedValues(request.body, ['password']);
			return show(response, link, user, { values, errors }, 422);
		}
		const { name, email, password } = read.value;
		const weak = await weakPassword(password, [name, email]);
		if (weak !== undefined) {
			const values = typedValues(request.body, ['password']);
			return show(response, link, user, { values, errors: { password: weak } }, 422);
		}
		if (!(await links.use(token))) return showLate(token, response);
		const { role, workspaces } = link;
		const created = await users.create({ ...read.value, role, workspaces });
		await startSession(context, response, created);
		await audit.append({
			actor: created.email,
			action: link.kind === 'set_up' ? 'hub.set_up' : 'user.joined',
			detail: { role },
		});
		return response.redirect(303, '/');
	});
	return routes;
}

function showClosed(response: Response, kind: keyof typeof CLOSED): void {
	showPage(
		response,
		messagePage,
		{ title: 'This link does not work', status: kind === 'unknown' ? 404 : 410 },
		{ message: CLOSED[kind], link: { href: '/sign-in', label: 'Go to the sign-in page' } },
	);
}
