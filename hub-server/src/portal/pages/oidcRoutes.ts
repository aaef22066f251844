import { Router, type Response } from 'express';
import { z } from 'zod';
import type { OidcConfig } from '../../config/Config';
import { admitByOidc } from '../access/admitByOidc';
import type { OidcProvider } from '../access/oidcProvider';
import type { PortalContext } from '../show/PortalContext';
import { showPage } from '../show/showPage';
import { visitOf } from '../show/visit';
import { letIn, wayBack } from './doorRoutes';
import { messagePage } from './messagePage';

const Asked = z.object({
	login: z.object({
		state: z.string(),
		nonce: z.string(),
		codeVerifier: z.string(),
		anew: z.boolean(),
	}),
	next: z.string(),
});

export interface OidcSide {
	readonly config: OidcConfig;
	readonly provider: OidcProvider;
	/** The provider could not be asked, or did not answer as it should. */
	onFault(cause: unknown): void;
}

/** `/sign-in/oidc…`: to the provider and back. In a browser that is signed in it confirms who it is. */
export function createOidcRoutes(context: PortalContext, side: OidcSide): Router {
	const { sessions, steps, users, audit, limitOpenings } = context;
	const { config, provider, onFault } = side;
	const routes = Router();

	function refuse(response: Response, message: string, status: number): void {
		const link = { href: '/sign-in', label: 'Go to the sign-in page' };
		showPage(response, messagePage, { title: 'Not signed in', status }, { message, link });
	}

	// A link and no form: browsers hold a form's redirects to the page's own host.
	routes.get('/sign-in/oidc', limitOpenings, async (request, response) => {
		const { user, cookie } = visitOf(response);
		const next = wayBack(request.query['next']);
		// The first owner comes by the link: a viewer who came first would end it.
		if (!(await users.any())) return response.redirect(303, '/sign-in');
		try {
			const { url, login } = await provider.begin(user !== undefined);
			const asked = JSON.stringify({ login, next });
			await steps.begin('oidc', cookie, { userId: user?.id ?? null, asked });
			return response.redirect(302, url);
		} catch (cause) {
			onFault(cause);
			return refuse(response, `${config.name} cannot be reached now. Try again in a moment.`, 502);
		}
	});

	routes.get('/sign-in/oidc/callback', limitOpenings, async (request, response) => {
		const { user, session, cookie } = visitOf(response);
		const step = await steps.take('oidc', cookie);
		if (step === undefined) {
			return refuse(
				response,
				'That took too long, or began in another browser. Sign in once more.',
				400,
			);
		}
		const { login, next } = Asked.parse(JSON.parse(step.asked));
		const back = new URL(request.originalUrl, context.publicUrl).href;
		const identity = await provider.finish(login, back).catch((cause: unknown) => {
			onFault(cause);
			return undefined;
		});
		if (identity === undefined) {
			return refuse(response, `${config.name} did not say who you are. Sign in once more.`, 401);
		}

		if (step.userId !== null) {
			const known = await users.findByIdentity(identity.issuer, identity.subject);
			const isYou = session !== undefined && user?.id === step.userId && known?.id === step.userId;
			if (!isYou) return refuse(response, 'That was somebody else. Sign in once more.', 401);
			await sessions.confirm(session.id);
			return response.redirect(303, next === '' ? '/account?done=confirmed' : next);
		}

		const admission = await admitByOidc(context, config, identity);
		if (admission.kind === 'refused') {
			await audit.append({
				actor: admission.user?.email ?? 'nobody known here',
				action: 'sign_in.refused',
				detail: { by: config.name },
			});
			return refuse(response, admission.why, 403);
		}
		if (admission.isNew) {
			const { email, role } = admission.user;
			await audit.append({
				actor: email,
				action: 'user.joined',
				detail: { role, by: config.name },
			});
		}
		await letIn(context, response, admission.user, config.name, 'oidc');
		return response.redirect(303, next === '' ? '/' : next);
	});
	return routes;
}
