import type { SandboxContext } from '../context/SandboxContext';
import { json, type Reply } from '../http/Reply';
import type { AccessTokenClaims } from '../tokens/accessToken';
import { subjectOf } from './issueTokens';

/** `/connect/userinfo`, for tokens with `openid`. */
export function userInfo(context: SandboxContext, claims: AccessTokenClaims): Reply {
	const user = context.world.users.get(claims.xero_userid ?? '');
	if (user === undefined || !claims.scope.includes('openid')) {
		return json(403, { error: 'insufficient_scope' });
	}
	return json(200, {
		sub: subjectOf(user),
		xero_userid: user.id,
		preferred_username: user.email,
		...(claims.scope.includes('email') && { email: user.email }),
		...(claims.scope.includes('profile') && {
			given_name: user.firstName,
			family_name: user.lastName,
			name: `${user.firstName} ${user.lastName}`,
		}),
	});
}
