import { isRefusedScope } from '../../../hub-server/protocol/xero';

it.each([
	['Bearer error="insufficient_scope"', ''],
	['Bearer error="insufficent_scope"', ''],
	[['Basic', 'Bearer error="insufficient_scope"'], ''],
	[undefined, 'AuthorizationUnsuccessful'],
])('sees a scope that lacks in %j and %j', (challenge, said) => {
	expect(isRefusedScope(challenge, said)).toBe(true);
});

it('leaves a token that has run out to a new token', () => {
	expect(isRefusedScope('Bearer error="invalid_token"', 'TokenExpired: token expired')).toBe(false);
});
