/**
 * Whether a 401 means that the token lacks a scope. A new token would lack it too: only a new consent
 * helps. Xero's FAQ spells the error `insufficent_scope`, so both spellings count.
 */
export function isRefusedScope(challenge: string | string[] | undefined, body: string): boolean {
	return (
		/insuffici?ent_scope/i.test([challenge].flat().join()) ||
		/AuthorizationUnsuccessful/i.test(body)
	);
}
