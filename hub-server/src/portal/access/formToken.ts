import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * What every form carries so that no other site can send it: derived from the browser's cookie, which
 * that site can neither read nor set.
 */
export function formTokenOf(cookie: string): string {
	return createHash('sha256').update(`form ${cookie}`).digest('base64url');
}

/** Whether a form came from a page that was made for this browser. */
export function isFormToken(sent: unknown, cookie: string): boolean {
	if (typeof sent !== 'string') return false;
	const expected = Buffer.from(formTokenOf(cookie));
	const given = Buffer.from(sent);
	return given.length === expected.length && timingSafeEqual(given, expected);
}
