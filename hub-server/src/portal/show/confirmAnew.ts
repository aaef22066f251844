import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../../clock';
import type { Passkeys } from '../access/passkeys';
import type { SecondFactors } from '../access/secondFactors';
import type { SessionStore } from '../access/sessionStore';
import type { SignInTries } from '../access/signInTries';
import type { UserStore } from '../access/userStore';
import { EMPTY_FORM, type FormState } from './readForm';
import { pageTemplate, showPage } from './showPage';
import { pageWorkspaceIfAny, sessionOf, userOf, visitOf } from './visit';
import { waitForTries } from './waitForTries';

/** How long a proof of who somebody is counts. */
export const CONFIRMED_FOR_MS = 10 * 60_000;

export interface ConfirmDeps {
	readonly users: Pick<UserStore, 'authenticate'>;
	readonly sessions: Pick<SessionStore, 'confirm'>;
	readonly factors: Pick<SecondFactors, 'of' | 'checkTotp'>;
	readonly passkeys: Pick<Passkeys, 'check'>;
	readonly tries: SignInTries;
	/** What the provider of OpenID Connect is called; absent: there is none. */
	readonly oidcName?: string | undefined;
	readonly now: Clock;
}

const confirmPage = pageTemplate<{
	form: FormState;
	action: string;
	/** What the form had said, to be sent again. */
	fields: readonly (readonly [name: string, value: string])[];
	totp: boolean;
	passkeys: boolean;
	/** The provider's name, for who came by it. */
	oidc: string | undefined;
	/** The page that they came from. */
	back: string;
	email: string;
}>('confirmAnew');

/**
 * The one gate before keys are shown, made or rotated, before rights change, and before what cannot be
 * taken back. A session alone does not open it: the person has proved who they are within
 * {@link CONFIRMED_FOR_MS}, at the sign-in or here. Put it before the handler of a form; the page that it
 * shows sends the same form again. A page that is only looked at is asked for again afterwards.
 *
 * Put it behind the check of permissions: whoever may not do it is not asked.
 */
export function createConfirmAnew(deps: ConfirmDeps): RequestHandler {
	const { now } = deps;

	return async function confirmAnew(request, response, next) {
		if (isConfirmedNow(response, now())) {
			next();
			return;
		}
		if (request.method !== 'POST') {
			redirectToConfirm(request, response);
			return;
		}
		const proof = readProof(request);
		const refusal = proof === undefined ? ASK : await judge(deps, response, proof);
		if (refusal === undefined) {
			next();
			return;
		}
		await showConfirm(deps, response, {
			...refusal,
			action: request.originalUrl,
			fields: fieldsOf(request),
		});
	};
}

/**
 * As {@link createConfirmAnew}, for a form that secrets are typed into: no page repeats them. The person proves who they
 * are and comes back to the form's page, which has the address that the form is sent to.
 */
export function createConfirmFirst(now: Clock): RequestHandler {
	return function confirmFirst(request, response, next) {
		if (isConfirmedNow(response, now())) next();
		else redirectToConfirm(request, response);
	};
}

/** Whether what needs a proof of who somebody is goes through without one. */
export function isConfirmedNow(response: Response, at: number): boolean {
	return isFresh(sessionOf(response).confirmedAt, at);
}

function redirectToConfirm(request: Request, response: Response): void {
	const back = encodeURIComponent(request.originalUrl);
	response.redirect(303, `/account/confirm?next=${back}`);
}

interface Refusal {
	readonly form: FormState;
	readonly status: number;
}

const ASK: Refusal = { form: EMPTY_FORM, status: 401 };

/** Told apart from what the page's own form says. */
const PROOFS = ['confirmPassword', 'confirmCode', 'passkey'] as const;

type Proof = Readonly<Partial<Record<(typeof PROOFS)[number], string>>>;

/** Also before its time: the clock was set back since. */
function isFresh(confirmedAt: number | null, at: number): boolean {
	return confirmedAt !== null && Math.abs(at - confirmedAt) < CONFIRMED_FOR_MS;
}

function readProof(request: Request): Proof | undefined {
	const body = (request.body ?? {}) as Record<string, unknown>;
	const given = PROOFS.flatMap((name) => {
		const value = body[name];
		return typeof value === 'string' && value !== '' ? [[name, value.slice(0, 20_000)]] : [];
	});
	if (given.length > 0) return Object.fromEntries(given) as Proof;
	// Sent empty: the person pressed the button.
	return PROOFS.some((name) => name in body) ? {} : undefined;
}

async function judge(
	deps: ConfirmDeps,
	response: Response,
	proof: Proof,
): Promise<Refusal | undefined> {
	const { sessions, tries } = deps;
	const you = userOf(response);
	if (Object.keys(proof).length === 0) {
		const errors = { confirmPassword: 'Enter your password.' };
		return { form: { values: {}, errors }, status: 422 };
	}
	const names = [`signed in ${you.id}`];
	const problem = await waitForTries(tries, response, names, 'passwords or codes');
	if (problem !== undefined) return { form: { ...EMPTY_FORM, problem }, status: 429 };
	const errors = await errorsOf(deps, response, proof);
	if (errors !== undefined) return { form: { values: {}, errors }, status: 422 };
	await tries.giveBack(names);
	await sessions.confirm(sessionOf(response).id);
	return undefined;
}

/** One proof is enough; of several the strongest is looked at. */
async function errorsOf(
	{ users, factors, passkeys }: ConfirmDeps,
	response: Response,
	{ confirmPassword, confirmCode, passkey }: Proof,
): Promise<Readonly<Record<string, string>> | undefined> {
	const { id, email } = userOf(response);
	if (passkey !== undefined) {
		const isYours = (await passkeys.check(visitOf(response).cookie, passkey)) === id;
		return isYours ? undefined : { confirmPassword: 'This passkey is not one of yours.' };
	}
	if (confirmCode !== undefined) {
		const isRight = await factors.checkTotp(id, confirmCode);
		return isRight
			? undefined
			: { confirmCode: 'This code is not right, or was used already. Wait for the next one.' };
	}
	const isYours = (await users.authenticate(email, confirmPassword ?? ''))?.id === id;
	return isYours ? undefined : { confirmPassword: 'This is not your password.' };
}

function fieldsOf(request: Request): (readonly [string, string])[] {
	return Object.entries((request.body ?? {}) as Record<string, unknown>)
		.filter(([name]) => name !== 'formToken' && !PROOFS.includes(name as never))
		.flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)] as const));
}

/** The page by itself, too: `/account/confirm`. */
export async function showConfirm(
	{ factors, oidcName }: Pick<ConfirmDeps, 'factors' | 'oidcName'>,
	response: Response,
	page: Refusal & {
		readonly action: string;
		readonly fields: readonly (readonly [string, string])[];
	},
): Promise<void> {
	const { id, email } = userOf(response);
	const { totp, passkeys } = await factors.of(id);
	const workspace = pageWorkspaceIfAny(response);
	const { form, status, action, fields } = page;
	showPage(
		response,
		confirmPage,
		{ title: 'Confirm that it is you', status, ...(workspace && { workspace }) },
		{
			...{ form, action, fields, totp, passkeys: passkeys > 0, email },
			oidc: sessionOf(response).method === 'oidc' ? oidcName : undefined,
			back: fields.find(([name]) => name === 'next')?.[1] ?? refererOf(response.req),
		},
	);
}

/** The portal's pages send it to each other (`Referrer-Policy: same-origin`). */
function refererOf(request: Request): string {
	const referer = request.get('referer') ?? '';
	return URL.canParse(referer) ? new URL(referer).pathname : '';
}
