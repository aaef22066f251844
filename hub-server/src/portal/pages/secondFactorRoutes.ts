import { Router, type Response } from 'express';
import { renderSVG } from 'uqr';
import { z } from 'zod';
import type { FactorsOfPerson } from '../access/secondFactors';
import { newTotpSecret, totpUri } from '../access/totp';
import { askFirst, isConfirmed } from '../show/askFirst';
import type { PortalContext } from '../show/PortalContext';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { sessionOf, userOf, visitOf } from '../show/visit';
import { waitForTries } from '../show/waitForTries';

const secondFactorPage = pageTemplate<{
	factors: FactorsOfPerson;
	/** Shown this once. */
	codes: readonly string[];
}>('secondFactor');

const newTotpPage = pageTemplate<{
	form: FormState;
	secret: string;
	/** An `<svg>` of the hub's own making. */
	qr: string;
}>('newTotp');

const AT = '/account/second-factor';

const Code = z.object({
	code: z.string().trim().min(1, 'enter the code that your app shows').max(40),
});

/** `/account/second-factor…`: what is asked for beside the password. */
export function createSecondFactorRoutes(context: PortalContext): Router {
	const { users, sessions, steps, factors, tries, audit, confirmAnew, publicUrl } = context;
	const routes = Router();

	async function show(response: Response, codes: readonly string[] = []): Promise<void> {
		showPage(
			response,
			secondFactorPage,
			{ title: 'Second factor', tab: 'account' },
			{ factors: await factors.of(userOf(response).id), codes },
		);
	}

	/** Whoever was signed in elsewhere was so by what counts no more. */
	async function noteChange(response: Response, action: string): Promise<void> {
		const you = userOf(response);
		await sessions.endAll(you.id, sessionOf(response).id);
		await audit.append({ actor: you.email, action });
	}

	function showNewTotp(response: Response, secret: string, form: FormState, status = 200): void {
		const issuer = `Xero Hub ${new URL(publicUrl).host}`;
		showPage(
			response,
			newTotpPage,
			{ title: 'Set up an authenticator app', tab: 'account', status },
			{
				form,
				secret: (secret.match(/.{1,4}/g) ?? []).join(' '),
				qr: renderSVG(totpUri(secret, userOf(response).email, issuer), { border: 2 }),
			},
		);
	}

	routes.get(AT, (_request, response) => show(response));

	routes.post(`${AT}/reset-read`, async (_request, response) => {
		await users.forgetReset(userOf(response).id);
		response.redirect(303, '/account?done=reset_read');
	});

	routes.post(`${AT}/totp`, confirmAnew, async (_request, response) => {
		const secret = newTotpSecret();
		const step = { userId: userOf(response).id, asked: secret };
		await steps.begin('totp', visitOf(response).cookie, step);
		showNewTotp(response, secret, EMPTY_FORM);
	});

	routes.post(`${AT}/totp/prove`, confirmAnew, async (request, response) => {
		const you = userOf(response);
		const { cookie } = visitOf(response);
		const step = await steps.look('totp', cookie);
		if (step?.userId !== you.id) return response.redirect(303, `${AT}?done=totp_late`);
		const read = readForm(request, Code, ['code']);
		if (!read.ok) return showNewTotp(response, step.asked, read.form, 422);
		const names = [`second factor of ${you.id}`];
		const problem = await waitForTries(tries, response, names, 'codes');
		if (problem !== undefined) {
			return showNewTotp(response, step.asked, { ...EMPTY_FORM, problem }, 429);
		}
		const codes = await factors.addTotp(you.id, step.asked, read.value.code);
		if (codes === false) {
			const errors = {
				code: 'This is not what the app should show. Is your device’s clock right?',
			};
			return showNewTotp(response, step.asked, { values: {}, errors }, 422);
		}
		await tries.giveBack(names);
		await steps.take('totp', cookie);
		await noteChange(response, 'second_factor.app_added');
		return codes.length === 0
			? response.redirect(303, `${AT}?done=totp_added`)
			: show(response, codes);
	});

	routes.post(`${AT}/totp/remove`, confirmAnew, async (request, response) => {
		if (!isConfirmed(request)) {
			return askFirst(
				response,
				{ tab: 'account' },
				{
					title: 'Remove the authenticator app?',
					consequence: 'Its codes are asked for no more, and the recovery codes end with it.',
					yes: 'Remove the app',
					back: AT,
				},
			);
		}
		await factors.removeTotp(userOf(response).id);
		await noteChange(response, 'second_factor.app_removed');
		return response.redirect(303, `${AT}?done=totp_removed`);
	});

	routes.post(`${AT}/recovery-codes`, confirmAnew, async (_request, response) => {
		const you = userOf(response);
		if (!(await factors.has(you.id))) return response.redirect(303, AT);
		const codes = await factors.newRecoveryCodes(you.id);
		await noteChange(response, 'second_factor.recovery_codes_made');
		return show(response, codes);
	});
	return routes;
}
