import type { RequestHandler } from 'express';
import { clientNetwork } from '../../http/clientNetwork';
import type { SignInLimits, SignInTries } from '../access/signInTries';
import { messagePage } from './messagePage';
import { showPage } from '../show/showPage';

/** An office behind one address signs in within a minute; each costs a row, and a call of the provider. */
export const OPENING_LIMITS: SignInLimits = { burst: 60, refillMs: 2_000 };

/** Slows down who begins sign-ins very often, by where they come from; nothing was tried yet. */
export function createLimitOpenings(openings: Pick<SignInTries, 'take'>): RequestHandler {
	return async function limitOpenings(request, response, next) {
		const waitMs = await openings.take([`begins from ${clientNetwork(request)}`]);
		if (waitMs === 0) {
			next();
			return;
		}
		response.set('Retry-After', String(Math.ceil(waitMs / 1000)));
		const message = 'Too many sign-ins were begun from here. Wait a moment, then try again.';
		const link = { href: '/sign-in', label: 'Go to the sign-in page' };
		showPage(
			response,
			messagePage,
			{ title: 'One moment, please', status: 429 },
			{ message, link },
		);
	};
}
