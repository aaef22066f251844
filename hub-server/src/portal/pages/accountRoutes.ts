import { Router, type Response } from 'express';
import { z } from 'zod';
import type { PortalContext } from '../show/PortalContext';
import type { PortalUser } from '../access/PortalUser';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { userOf } from '../show/visit';
import { minutesText, rememberBrowser } from './doorRoutes';
import { weakPassword } from '../access/weakPassword';
import { Password } from './joinRoutes';

const accountPage = pageTemplate<{ you: PortalUser; form: FormState }>('account');

const PasswordChange = z.object({
	current: z.string().min(1, 'enter your present password').max(1_000),
	password: Password,
});

/** `/account`: one's own password. */
export function createAccountRoutes(context: PortalContext): Router {
	const { users, audit, cookies, tries } = context;
	const routes = Router();

	const show = (response: Response, form: FormState, status = 200) =>
		showPage(
			response,
			accountPage,
			{ title: 'Your account', tab: 'account', status },
			{
				you: userOf(response),
				form,
			},
		);

	routes.get('/account', (_request, response) => show(response, EMPTY_FORM));

	routes.post('/account', async (request, response) => {
		const you = userOf(response);
		const read = readForm(request, PasswordChange, ['current', 'password']);
		if (!read.ok) return show(response, read.form, 422);
		const names = [`signed in ${you.id}`];
		const waitMs = await tries.take(names);
		if (waitMs > 0) {
			response.set('Retry-After', String(Math.ceil(waitMs / 1000)));
			const problem = `Too many wrong passwords. Wait ${minutesText(waitMs)}, then try again.`;
			return show(response, { values: {}, errors: {}, problem }, 429);
		}
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
	return routes;
}
