import { Router, type Response } from 'express';
import { z } from 'zod';
import type { PortalContext } from '../show/PortalContext';
import type { PortalUser } from '../access/PortalUser';
import type { Session } from '../access/sessionStore';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { sessionOf, userOf } from '../show/visit';
import { waitForTries } from '../show/waitForTries';
import { showConfirm } from '../show/confirmAnew';
import { rememberBrowser, wayBack } from './doorRoutes';
import { weakPassword } from '../access/weakPassword';
import { Password } from './joinRoutes';

const accountPage = pageTemplate<{
	you: PortalUser;
	form: FormState;
	sessions: readonly Session[];
	thisSession: string;
	hasFactor: boolean;
}>('account');

const PasswordChange = z.object({
	current: z.string().min(1, 'enter your present password').max(1_000),
	password: Password,
});

/** `/account`: one's own password, and where one is signed in. */
export function createAccountRoutes(context: PortalContext): Router {
	const { users, sessions, factors, audit, cookies, tries, confirmAnew } = context;
	const routes = Router();

	const show = async (response: Response, form: FormState, status = 200) => {
		const you = userOf(response);
		showPage(
			response,
			accountPage,
			{ title: 'Your account', tab: 'account', status },
			{
				you,
				form,
				sessions: await sessions.list(you.id),
				thisSession: sessionOf(response).id,
				hasFactor: await factors.has(you.id),
			},
		);
	};

	routes.get('/account', (_request, response) => show(response, EMPTY_FORM));

	routes.post('/account', async (request, response) => {
		const you = userOf(response);
		const read = readForm(request, PasswordChange, ['current', 'password']);
		if (!read.ok) return show(response, read.form, 422);
		const names = [`signed in ${you.id}`];
		const problem = await waitForTries(tries, response, names, 'passwords');
		if (problem !== undefined) return show(response, { ...EMPTY_FORM, problem }, 429);
		if ((await users.authenticate(you.email, read.value.current)) === undefined) {
			const errors = { current: 'This is not your present password.' };
			return show(response, { values: {}, errors }, 422);
		}
		await tries.giveBack(names);
		const weak = await weakPassword(read.value.password, [you.name, you.email]);
		if (weak !== undefined) {
			return show(response, { values: {}, errors: { password: weak } }, 422);
		}
		await users.setPassword(you.id, read.value.password);
		await rememberBrowser(context, response, you.id);
		await audit.append({ actor: you.email, action: 'password.changed' });
		cookies.session.clear(response);
		return response.redirect(303, '/sign-in?done=password_changed');
	});

	routes.get('/account/confirm', async (request, response) => {
		const fields = [['next', wayBack(request.query['next'])]] as const;
		const page = { form: EMPTY_FORM, status: 200, action: '/account/confirm', fields };
		await showConfirm(context, response, page);
	});

	routes.post('/account/confirm', confirmAnew, (request, response) => {
		const next = wayBack((request.body as { readonly next?: unknown }).next);
		response.redirect(303, next === '' ? '/account?done=confirmed' : next);
	});

	routes.post('/account/sessions/end-others', async (_request, response) => {
		const you = userOf(response);
		await sessions.endAll(you.id, sessionOf(response).id);
		await audit.append({ actor: you.email, action: 'user.signed_out_elsewhere' });
		response.redirect(303, '/account?done=other_sessions_ended');
	});

	routes.post('/account/sessions/:id/end', async (request, response) => {
		const you = userOf(response);
		await sessions.endOne(you.id, request.params.id);
		await audit.append({ actor: you.email, action: 'user.signed_out_elsewhere' });
		response.redirect(303, '/account?done=session_ended');
	});
	return routes;
}
