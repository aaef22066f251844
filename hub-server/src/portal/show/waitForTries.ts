import type { Response } from 'express';
import type { SignInTries } from '../access/signInTries';

/**
 * Takes a try of each name.
 *
 * @param what was wrong so often, such as *passwords*
 * @returns what to tell whoever has none left; the answer says when to come back
 */
export async function waitForTries(
	tries: Pick<SignInTries, 'take'>,
	response: Response,
	names: readonly string[],
	what: string,
): Promise<string | undefined> {
	const waitMs = await tries.take(names);
	if (waitMs === 0) return undefined;
	response.set('Retry-After', String(Math.ceil(waitMs / 1000)));
	return `Too many wrong ${what}. Wait ${minutesText(waitMs)}, then try again.`;
}

/** a minute, 2 minutes */
function minutesText(ms: number): string {
	const minutes = Math.ceil(ms / 60_000);
	return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
