import { member, text } from './bodyMember';

/**
 * Whether Xero has seen this idempotency key with another request: "Idempotency Key: … is used with a
 * different request."
 *
 * @param body of a 400, parsed
 * @see https://developer.xero.com/documentation/guides/idempotent-requests/idempotency/
 */
export function isKeyInUse(body: unknown): boolean {
	return /^Idempotency Key: .* different request/i.test(text(member(body, 'Message')) ?? '');
}
