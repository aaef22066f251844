import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { clientNetwork } from '../../http/clientNetwork';
import type { SessionMethod } from '../../database/portalTables';
import type { PortalUser } from '../access/PortalUser';
import type { FactorsOfPerson } from '../access/secondFactors';
import { sessionOrigin } from '../access/sessionOrigin';
import type { SignInStep } from '../access/signInSteps';
import { HOUR_MS, oncePer } from '../../audit/oncePer';
import type { PortalContext } from '../show/PortalContext';
import { EMPTY_FORM, readForm, typedValues, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { FormExpiredError } from '../show/portalErrors';
import { visitOf } from '../show/visit';
import { waitForTries } from '../show/waitForTries';

const signInPage = pageTemplate<{
	form: FormState;
	next: string;
	/** Whether passwords are taken. */
	password: boolean;
	/** What the provider of OpenID Connect is called. */
	oidc: string | undefined;
}>('signIn');
const secondFactorPage = pageTemplate<{ form: FormState; factors: FactorsOfPerson }>(
	'secondFactorStep',
);
const awaitSetUpPage = pageTemplate<object>('awaitSetUp');

const SignIn = z.object({
	email: z.string().trim().min(1, 'enter your email address').max(200),
	password: z.string().min(1, 'enter your password').max(1_000),
});

const SecondFactor = z
	.object({
		code: z.string().trim().max(40).default(''),
		passkey: z.string().max(20_000).optional(),
	})
	.refine(({ code, passkey }) => passkey !== undefined || code !== '', {
		path: ['code'],
		message: 'enter the code that your app shows, or a recovery code',
	});

/** `/sign-in…` and `/sign-out`. */
export function createDoorRoutes(context: PortalContext): Router {
	const {
		users,
		sessions,
		steps,
		factors,
		passkeys,
		tries,
		browsers,
		audit,
		cookies,
		limitOpenings,
		now,
	} = context;
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
		showPage(
			response,
			signInPage,
			{ title: 'Sign in', status },
			{ form, next, password: context.takesPasswords, oidc: context.oidcName },
		);

	routes.get('/sign-in', async (request, response) => {
		if (visitOf(response).user !== undefined) response.redirect(303, '/');
		else if (!(await users.any())) {
			showPage(response, awaitSetUpPage, { title: 'Almost ready' }, {});
		} else show(response, EMPTY_FORM, wayBack(request.query['next']));
	});

	routes.post('/sign-in', async (request, response) => {
		const next = wayBack((request.body as { next?: unknown }).next);
		if (!context.takesPasswords) {
			const problem = 'This hub takes no passwords. Sign in as it offers here.';
			return show(response, { ...EMPTY_FORM, problem }, next, 403);
		}
		const read = readForm(request, SignIn, ['password', 'formToken']);
		if (!read.ok) {
			return show(response, read.form, next, 422);
		}
		const { email, password } = read.value;
		const names = await countedAs(request, email);
		const refuse = (problem: string, status: number) => {
			const values = typedValues(request.body, ['password', 'formToken']);
			show(response, { values, errors: {}, problem }, next, status);
		};

		const wait = await waitForTries(tries, response, names, 'passwords');
		if (wait !== undefined) return refuse(wait, 429);
		const user = await users.authenticate(email, password);
		if (user === undefined) {
			await noteRefusal(request, email);
			return refuse('The email address or the password is not right.', 401);
		}
		await tries.giveBack(names);
		if (await factors.has(user.id)) {
			const step = { userId: user.id, asked: next };
			await steps.begin('second_factor', visitOf(response).cookie, step);
			return response.redirect(303, '/sign-in/second-factor');
		}
		await letIn(context, response, user, 'password');
		return response.redirect(303, next === '' ? '/' : next);
	});

	routes.post('/sign-in/passkey/options', limitOpenings, async (_request, response) => {
		response.json(await passkeys.ask(visitOf(response).cookie, null));
	});

	routes.post('/sign-in/passkey', async (request, response) => {
		const { next: wanted, passkey } = request.body as { next?: unknown; passkey?: unknown };
		const next = wayBack(wanted);
		const from = [`from ${clientNetwork(request)}`];
		const wait = await waitForTries(tries, response, from, 'passkeys');
		if (wait !== undefined) return show(response, { ...EMPTY_FORM, problem: wait }, next, 429);
		const userId = await passkeys.check(visitOf(response).cookie, String(passkey));
		if (userId === undefined) {
			const problem =
				'This passkey does not open this hub. Was it removed, or did you wait too long?';
			return show(response, { ...EMPTY_FORM, problem }, next, 401);
		}
		await tries.giveBack(from);
		await letIn(context, response, await users.get(userId), 'passkey');
		return response.redirect(303, next === '' ? '/' : next);
	});

	const showSecond = async (response: Response, step: SignInStep, form: FormState, status = 200) =>
		showPage(
			response,
			secondFactorPage,
			{ title: 'One more step', status },
			{ form, factors: await factors.of(step.userId ?? '') },
		);

	routes.post('/sign-in/second-factor/options', limitOpenings, async (_request, response) => {
		const { cookie } = visitOf(response);
		const step = await steps.look('second_factor', cookie);
		if (step === undefined) throw new FormExpiredError();
		response.json(await passkeys.ask(cookie, step.userId));
	});

	async function shownBy(userId: string, code: string): Promise<string | false> {
		if (await factors.checkTotp(userId, code)) return 'password and app';
		return (await factors.useRecoveryCode(userId, code)) && 'password and recovery code';
	}

	routes.get('/sign-in/second-factor', async (_request, response) => {
		const step = await steps.look('second_factor', visitOf(response).cookie);
		if (step === undefined) response.redirect(303, '/sign-in');
		else await showSecond(response, step, EMPTY_FORM);
	});

	routes.post('/sign-in/second-factor', async (request, response) => {
		const { cookie } = visitOf(response);
		const step = await steps.look('second_factor', cookie);
		if (step === undefined || step.userId === null)
			return response.redirect(303, '/sign-in?done=sign_in_late');
		const { userId, asked: next } = step;
		const read = readForm(request, SecondFactor, ['code', 'passkey', 'formToken']);
		if (!read.ok) return showSecond(response, step, read.form, 422);
		const { code, passkey } = read.value;

		const user = await users.get(userId);
		const token = cookies.browser.read(request);
		const isKnown = token !== undefined && (await browsers.isKnown(token, user.email));
		const names = [`second factor of ${userId}${isKnown ? ` in ${token}` : ''}`];
		const wait = await waitForTries(tries, response, names, 'codes');
		if (wait !== undefined)
			return showSecond(response, step, { ...EMPTY_FORM, problem: wait }, 429);
		const by =
			passkey === undefined
				? await shownBy(userId, code)
				: (await passkeys.check(cookie, passkey)) === userId && 'password and passkey';
		if (by === false) {
			await noteRefusal(request, user.email);
			const errors = {
				code: 'This code is not right, or was used already. Wait for the next one.',
			};
			return showSecond(response, step, { values: {}, errors }, 401);
		}
		await tries.giveBack(names);
		if ((await steps.take('second_factor', cookie)) === undefined) {
			return response.redirect(303, '/sign-in?done=sign_in_late');
		}
		await letIn(context, response, user, by);
		return response.redirect(303, next === '' ? '/' : next);
	});

	routes.post('/sign-out', async (request, response) => {
		const session = cookies.session.read(request);
		if (session !== undefined) await sessions.end(session);
		cookies.session.clear(response);
		response.redirect(303, '/sign-in?done=signed_out');
	});
	return routes;
}

/** A new cookie with every sign-in: one that somebody planted before is worth nothing. */
export async function startSession(
	context: PortalContext,
	response: Response,
	user: PortalUser,
	method: SessionMethod = 'own',
): Promise<void> {
	const { users, sessions, cookies } = context;
	await users.noteSignIn(user.id);
	cookies.visitor.clear(response);
	cookies.session.set(
		response,
		await sessions.create(user.id, sessionOrigin(response.req), method),
	);
	await rememberBrowser(context, response, user.id);
}

/** @param by what they showed, for the audit log */
export async function letIn(
	context: PortalContext,
	response: Response,
	user: PortalUser,
	by: string,
	method: SessionMethod = 'own',
): Promise<void> {
	await startSession(context, response, user, method);
	await context.audit.append({
		actor: user.email,
		action: 'signed_in',
		detail: { from: clientNetwork(response.req), by },
	});
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
