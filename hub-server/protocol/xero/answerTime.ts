import { member } from './bodyMember';

/**
 * Xero's own time of an answer of its Accounting API, the `DateTimeUTC` of the envelope, in Unix
 * milliseconds; undefined where it says none.
 */
export function answerTime(body: unknown): number | undefined {
	const ms = Number(/^\/Date\((\d+)/.exec(String(member(body, 'DateTimeUTC')))?.[1]);
	return ms > 0 ? ms : undefined;
}
