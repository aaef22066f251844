import { z } from 'zod';

/**
 * An address below which others lie, such as `http://n8n:5678`, without slashes at its end. It is shown,
 * logged and compared, so it carries no password; a query or fragment would mean nothing in it.
 *
 * @param error what to tell about something that is no address
 */
export function baseUrl(error = 'must be an http or https URL') {
	return z
		.url({ protocol: /^https?$/, error })
		.refine(isBare, 'must carry no user name, password, ? or #')
		.transform((url) => url.replace(/\/+$/, ''));
}

function isBare(url: string): boolean {
	const { username, password } = new URL(url);
	return username === '' && password === '' && !/[?#]/.test(url);
}
