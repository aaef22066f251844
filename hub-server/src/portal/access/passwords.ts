import { hash, verify } from '@node-rs/argon2';

/**
 * OWASP's first choice for Argon2id: 19 MiB, two passes, one lane
 * (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html).
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** NIST SP 800-63B asks for length, not for kinds of characters. */
export const MIN_PASSWORD_LENGTH = 12;

/** Enough for any phrase; keeps a request from being all password. */
export const MAX_PASSWORD_LENGTH = 200;

/** Argon2id (the library's default algorithm) as a PHC string, with its own salt. */
export function hashPassword(password: string): Promise<string> {
	return hash(password, COST);
}

/**
 * Takes as long for somebody who does not exist: the time must not tell who does.
 *
 * @param stored undefined when there is no such person, empty when they have no password
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
	// Made for everybody, or the first of nobody would take longer.
	const nobodys = await nobodysHash();
	const hasOne = stored !== undefined && stored !== '';
	return (await verify(hasOne ? stored : nobodys, password)) && hasOne;
}

let nobody: Promise<string> | undefined;

function nobodysHash(): Promise<string> {
	return (nobody ??= hashPassword('a person who is not here'));
}
