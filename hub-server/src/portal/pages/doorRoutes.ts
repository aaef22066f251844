import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { clientNetwork } from '../../http/clientNetwork';
import type { PortalUser } from '../access/PortalUser';
import { sessionOrigin } from '../access/sessionOrigin';
import { HOUR_MS, oncePer } from '../../audit/oncePer';
import type { PortalContext } from '../show/PortalContext';
import { EMPTY_FORM, readForm, typedValues, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { visitOf } from '../show/visit';

const signInPage = pageTemplate<{ form: FormState; next: string }>('signIn');
const awaitSetUpPage = pageTemplate<object>('awaitSetUp');

const SignIn = z.object({
	email: z.string().trim().min(1, 'enter your email address').max(200),
	password: z.string().min(1, 'enter your password').max(1_000),
});

/** `/sign-in` and `/sign-out`. */
export function createDoorRoutes(context: PortalContext): Router {
	const { users, sessions, tries, browsers, audit, cookies, now } = context;
	const isFirstThisHour = oncePer(HOUR_MS, now);
	const routes = Router();

	/**
	 * A browser in which this person has signed in before is counted by itself; all others by where they
	 * come from and by the account that is tried.
	 */
	async function countedAs(request: Request, email: string): Promise<string[]> {
		const token = cookies.browser.read(request);
		if (token !== undefined && (await browsers.isKnown(token, email))) return [`browser ${token}`];
		return [`from ${clientNetwork(request)}`, `account ${email.toLowerCase()}`];
	}

	/**
	 * Once an hour for each person, and once for all who are none: what was typed is not kept, it may be a
	 * password in the wrong field.
	 */
	async function noteRefusal(request: Request, email: string): Promise<void> {
		const known = await users.findByEmail(email);
		const actor = known?.email ?? 'nobody known here';
		if (!isFirstThisHour(actor)) return;
		const detail = { from: clientNetwork(request) };
		await audit.append({ actor, action: 'sign_in.refused', detail });
	}

	const show = (response: Response, form: FormState, next: string, status = 200) =>
		showPage(response, signInPage, { title: 'Sign in', status }, { form, next });

	routes.get('/sign-in', async (request, response) => {
		if (visitOf(response).user !== undefined) response.redirect(303, '/');
		else if (!(await users.any())) {
			showPage(response, awaitSetUpPage, { title: 'Almost ready' }, {});
		} else show(response, EMPTY_FORM, wayBack(request.query['next']));
	});

	routes.post('/sign-in', async (request, response) => {
		const next = wayBack((request.body as { next?: unknown }).next);
		const read = readForm(request, SignIn, ['password', 'formToken']);
		if (!read.ok) {
			show(response, read.form, next, 422);
			return;
		}
		const { email, password } = read.value;
		const names = await countedAs(request, email);
		const refuse = (problem: string, status: number) => {
			const values = typedValues(request.body, ['password', 'formToken']);
			show(response, { values, errors: {}, problem }, next, status);
		};

		const waitMs = await tries.take(names);
		if (waitMs > 0) {
			response.set('Retry-After', String(Math.ceil(waitMs / 1000)));
			refuse(`Too many wrong passwords. Wait ${minutesText(waitMs)}, then try again.`, 429);
			return;
		}
		const user = await users.authenticate(email, password);
		if (user === undefined) {
			await noteRefusal(request, email);
			refuse('The email address or the password is not right.', 401);
			return;
		}
		await tries.giveBack(names);
		await startSession(context, response, user);
		await audit.append({
			actor: user.email,
			action: 'signed_in',
			detail: { from: clientNetwork(request) },
		});
		response.redirect(303, next === '' ? '/' : next);
	});

	routes.post('/sign-out', async (request, response) => {
		const session = cookies.session.read(request);
		if (session !== undefined) await sessions.end(session);
		cookies.session.clear(response);
		response.redirect(303, '/sign-in?done=signed_out');
	});
	return routes;
}

/** a minute, 2 minutes */
export function minutesText(ms: number): string {
	const minutes = Math.ceil(ms / 60_000);
	return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

/** A new cookie with every sign-in: one that somebody planted before is worth nothing. */
export async function startSession(
	context: PortalContext,
	response: Response,
	user: PortalUser,
): Promise<void> {
	const { sessions, cookies } = context;
	cookies.visitor.clear(response);
	cookies.session.set(response, await sessions.create(user.id, sessionOrigin(response.req)));
	await rememberBrowser(context, response, user.id);
}

/** Tries in this browser are from now on counted apart from those of strangers. */
export async function rememberBrowser(
	{ browsers, cookies }: Pick<PortalContext, 'browsers' | 'cookies'>,
	response: Response,
	userId: string,
): Promise<void> {
	const token = cookies.browser.read(response.req);
	cookies.browser.set(response, await browsers.remember(userId, token));
}

/** A page of this portal, or nothing: `//elsewhere` and `/\elsewhere` are other hosts to a browser. */
export function wayBack(next: unknown): string {
	return typeof next === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '';
}
