/**
 * Whether a 401 means that the token lacks a scope. A new token would lack it too: only a new consent
 * helps. Xero's FAQ spells the error `insufficent_scope`, so both spellings count.
 *
 * @param challenge the answer's `WWW-Authenticate`
 * @param said what Xero says in the body, or the whole body as text
 */
export function isRefusedScope(
	challenge: string | readonly string[] | undefined,
	said: string,
): boolean {
	return (
		/insuffici?ent_scope/i.test([challenge ?? ''].flat().join()) ||
		/AuthorizationUnsuccessful/i.test(said)
	);
}
