import { Router, type Response } from 'express';
import { renderSVG } from 'uqr';
import { z } from 'zod';
import { NotFoundError } from '../../errors/requestErrors';
import type { PasskeyView } from '../access/passkeyStore';
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
	passkeys: readonly PasskeyView[];
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

const PasskeyName = z.object({
	name: z
		.string()
		.trim()
		.max(60)
		.default('')
		.transform((name) => (name === '' ? 'Passkey' : name)),
});

const NewPasskey = PasskeyName.extend({ newPasskey: z.string().max(20_000).default('') });

/** `/account/second-factor…` and `/account/passkeys…`: what is asked for beside the password, or in its place. */
export function createSecondFactorRoutes(context: PortalContext): Router {
	const {
		users,
		sessions,
		steps,
		factors,
		passkeys,
		passkeyStore,
		tries,
		audit,
		confirmAnew,
		publicUrl,
	} = context;
	const routes = Router();

	async function show(response: Response, codes: readonly string[] = []): Promise<void> {
		const you = userOf(response).id;
		showPage(
			response,
			secondFactorPage,
			{ title: 'Second factor', tab: 'account' },
			{ factors: await factors.of(you), passkeys: await passkeyStore.list(you), codes },
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
					consequence:
						'Its codes are asked for no more. Without a passkey the recovery codes end with it.',
					yes: 'Remove the app',
					back: AT,
				},
			);
		}
		await factors.removeTotp(userOf(response).id);
		await factors.tidy(userOf(response).id);
		await noteChange(response, 'second_factor.app_removed');
		return response.redirect(303, `${AT}?done=totp_removed`);
	});

	routes.post('/account/passkeys/ask', async (_request, response) => {
		response.json(await passkeys.ask(visitOf(response).cookie, userOf(response).id));
	});

	// Begins nothing that counts: the answer has to be confirmed.
	routes.post('/account/passkeys/options', async (_request, response) => {
		response.json(await passkeys.askForNew(visitOf(response).cookie, userOf(response)));
	});

	routes.post('/account/passkeys', confirmAnew, async (request, response) => {
		const you = userOf(response);
		const { name, newPasskey } = NewPasskey.parse(request.body);
		const isAdded = await passkeys.add(visitOf(response).cookie, you, name, newPasskey);
		if (!isAdded) return response.redirect(303, `${AT}?done=passkey_failed`);
		const codes = await factors.firstRecoveryCodes(you.id);
		await noteChange(response, 'second_factor.passkey_added');
		return codes.length === 0
			? response.redirect(303, `${AT}?done=passkey_added`)
			: show(response, codes);
	});

	routes.post('/account/passkeys/:id/rename', async (request, response) => {
		const { name } = PasskeyName.parse(request.body);
		await passkeyStore.rename(userOf(response).id, request.params.id, name);
		response.redirect(303, `${AT}?done=passkey_renamed`);
	});

	routes.post('/account/passkeys/:id/remove', confirmAnew, async (request, response) => {
		const you = userOf(response);
		const id = String(request.params.id);
		if (!isConfirmed(request)) {
			const key = (await passkeyStore.list(you.id)).find((one) => one.id === id);
			if (key === undefined) throw new NotFoundError('There is no such passkey.');
			return askFirst(
				response,
				{ tab: 'account' },
				{
					title: `Remove the passkey “${key.name}”?`,
					consequence: 'It signs you in no more. Delete it on the device too.',
					yes: 'Remove the passkey',
					back: AT,
				},
			);
		}
		await passkeyStore.remove(you.id, id);
		await factors.tidy(you.id);
		await noteChange(response, 'second_factor.passkey_removed');
		return response.redirect(303, `${AT}?done=passkey_removed`);
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
