import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/**
 * Guesses that a good guesser needs, as a power of ten: below that a stolen hash is opened in days. The hub's own
 * passwords cost about 50 ms a guess (`passwords`), and 10^10 is zxcvbn's own bound for "safely unguessable"
 * (https://github.com/dropbox/zxcvbn, score 3).
 */
const MIN_GUESSES_LOG10 = 10;

let guesser: Promise<ZxcvbnFactory> | undefined;

/**
 * Why a password is too easy to guess, for the person who chose it: one of the usual ones, a repetition, a row of
 * keys, or made of what everybody knows of the person. NIST SP 800-63B §3.1.1.2 asks to compare with such lists
 * and not for kinds of characters.
 *
 * @param known of the person and the place, such as name and email address
 * @returns undefined for a good one
 */
export async function weakPassword(
	password: string,
	known: readonly string[],
): Promise<string | undefined> {
	guesser ??= loadGuesser();
	const words = known.flatMap((text) => [text, ...text.split(/[^\p{Letter}\p{Number}]+/u)]);
	const { guessesLog10 } = (await guesser).check(
		password,
		[...PLACE, ...words].filter((word) => word.length > 2),
	);
	return guessesLog10 < MIN_GUESSES_LOG10
		? 'This is easy to guess. Use four or more words that do not belong together.'
		: undefined;
}

const PLACE = ['xero', 'xerohub', 'hub', 'n8n', 'workflow'];

/** Its dictionaries take 10 MB of memory: they are loaded when somebody chooses a password. */
async function loadGuesser(): Promise<ZxcvbnFactory> {
	const [{ ZxcvbnFactory: Factory }, common] = await Promise.all([
		import('@zxcvbn-ts/core'),
		import('@zxcvbn-ts/language-common'),
	]);
	return new Factory({
		dictionary: common.dictionary,
		graphs: common.adjacencyGraphs,
		// Its time grows with the square of the length; whoever is not guessed by then is not guessed.
		maxLength: 64,
	});
}
