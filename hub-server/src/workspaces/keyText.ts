import { z } from 'zod';

/** Less is no key at all; what is only shorter than usual is warned of (`unusualKeys`). */
const MIN_LENGTH = 6;

/** Xero's longest is the webhook key: 88 characters. */
const MAX_LENGTH = 200;

/**
 * One of the texts that Xero's portal shows: printable ASCII without a space. What comes along unseen
 * when a page is copied, such as a zero-width character, is refused.
 *
 * @param what such as `client id`
 */
export function keyText(what: string) {
	return z
		.string({ error: `paste the ${what}` })
		.min(1, { error: `paste the ${what}`, abort: true })
		.regex(/^\S+$/, {
			error: `the ${what} holds a space or a line break: copy it again`,
			abort: true,
		})
		.regex(/^[\x21-\x7e]+$/, {
			error: `the ${what} holds a character that Xero does not use, perhaps one that cannot be seen: copy it again`,
			abort: true,
		})
		.min(MIN_LENGTH, `this is too short for a ${what}: copy the whole of it`)
		.max(MAX_LENGTH, `this is too long for a ${what}: copy it again`);
}
