import type { RequestHandler } from 'express';
import type { SecondFactors } from '../access/secondFactors';
import { SecondFactorMissingError } from './portalErrors';
import { sessionOf, userOf } from './visit';

/** Where somebody without a second factor sets one up, with all that this takes. */
const SET_UP = /^\/account\/(?:second-factor|passkeys|confirm)(?:\/|$)/;

/**
 * Where the operator asks for a second factor: whoever has none is led to set one up, and can do nothing
 * else. Behind the sign-in.
 */
export function requireSecondFactor(factors: Pick<SecondFactors, 'has'>): RequestHandler {
	return async function hasSecondFactor(request, response, next) {
		// The provider of OpenID Connect asks for what its operator wants.
		const isProviders = sessionOf(response).method === 'oidc';
		const isFree = isProviders || SET_UP.test(request.path);
		if (isFree || (await factors.has(userOf(response).id))) next();
		else if (request.method === 'GET') {
			response.redirect(303, '/account/second-factor?done=second_factor_required');
		} else throw new SecondFactorMissingError();
	};
}
